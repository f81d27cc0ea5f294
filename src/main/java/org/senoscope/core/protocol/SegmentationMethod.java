
package org.senoscope.core.protocol;

/**
 * How nuclei are found. Written in lower case with hyphens in protocols and on
 * the command line.
 */
public enum SegmentationMethod {
		/** The best that is at hand for the kind of image. */
		AUTO,
		/** Smoothing, local threshold and watershed; needs no network. */
		CLASSICAL,
		/** A star-convex network. */
		STAR_CONVEX
}
