
package org.senoscope.core.assay.costain;

import java.util.Arrays;

/**
 * Observed over expected of a pair of markers on several slides. The slide is
 * the unit: all that is told of chance is a sign test, whether more slides than
 * half lie on one side of 1. Slides of one patient are not independent, which
 * is not known here.
 *
 * @param ratios observed over expected of the slides on which the pair could be
 *          told, each not NaN
 */
public record PairOverSlides(double[] ratios) {

	/** With fewer slides no sign test can reach 5 %. */
	public static final int FEWEST_SLIDES = 6;

	/** Sorts a copy. */
	public PairOverSlides {
		ratios = ratios.clone();
		Arrays.sort(ratios);
	}

	/** Returns the number of slides. */
	public int slides() {
		return ratios.length;
	}

	/** Returns the median, NaN without slides. */
	public double median() {
		final int n = ratios.length;
		return n == 0 ? Double.NaN : (ratios[n / 2] + ratios[(n - 1) / 2]) / 2;
	}

	/** Returns the slides on which both are positive more often than expected. */
	public int above() {
		return (int) Arrays.stream(ratios).filter(r -> r > 1).count();
	}

	/** Returns the slides on which they are less often. */
	public int below() {
		return (int) Arrays.stream(ratios).filter(r -> r < 1).count();
	}

	/**
	 * Returns the two-sided probability of sides as uneven as these if either
	 * were as likely (exact; slides at 1 are left out); NaN of fewer than
	 * {@link #FEWEST_SLIDES} slides.
	 */
	public double signTest() {
		if (ratios.length < FEWEST_SLIDES) return Double.NaN;
		final int n = above() + below(), fewer = Math.min(above(), below());
		double term = Math.pow(0.5, n), sum = 0;
		for (int k = 0; k <= fewer; k++) {
			sum += term;
			term *= (double) (n - k) / (k + 1);
		}
		return Math.min(1, 2 * sum);
	}
}
