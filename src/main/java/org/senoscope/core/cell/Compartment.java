
package org.senoscope.core.cell;

import java.util.Locale;

/** The part of a cell in which a marker is read. */
public enum Compartment {

		/** The nucleus. */
		NUCLEUS,
		/**
		 * The perinuclear ring: the cytoplasm next to the nucleus,
		 * {@link CompartmentSettings#ringUm()} wide.
		 */
		RING,
		/** The cytoplasm: the cell without its nucleus, ring included. */
		CYTOPLASM,
		/**
		 * The rim of the cell without its nucleus,
		 * {@link CompartmentSettings#membraneUm()} wide.
		 */
		MEMBRANE,
		/** The whole cell. */
		CELL;

	/** Returns the word in column names. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}
}
