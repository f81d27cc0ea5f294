
package org.senoscope.core.phenotype;

import java.util.Arrays;

/**
 * How certain a call has to be. Each called class has its own distribution of
 * certainties, taken from cells that were held out, so that a rare class, whose
 * calls are seldom as certain as those of a common one, keeps the same share of
 * its calls.
 *
 * @param quantiles {@code called classes x (PARTS + 1)} certainties in rising
 *          order; the last row is of cells called none of the classes
 */
public record Abstention(float[][] quantiles) {

	private static final int PARTS = 200;

	/** Calls that a class needs for a distribution of its own. */
	private static final int FEWEST = 20;

	/**
	 * Learns from held-out cells.
	 *
	 * @param p {@code cells x classes} probabilities
	 * @param classes number of classes
	 * @param exclusive whether a cell has exactly one class
	 */
	public static Abstention fit(final float[] p, final int classes,
		final boolean exclusive)
	{
		final int n = p.length / classes;
		final float[] certainty = new float[n];
		final int[] called = new int[n];
		for (int i = 0; i < n; i++) {
			certainty[i] = Calibration.certainty(p, i, classes, exclusive);
			called[i] = called(p, i, classes, exclusive);
		}
		final float[][] quantiles = new float[classes + 1][];
		final float[] all = parts(certainty.clone());
		for (int c = 0; c <= classes; c++) {
			final float[] own = new float[n];
			int m = 0;
			for (int i = 0; i < n; i++)
				if (called[i] == c) own[m++] = certainty[i];
			quantiles[c] = m < FEWEST ? all : parts(Arrays.copyOf(own, m));
		}
		return new Abstention(quantiles);
	}

	/** Returns the same least certainty for all calls, at any coverage. */
	public static Abstention constant(final int classes, final float certainty) {
		final float[][] quantiles = new float[classes + 1][PARTS + 1];
		for (final float[] q : quantiles)
			Arrays.fill(q, certainty);
		return new Abstention(quantiles);
	}

	private static float[] parts(final float[] values) {
		Arrays.sort(values);
		final float[] parts = new float[PARTS + 1];
		for (int q = 0; q <= PARTS; q++)
			parts[q] = values[Math.min(values.length - 1, Math.round((float) q *
				values.length / PARTS))];
		return parts;
	}

	/** The likeliest class; where none need be, none if none is above a half. */
	private static int called(final float[] p, final int cell, final int classes,
		final boolean exclusive)
	{
		int best = 0;
		for (int c = 1; c < classes; c++)
			if (p[cell * classes + c] > p[cell * classes + best]) best = c;
		return exclusive || p[cell * classes + best] > 0.5f ? best : classes;
	}

	/**
	 * Returns whether a cell is too uncertain to call.
	 *
	 * @param p {@code cells x classes} probabilities
	 * @param coverage share of the calls of each class that are kept
	 */
	public boolean abstains(final float[] p, final int cell, final int classes,
		final boolean exclusive, final double coverage)
	{
		if (coverage >= 1) return false;
		final int least = (int) Math.round((1 - coverage) * PARTS);
		return Calibration.certainty(p, cell, classes,
			exclusive) < quantiles[called(p, cell, classes, exclusive)][least];
	}
}
