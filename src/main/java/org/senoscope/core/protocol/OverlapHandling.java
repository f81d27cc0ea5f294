
package org.senoscope.core.protocol;

/**
 * What becomes of star-convex nuclei that overlap. Written in lower case with
 * hyphens in protocols and on the command line.
 */
public enum OverlapHandling {
		/**
		 * Of two that share too much the less probable goes, as in StarDist.
		 */
		SUPPRESS,
		/**
		 * The less probable loses what it shares, and goes if less than half of it
		 * or no single piece is left, as in QuPath.
		 */
		TRIM
}
