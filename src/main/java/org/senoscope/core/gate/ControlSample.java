
package org.senoscope.core.gate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The deciding readings of the cells of control images of one role, with the
 * place each lies in: cells of one place are not independent.
 *
 * @param files names of the images
 * @param values readings, one a cell
 * @param places square of its image in which each cell lies, numbered over all
 *          images
 */
public record ControlSample(String files, float[] values, int[] places) {

	/** Resamples of a bootstrap. */
	static final int RESAMPLES = 500;

	/** Fewer places say nothing of how places differ. */
	private static final int FEWEST_PLACES = 5;

	/** Returns the number of cells. */
	public int cells() {
		return values.length;
	}

	/** Returns the share of the cells at or above a value. */
	public double shareAbove(final double value) {
		if (values.length == 0) return Double.NaN;
		int above = 0;
		for (final float v : values)
			if (v >= value) above++;
		return (double) above / values.length;
	}

	/**
	 * Returns a quantile alone, NaN without cells.
	 *
	 * @param share share of the cells below
	 */
	public double quantile(final double share) {
		final float[] sorted = values.clone();
		Arrays.sort(sorted);
		if (sorted.length == 0) return Double.NaN;
		final double wanted = share * (sorted.length - 1);
		final int rank = (int) wanted;
		return rank + 1 == sorted.length ? sorted[rank] : sorted[rank] +
			(sorted[rank + 1] - sorted[rank]) * (wanted - rank);
	}

	/**
	 * Returns a quantile and its 95 % interval by a bootstrap that draws whole
	 * places (single cells where there are fewer than five places).
	 *
	 * @param share share of the cells below
	 * @param seed start of the random numbers
	 * @return quantile, low, high; NaN without cells
	 */
	public double[] quantile(final double share, final long seed) {
		final int n = values.length;
		if (n == 0) return new double[] { Double.NaN, Double.NaN, Double.NaN };
		final long[] order = new long[n];
		for (int i = 0; i < n; i++) {
			final int bits = Float.floatToIntBits(values[i]);
			// floats in the order of their bits, negative ones turned round
			order[i] = (long) (bits < 0 ? ~bits ^ 0x80000000 : bits) << 32 | i;
		}
		Arrays.sort(order);
		final float[] sorted = new float[n];
		final int[] place = new int[n];
		final int places = (int) Arrays.stream(this.places).distinct().count();
		final boolean clustered = places >= FEWEST_PLACES;
		final int[] numbered = clustered ? numbers() : null;
		for (int i = 0; i < n; i++) {
			final int cell = (int) order[i];
			sorted[i] = values[cell];
			place[i] = clustered ? numbered[cell] : i;
		}
		final int units = clustered ? places : n;
		final SplittableRandom random = new SplittableRandom(seed);
		final double[] drawn = new double[RESAMPLES];
		final int[] weight = new int[units];
		for (int b = 0; b < RESAMPLES; b++) {
			Arrays.fill(weight, 0);
			for (int u = 0; u < units; u++)
				weight[random.nextInt(units)]++;
			long total = 0;
			for (int i = 0; i < n; i++)
				total += weight[place[i]];
			drawn[b] = at(sorted, place, weight, share, total);
		}
		Arrays.sort(drawn);
		return new double[] { quantile(share), drawn[(int) (0.025 * RESAMPLES)],
			drawn[(int) (0.975 * RESAMPLES)] };
	}

	/** Places numbered from 0 without gaps. */
	private int[] numbers() {
		final int[] different = Arrays.stream(places).distinct().sorted().toArray();
		return Arrays.stream(places).map(p -> Arrays.binarySearch(different, p))
			.toArray();
	}

	/** Between the two readings that a share falls between. */
	private static double at(final float[] sorted, final int[] place,
		final int[] weight, final double share, final long total)
	{
		final double wanted = share * (total - 1);
		final long rank = (long) wanted;
		long upTo = 0;
		float lower = Float.NaN;
		for (int i = 0; i < sorted.length; i++) {
			upTo += weight[place[i]];
			if (Float.isNaN(lower) && upTo > rank) lower = sorted[i];
			if (upTo > rank + 1) return lower + (sorted[i] - lower) * (wanted - rank);
		}
		return lower;
	}
}
