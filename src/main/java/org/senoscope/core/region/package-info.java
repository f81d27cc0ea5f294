/**
 * Tells tumour, stroma and immune cells apart by the shape of nuclei and of
 * those around them.
 */

package org.senoscope.core.region;
