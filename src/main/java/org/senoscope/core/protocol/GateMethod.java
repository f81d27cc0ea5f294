
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
		 * The valley between two groups of cells, only where the values are
		 * bimodal; else the fixed value, with a warning.
		 */
		MIXTURE,
		/** The triangle threshold on the values of all cells of the slide. */
		TRIANGLE,
		/** A percentile of the negative control. */
		CONTROL,
		/**
		 * A percentile of the negative control where there is one; else as
		 * {@link #MIXTURE}.
		 */
		AUTO
}
