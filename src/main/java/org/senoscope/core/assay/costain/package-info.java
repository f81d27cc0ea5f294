
/**
 * Marker panels in fluorescence: any number of channels, each with its marker,
 * compartment, background and gate; bleed-through; rules and co-positivity.
 */

package org.senoscope.core.assay.costain;
