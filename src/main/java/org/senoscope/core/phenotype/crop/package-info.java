/**
 * Pictures of single nuclei, as a network of nuclear morphology sees them, and
 * plain readings of the same pictures.
 */

package org.senoscope.core.phenotype.crop;
