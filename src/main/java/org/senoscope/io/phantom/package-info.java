/**
 * Files of phantoms: streamed pyramidal slides, fields, label images, truth
 * tables, and the comparison of a run with the truth.
 */

package org.senoscope.io.phantom;
