
/**
 * Phenotypes by a table of rules over gated markers, as SCIMAP (Nirmal and
 * Sorger, JOSS 2024) takes them.
 */

package org.senoscope.core.phenotype.workflow;
