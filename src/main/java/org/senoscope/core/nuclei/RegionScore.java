
package org.senoscope.core.nuclei;

/**
 * How much a region looks like one nucleus: an estimate of its IoU with a true
 * nucleus from dimensionless features, by a small network of fixed numbers.
 */
final class RegionScore {

	private final double typicalArea;
	private final double typicalLevel;
	private final int minArea;
	private final int maxArea;
	private final int maxExtent;
	private final boolean scaleFree;
	private final double cut;
	private final double splitting;

	RegionScore(final double typicalArea, final double typicalLevel,
		final int minArea, final int maxArea, final int maxExtent,
		final boolean scaleFree, final double cut, final double splitting)
	{
		this.typicalArea = typicalArea;
		this.typicalLevel = typicalLevel;
		this.minArea = minArea;
		this.maxArea = maxArea;
		this.maxExtent = maxExtent;
		this.scaleFree = scaleFree;
		this.cut = cut;
		this.splitting = splitting;
	}

	double typicalArea() {
		return typicalArea;
	}

	double typicalLevel() {
		return typicalLevel;
	}

	double cut() {
		return cut;
	}

	int minArea() {
		return minArea;
	}

	int maxArea() {
		return maxArea;
	}

	int maxExtent() {
		return maxExtent;
	}

	/**
	 * @return whether a region with this score replaces regions inside it with
	 *         this sum of scores
	 */
	boolean replaces(final long score, final long inside) {
		return score > 0 && score >= inside * splitting;
	}

	/** @return quality above the cut, in units of 2^-16 */
	long score(final double[] f) {
		final double y = quality(f);
		return Math.round((y - cut) * 65536);
	}

	/** @return estimate of (IoU - 0.4) / 0.5 with a true nucleus */
	private double quality(final double[] f) {
		final double[] w = scaleFree ? RegionScoreWeights.SCALE_FREE
			: RegionScoreWeights.SCALED;
		return RegionScoreWeights.evaluate(w, f, scaleFree);
	}
}
