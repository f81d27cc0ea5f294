
package org.senoscope.core.phenotype;

import java.util.Arrays;

/** What the network is compared with, learned and judged on the same cells. */
public final class Baselines {

	private Baselines() {}

	/**
	 * A random forest.
	 *
	 * @param z {@code cells x features} standard scores, NaN: not measured
	 * @param truth {@code cells x classes}
	 * @param train cells to learn from
	 * @param test cells to judge
	 * @return {@code test cells x classes} log-odds
	 */
	public static float[] forest(final float[] z, final float[] truth,
		final int[] train, final int[] test, final int features, final int classes,
		final boolean exclusive, final long seed)
	{
		return CellForest.fit(z, truth, train, features, classes, exclusive, seed)
			.logits(rows(z, test, features));
	}

	/** The best rule of one or two markers; as the forest. */
	public static float[] rules(final float[] z, final float[] truth,
		final int[] train, final int[] test, final int features, final int classes,
		final boolean exclusive)
	{
		return RuleBaseline.logits(z, truth, weights(train, truth.length / classes),
			rows(z, test, features), features, classes, exclusive);
	}

	private static float[] weights(final int[] train, final int n) {
		final float[] w = new float[n];
		Arrays.stream(train).forEach(i -> w[i] = 1);
		return w;
	}

	private static float[] rows(final float[] z, final int[] rows, final int f) {
		final float[] out = new float[rows.length * f];
		for (int a = 0; a < rows.length; a++)
			System.arraycopy(z, rows[a] * f, out, a * f, f);
		return out;
	}
}
