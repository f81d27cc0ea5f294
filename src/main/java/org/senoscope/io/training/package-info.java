/**
 * Folders of annotated pictures, from which networks learn.
 */

package org.senoscope.io.training;
