
package org.senoscope.core.protocol;

/**
 * How the specimen was kept. Written in lower case with hyphens in protocols
 * and on the command line.
 */
public enum Preservation {
		/** Not stated. */
		UNKNOWN,
		/** Fresh. */
		FRESH,
		/** Cells in culture. */
		CULTURED,
		/** Frozen section. */
		FROZEN,
		/** Formalin-fixed, paraffin-embedded. */
		FFPE
}
