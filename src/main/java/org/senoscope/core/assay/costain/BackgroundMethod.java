
package org.senoscope.core.assay.costain;

/**
 * What is taken off a channel before it is read. Written in lower case with
 * hyphens in protocols and on the command line.
 */
public enum BackgroundMethod {
		/** Nothing. */
		NONE,
		/**
		 * The level around cells, which may change slowly over the picture: the 5th
		 * percentile of windows spread over it (and what noise keeps it below the
		 * level), interpolated.
		 */
		LOCAL,
		/**
		 * A ball of {@link PanelSettings#ballUm()} rolled under the picture
		 * (Sternberg, IEEE Computer 1983).
		 */
		ROLLING_BALL,
		/** The median of the same channel on the blank control. */
		BLANK
}
