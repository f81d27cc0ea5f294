
package org.senoscope.core.nuclei.starconvex;

import java.util.Set;

import org.senoscope.core.protocol.ImageKind;

/**
 * What is known about a star-convex network.
 *
 * @param name its name
 * @param kinds kinds of image it was trained for; empty if it does not say
 * @param channels channels of its input: 1 (bright nuclei on dark) or 3 (red,
 *          green, blue)
 * @param rays distances at a pixel
 * @param nucleusDiameterPx diameter of a typical nucleus in pixels of the
 *          network, to which pictures are rescaled; NaN if unknown: pictures
 *          are then taken as they are
 * @param pixelSizeUm typical pixel size it was trained on, NaN if unknown
 * @param normalisation how it wants its pixels
 * @param probabilityThreshold a nucleus is more probable than this
 * @param overlapThreshold of two nuclei that share a larger part of the smaller
 *          one the less probable goes
 * @param sizeDivisor sides of its input are multiples of this
 * @param haloPx pixels around a place that matter to what the network says
 *          there
 * @param border grid points along the edges of a picture at which nuclei are
 *          not looked for; {@link #STARDIST_BORDER} unless the network learned
 *          nuclei that an edge cuts
 * @param fingerprint SHA-256 of the network file
 */
public record NetworkCard(String name, Set<ImageKind> kinds, int channels,
		int rays, double nucleusDiameterPx, double pixelSizeUm,
		Normalisation normalisation, double probabilityThreshold,
		double overlapThreshold, int sizeDivisor, int haloPx, int border,
		String fingerprint) {

	/** Grid points along the edges at which StarDist sees no nuclei. */
	public static final int STARDIST_BORDER = 2;

	/** Copies the set. */
	public NetworkCard {
		kinds = Set.copyOf(kinds);
	}

	/**
	 * How pixels are normalised, once for a slide.
	 *
	 * @param white whether values are divided by that of clear glass; else two
	 *          percentiles become 0 and 1, without clipping
	 * @param low lower percentile
	 * @param high upper percentile
	 * @param joint whether the percentiles are those of all channels together
	 */
	public record Normalisation(boolean white, double low, double high,
			boolean joint) {

		/** StarDist's usual one. */
		public static final Normalisation STARDIST = new Normalisation(false, 1,
			99.8, false);
	}
}
