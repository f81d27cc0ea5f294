
package org.senoscope.core.assay.sagal;

/** What shows the cells of an X-gal picture. */
public enum CellsFrom {
		/**
		 * Nuclei where a stain or a paired image shows them; else, in culture,
		 * granules alone where the total is typed, and relief where it is not.
		 */
		AUTO,
		/** Nuclei alone: where none are seen, only the stained area is measured. */
		NUCLEI,
		/** The relief of unstained cells and the granules of stained ones. */
		RELIEF,
		/** Granules alone, which only stained cells have; the total is typed. */
		GRANULES
}
