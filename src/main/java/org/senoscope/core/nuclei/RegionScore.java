
package org.senoscope.core.nuclei;

/**
 * How much a region looks like one nucleus: an estimate of its IoU with a true
 * nucleus from dimensionless features, by a small network of fixed numbers; and
 * the limits of what is scored.
 *
 * @param typicalArea pixels of a typical nucleus
 * @param typicalLevel mean level of a typical nucleus
 * @param minLevel least mean level of a nucleus
 * @param minArea fewest pixels of a nucleus
 * @param maxArea most pixels of a nucleus
 * @param maxExtent longest side of a nucleus' bounding box, pixels
 * @param network index into {@link RegionScoreWeights#NETWORKS}: the pass, or
 *          {@link #SCALE_FREE}; plus {@link #BRIGHTFIELD} on brightfield planes
 * @param cut quality from which on a region counts
 * @param splitting readiness to split; 1 is balanced
 */
record RegionScore(double typicalArea, double typicalLevel, double minLevel,
		int minArea, int maxArea, int maxExtent, int network, double cut,
		double splitting) {

	/** The network that does without the size and brightness of nuclei. */
	static final int SCALE_FREE = 2;

	/** The first network of brightfield planes. */
	static final int BRIGHTFIELD = 3;

	/** Returns whether a network does without size and brightness. */
	static boolean isScaleFree(final int network) {
		return network % BRIGHTFIELD == SCALE_FREE;
	}

	/** Returns the first network of a kind of plane. */
	static int firstNetwork(final boolean brightfield) {
		return brightfield ? BRIGHTFIELD : 0;
	}

	/**
	 * Returns the quality from which on a region counts; the networks of
	 * brightfield planes promise less.
	 */
	static double cut(final boolean brightfield) {
		return brightfield ? 0.1 : 0.25;
	}

	/** Returns the least quality of a region in the second pass. */
	double leastQuality() {
		return network >= BRIGHTFIELD ? 0.2 : 0.3;
	}

	/** Returns the same limits with the network of a pass. */
	RegionScore forPass(final int pass) {
		return new RegionScore(typicalArea, typicalLevel, minLevel, minArea,
			maxArea, maxExtent, firstNetwork(network >= BRIGHTFIELD) + pass, cut,
			splitting);
	}

	/**
	 * Returns whether a region with this score replaces regions inside it with
	 * this sum of scores.
	 */
	boolean replaces(final long score, final long inside) {
		return score > 0 && score >= inside;
	}

	/** Returns quality above the cut, in units of 2^-16; changes the features. */
	long score(final double[] features) {
		return Math.round((RegionScoreWeights.evaluate(network, features) - cut) *
			65536);
	}
}
