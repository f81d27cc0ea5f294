
package org.senoscope.core.protocol;

/**
 * Where the cut between negative and positive comes from. Written in lower case
 * with hyphens in protocols and on the command line.
 */
public enum GateMethod {
		/** The value written in the protocol. */
		FIXED,
		/** Otsu's threshold on the values of all cells of the slide. */
		OTSU,
		/**
		 * Crossing of two components fitted to the values of all cells, only where
		 * the values are bimodal; else the fixed value, with a warning.
		 */
		MIXTURE
}
