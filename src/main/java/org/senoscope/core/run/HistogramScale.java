
package org.senoscope.core.run;

/**
 * The bins in which readings of a marker are counted.
 *
 * @param from lower edge of the first bin, on the scale of the bins
 * @param binWidth width of a bin on that scale
 * @param bins number of bins
 * @param cofactor as in {@link Histogram}
 */
public record HistogramScale(double from, double binWidth, int bins,
		double cofactor) {

	/** Optical densities from -0.2 to 3. */
	public static final HistogramScale OPTICAL_DENSITY = new HistogramScale(-0.2,
		0.005, 640, 0);

	/** Shares from 0 to 1. */
	public static final HistogramScale SHARE = new HistogramScale(0, 0.002, 501,
		0);

	/**
	 * Returns bins for intensities, which span decades: about half a percent wide
	 * above the cofactor.
	 *
	 * @param cofactor where the scale passes from linear to logarithmic, in the
	 *          unit of the intensity; about the noise of the background
	 */
	public static HistogramScale intensity(final double cofactor) {
		return new HistogramScale(-8, 0.005, 4400, cofactor);
	}

	/** Returns the bin of a value. */
	public int bin(final double value) {
		return (int) Math.max(0, Math.min(bins - 1, Math.floor((transform(value,
			cofactor) - from) / binWidth)));
	}

	/** Returns a value on the scale of the bins. */
	public double place(final double value) {
		return transform(value, cofactor);
	}

	/** Returns counts in these bins as a histogram. */
	public Histogram histogram(final long[] counts) {
		return new Histogram(from, binWidth, counts, cofactor);
	}

	static double transform(final double value, final double cofactor) {
		if (cofactor == 0) return value;
		final double x = Math.abs(value) / cofactor;
		return Math.copySign(Math.log(x + Math.sqrt(x * x + 1)), value);
	}
}
