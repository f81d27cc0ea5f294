
package org.senoscope.core.validation;

import java.util.stream.IntStream;

/**
 * Agreement of two readings of the same cases, such as labelling indices.
 * Differences are predicted minus reference, in the unit of the readings.
 *
 * @param cases number of cases
 * @param meanDifference mean difference
 * @param sdDifference standard deviation of the differences; NaN below two
 *          cases
 * @param lowerLimit lower limit of agreement, mean - 1.96 standard deviations
 *          (Bland and Altman, Lancet 1986)
 * @param upperLimit upper limit of agreement
 * @param meanAbsoluteDifference mean of the differences without sign
 * @param largestAbsoluteDifference largest of them
 * @param icc intraclass correlation ICC(2,1): two-way random effects, absolute
 *          agreement, single reading (Shrout and Fleiss, Psychol Bull 1979);
 *          NaN below two cases, or where all readings are equal
 * @param shareWithin share of the cases whose difference is at most
 *          {@value #WITHIN} times the reference
 */
public record Agreement(int cases, double meanDifference, double sdDifference,
		double lowerLimit, double upperLimit, double meanAbsoluteDifference,
		double largestAbsoluteDifference, double icc, double shareWithin) {

	/** Differences up to this share of the reference are borne. */
	public static final double WITHIN = 0.2;

	private static final double LIMITS = 1.96;

	/**
	 * Compares readings.
	 *
	 * @param predicted one reading a case
	 * @param reference the other one of each case
	 */
	public static Agreement of(final double[] predicted,
		final double[] reference)
	{
		final int n = predicted.length;
		if (n == 0 || n != reference.length) throw new IllegalArgumentException(n +
			" and " + reference.length + " readings cannot be compared");
		final double[] d = IntStream.range(0, n).mapToDouble(i -> predicted[i] -
			reference[i]).toArray();
		double sum = 0, absolute = 0, largest = 0;
		int within = 0;
		for (int i = 0; i < n; i++) {
			sum += d[i];
			absolute += Math.abs(d[i]);
			largest = Math.max(largest, Math.abs(d[i]));
			// rounding must not decide at the border
			if (Math.abs(d[i]) <= WITHIN * Math.abs(reference[i]) + 1e-9) within++;
		}
		final double mean = sum / n;
		double square = 0;
		for (final double v : d)
			square += (v - mean) * (v - mean);
		final double sd = n < 2 ? Double.NaN : Math.sqrt(square / (n - 1));
		return new Agreement(n, mean, sd, mean - LIMITS * sd, mean + LIMITS * sd,
			absolute / n, largest, icc(predicted, reference), within / (double) n);
	}

	private static double icc(final double[] a, final double[] b) {
		final int n = a.length;
		if (n < 2) return Double.NaN;
		double meanA = 0, meanB = 0;
		for (int i = 0; i < n; i++) {
			meanA += a[i] / n;
			meanB += b[i] / n;
		}
		final double mean = (meanA + meanB) / 2;
		double cases = 0, total = 0;
		for (int i = 0; i < n; i++) {
			final double m = (a[i] + b[i]) / 2 - mean;
			cases += 2 * m * m;
			total += (a[i] - mean) * (a[i] - mean) + (b[i] - mean) * (b[i] - mean);
		}
		final double readers = n * ((meanA - mean) * (meanA - mean) + (meanB -
			mean) * (meanB - mean));
		final double casesMean = cases / (n - 1);
		final double errorMean = (total - cases - readers) / (n - 1);
		final double below = casesMean + errorMean + 2.0 / n * (readers -
			errorMean);
		return below == 0 ? Double.NaN : (casesMean - errorMean) / below;
	}
}
