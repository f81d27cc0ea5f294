
package org.senoscope.core.protocol;

/**
 * What lies on the glass. Written in lower case with hyphens in protocols and
 * on the command line.
 */
public enum SpecimenKind {
		/** Not stated. */
		UNKNOWN,
		/** Cultured cells. */
		CULTURE,
		/** Cytospin or smear. */
		CYTOSPIN,
		/** Tissue section. */
		SECTION,
		/** Tissue microarray. */
		TMA,
		/** Disseminated tumour cells. */
		DTC
}
