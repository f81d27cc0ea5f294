/**
 * Files of models: weights and model folders.
 */

package org.senoscope.io.model;
