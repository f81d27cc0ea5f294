
package org.senoscope.core.run;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A proportion with its uncertainty. Cells of a slide are not independent:
 * neighbours resemble each other. The interval shown is therefore a bootstrap
 * over squares of the slide (clustered bootstrap, percentile method; Davison
 * and Hinkley 1997); Wilson's interval (1927) is given beside it as counting
 * error only.
 */
final class ProportionInterval {

	/** Fewest squares with cells from which a spatial interval is given. */
	private static final int MIN_SQUARES = 5;

	private static final double Z = 1.959963984540054;

	private final double squarePx;
	private final Map<Long, long[]> squares = new TreeMap<>();
	private long measured;
	private long positive;

	/**
	 * Begins a count.
	 *
	 * @param squarePx side of a square in level-0 pixels
	 */
	ProportionInterval(final double squarePx) {
		this.squarePx = squarePx;
	}

	void add(final double x, final double y, final boolean isPositive) {
		final long key = (long) Math.floor(y / squarePx) << 32 | (long) Math.floor(
			x / squarePx);
		final long[] counts = squares.computeIfAbsent(key, k -> new long[2]);
		counts[0]++;
		measured++;
		if (isPositive) {
			counts[1]++;
			positive++;
		}
	}

	long measured() {
		return measured;
	}

	long positive() {
		return positive;
	}

	double percent() {
		return measured == 0 ? Double.NaN : 100.0 * positive / measured;
	}

	/** Wilson's 95 % interval in percent. */
	double[] wilson() {
		if (measured == 0) return new double[] { Double.NaN, Double.NaN };
		final double n = measured, p = positive / n;
		final double middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
		final double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z *
			Z / (4 * n * n));
		return new double[] { 100 * Math.max(0, middle - half), 100 * Math.min(1,
			middle + half) };
	}

	/** Whether there are enough squares for a spatial interval. */
	boolean isSpatial() {
		return squares.size() >= MIN_SQUARES;
	}

	/**
	 * 95 % interval in percent by resampling squares; NaN where there are too few
	 * of them.
	 */
	double[] bootstrap(final int samples, final long seed) {
		if (!isSpatial()) return new double[] { Double.NaN, Double.NaN };
		final long[][] counts = squares.values().toArray(new long[0][]);
		final SplittableRandom random = new SplittableRandom(seed);
		final double[] found = new double[samples];
		for (int s = 0; s < samples; s++) {
			long cells = 0, hits = 0;
			for (int i = 0; i < counts.length; i++) {
				final long[] c = counts[random.nextInt(counts.length)];
				cells += c[0];
				hits += c[1];
			}
			found[s] = 100.0 * hits / cells;
		}
		Arrays.sort(found);
		return new double[] { quantile(found, 0.025), quantile(found, 0.975) };
	}

	private static double quantile(final double[] sorted, final double q) {
		final double at = q * (sorted.length - 1);
		final int i = (int) at;
		return i + 1 < sorted.length ? sorted[i] + (at - i) * (sorted[i + 1] -
			sorted[i]) : sorted[i];
	}
}
