
package org.senoscope.core.spatial;

import java.util.SplittableRandom;
import java.util.TreeMap;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * A share of cells with its uncertainty. Cells of a slide are not independent:
 * neighbours resemble each other. The interval is therefore made by drawing
 * whole squares of the slide again and again (block bootstrap; Davison and
 * Hinkley 1997, chapter 8), with two additions without which such intervals are
 * too narrow: squares are joined to larger ones as long as that widens the
 * interval, because squares smaller than the patches of positive cells are
 * themselves alike; and the spread of the draws, on the scale of log-odds, is
 * taken times the quantile of Student's t for so many squares. Wilson's
 * interval (1927) is given beside it as counting error only.
 */
public final class ClusteredShare {

	/** Fewest squares with cells from which a spatial interval is given. */
	private static final int MIN_SQUARES = 5;

	/** Fewest squares that are still joined to larger ones. */
	private static final int FEWEST_JOINED = 8;

	/** How often squares are joined, four to one. */
	private static final int JOINS = 5;

	private static final double Z = 1.959963984540054;

	private final double squarePx;
	private final TreeMap<Long, long[]> squares = new TreeMap<>();
	private long measured;
	private long positive;

	/**
	 * Begins a count.
	 *
	 * @param squarePx side of the smallest squares in level-0 pixels
	 */
	public ClusteredShare(final double squarePx) {
		this.squarePx = squarePx;
	}

	/** Adds a cell at a place in level-0 pixels. */
	public void add(final double x, final double y, final boolean isPositive) {
		final long key = key((long) Math.floor(x / squarePx), (long) Math.floor(y /
			squarePx));
		final long[] counts = squares.computeIfAbsent(key, k -> new long[2]);
		counts[0]++;
		measured++;
		if (isPositive) {
			counts[1]++;
			positive++;
		}
	}

	private static long key(final long x, final long y) {
		return y << 32 | x & 0xffffffffL;
	}

	/** Returns the number of cells. */
	public long measured() {
		return measured;
	}

	/** Returns the number of positive cells. */
	public long positive() {
		return positive;
	}

	/** Returns the share in percent, NaN without cells. */
	public double percent() {
		return measured == 0 ? Double.NaN : 100.0 * positive / measured;
	}

	/** Returns Wilson's 95 % interval in percent. */
	public double[] wilson() {
		return wilson(positive, measured);
	}

	/** Returns Wilson's 95 % interval in percent; NaN without cells. */
	public static double[] wilson(final double positive, final double measured) {
		if (measured == 0) return new double[] { Double.NaN, Double.NaN };
		final double n = measured, p = positive / n;
		final double middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
		final double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z *
			Z / (4 * n * n));
		return new double[] { 100 * Math.max(0, middle - half), 100 * Math.min(1,
			middle + half) };
	}

	/** Returns whether there are enough squares for a spatial interval. */
	public boolean isSpatial() {
		return squares.size() >= MIN_SQUARES;
	}

	/**
	 * Returns the 95 % interval in percent by drawing squares; NaN where there
	 * are too few of them. Where no cell is positive, or all are, nothing differs
	 * between squares, and the interval is Wilson's.
	 *
	 * @param samples draws
	 * @param seed start of the random numbers
	 */
	public double[] interval(final int samples, final long seed) {
		if (!isSpatial()) return new double[] { Double.NaN, Double.NaN };
		if (positive == 0 || positive == measured) return wilson();
		final double middle = Math.log((positive + 0.5) / (measured - positive +
			0.5));
		double half = 0;
		TreeMap<Long, long[]> parts = squares;
		for (int join = 0; join <= JOINS; join++) {
			if (join > 0) {
				parts = joined(parts);
				if (parts.size() < FEWEST_JOINED) break;
			}
			half = Math.max(half, half(parts, samples, seed + join));
		}
		// counting error is part of it
		final double[] counting = wilson();
		return new double[] { Math.min(counting[0], share(middle - half)), Math.max(
			counting[1], share(middle + half)) };
	}

	private static double share(final double logOdds) {
		return 100 / (1 + Math.exp(-logOdds));
	}

	/** Half the width of the interval on the scale of log-odds. */
	private static double half(final TreeMap<Long, long[]> parts,
		final int samples, final long seed)
	{
		final long[][] counts = parts.values().toArray(new long[0][]);
		final int m = counts.length;
		final SplittableRandom random = new SplittableRandom(seed);
		double sum = 0, squares = 0;
		for (int s = 0; s < samples; s++) {
			long cells = 0, hits = 0;
			for (int i = 0; i < m; i++) {
				final long[] c = counts[random.nextInt(m)];
				cells += c[0];
				hits += c[1];
			}
			final double odds = Math.log((hits + 0.5) / (cells - hits + 0.5));
			sum += odds;
			squares += odds * odds;
		}
		final double spread = Math.sqrt(Math.max(0, squares / samples - sum * sum /
			samples / samples));
		// squares of few cells tell less than their number
		final double effective = effective(counts);
		return new TDistribution(Math.max(1, effective - 1))
			.inverseCumulativeProbability(0.975) * spread * Math.sqrt(effective / Math
				.max(1, effective - 1));
	}

	/** Number of equally full squares that would weigh as much (Kish 1965). */
	private static double effective(final long[][] counts) {
		double sum = 0, squares = 0;
		for (final long[] c : counts) {
			sum += c[0];
			squares += (double) c[0] * c[0];
		}
		return sum * sum / squares;
	}

	private static TreeMap<Long, long[]> joined(
		final TreeMap<Long, long[]> parts)
	{
		final TreeMap<Long, long[]> joined = new TreeMap<>();
		parts.forEach((key, c) -> {
			final long[] into = joined.computeIfAbsent(key(Math.floorDiv(
				(int) (long) key, 2), Math.floorDiv(key >> 32, 2L)), k -> new long[2]);
			into[0] += c[0];
			into[1] += c[1];
		});
		return joined;
	}
}
