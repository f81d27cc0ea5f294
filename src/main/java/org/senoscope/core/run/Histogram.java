
package org.senoscope.core.run;

/**
 * Counts of cells by value, in bins of equal width on the value itself or on
 * its inverse hyperbolic sine.
 *
 * @param from lower edge of the first bin, on the scale of the bins
 * @param binWidth width of a bin, positive, on the scale of the bins
 * @param counts cells in each bin; values beyond the ends stand in the end bins
 * @param cofactor 0: bins are equal in the value; positive: they are equal in
 *          asinh(value / cofactor), which is linear near 0 and logarithmic
 *          beyond the cofactor
 */
public record Histogram(double from, double binWidth, long[] counts,
		double cofactor) {

	/** Makes a histogram with bins equal in the value. */
	public Histogram(final double from, final double binWidth,
		final long[] counts)
	{
		this(from, binWidth, counts, 0);
	}

	/**
	 * Returns the value at a place on the scale of the bins.
	 *
	 * @param bin place in bins from the lower edge of the first, fractions
	 *          allowed
	 */
	public double value(final double bin) {
		final double at = from + bin * binWidth;
		return cofactor == 0 ? at : cofactor * Math.sinh(at);
	}

	/**
	 * Returns the value below which a share of the counts lies; NaN without
	 * counts.
	 */
	public double quantile(final double share) {
		double all = 0;
		for (final long c : counts)
			all += c;
		double below = 0;
		final double wanted = share * all;
		for (int i = 0; i < counts.length; i++) {
			final long c = counts[i];
			if (below + c >= wanted && c > 0) return value(i + (wanted - below) / c);
			below += c;
		}
		return Double.NaN;
	}

	/** Returns the place of a value, in bins from the lower edge of the first. */
	public double place(final double value) {
		return (HistogramScale.transform(value, cofactor) - from) / binWidth;
	}
}
