
package org.senoscope.app;

import java.util.Locale;
import java.util.Random;

import org.senoscope.core.protocol.StatisticsSettings;
import org.senoscope.core.spatial.ClusteredShare;

/**
 * {@code ./build rates-interval}: how often the spatial interval of a share
 * holds the true one, on simulated fields with clustered positive cells:
 * positions and labels only. The log-odds of being positive are a Gaussian
 * random field (correlation exp(-d²/2L²)) of deviation S around a mean that
 * differs from field to field; the truth is the mean probability over all such
 * fields, not of the field that was seen.
 */
public final class IntervalRates {

	private static final double CELLS_PER_MM2 = 3000;
	private static final int WAVES = 80;

	private IntervalRates() {}

	/**
	 * Prints the table.
	 *
	 * @param arguments fields of each kind (200)
	 */
	public static void main(final String[] arguments) {
		final int fields = arguments.length == 0 ? 200 : Integer.parseInt(
			arguments[0]);
		System.out.printf(Locale.ROOT,
			"%-9s %-15s %-9s %10s %10s %8s %8s   (%d fields each, %.0f cells per mm2, at most 8,000)%n",
			"field, um", "correlation, um", "deviation", "coverage", "of Wilson",
			"width", "cells", fields, CELLS_PER_MM2);
		int all = 0, held = 0, wide = 0, heldWide = 0;
		for (final double side : new double[] { 500, 1000, 2000, 5000 })
			for (final double length : new double[] { 10, 25, 50, 100 })
				for (final double deviation : new double[] { 0.7, 1.5 }) {
					final int n = run(side, length, deviation, fields);
					all += fields;
					held += n;
					if (side >= 20 * length) {
						wide += fields;
						heldWide += n;
					}
				}
		System.out.printf(Locale.ROOT,
			"%nall %,d fields: %.3f; the %,d that are at least twenty correlation lengths wide: %.3f%n",
			all, (double) held / all, wide, (double) heldWide / wide);
	}

	private static int run(final double side, final double length,
		final double deviation, final int fields)
	{
		int held = 0, counting = 0, cells = 0;
		double width = 0;
		for (int field = 0; field < fields; field++) {
			final Random random = new Random(7919L * field + (long) side + 13 *
				(long) length + (long) (10 * deviation));
			final double mean = -3 + 3.2 * random.nextDouble();
			final double truth = truth(mean, deviation);
			final double[] kx = new double[WAVES], ky = new double[WAVES], phase =
				new double[WAVES];
			for (int k = 0; k < WAVES; k++) {
				kx[k] = random.nextGaussian() / length;
				ky[k] = random.nextGaussian() / length;
				phase[k] = 2 * Math.PI * random.nextDouble();
			}
			final StatisticsSettings d = StatisticsSettings.DEFAULTS;
			final ClusteredShare share = new ClusteredShare(Math.min(d
				.bootstrapSquareUm(), side / 5));
			cells = (int) Math.min(8000, side * side / 1e6 * CELLS_PER_MM2);
			for (int i = 0; i < cells; i++) {
				final double x = side * random.nextDouble(), y = side * random
					.nextDouble();
				double sum = 0;
				for (int k = 0; k < WAVES; k++)
					sum += Math.cos(kx[k] * x + ky[k] * y + phase[k]);
				share.add(x, y, random.nextDouble() < probability(mean + deviation *
					Math.sqrt(2.0 / WAVES) * sum));
			}
			final double[] interval = share.interval(400, d.seed()), wilson = share
				.wilson();
			if (interval[0] <= truth && truth <= interval[1]) held++;
			if (wilson[0] <= truth && truth <= wilson[1]) counting++;
			width += interval[1] - interval[0];
		}
		System.out.printf(Locale.ROOT,
			"%-9.0f %-15.0f %-9.1f %10.3f %10.3f %8.1f %,8d%n", side, length,
			deviation, (double) held / fields, (double) counting / fields, width /
				fields, cells);
		return held;
	}

	private static double probability(final double logOdds) {
		return 1 / (1 + Math.exp(-logOdds));
	}

	/** Mean probability in percent, by Simpson's rule over six deviations. */
	private static double truth(final double mean, final double deviation) {
		double sum = 0, weight = 0;
		for (int i = -120; i <= 120; i++) {
			final double z = i / 20.0, w = Math.exp(-z * z / 2) * (i % 2 == 0 ? 2
				: 4);
			sum += w * probability(mean + deviation * z);
			weight += w;
		}
		return 100 * sum / weight;
	}
}
