
package org.senoscope.core.phenotype;

import java.util.Arrays;
import java.util.stream.LongStream;

import smile.base.cart.SplitRule;
import smile.classification.RandomForest;
import smile.data.DataFrame;
import smile.data.formula.Formula;
import smile.data.vector.IntVector;

/**
 * A random forest of a library (Smile), one a class, beside which the network
 * has to earn its place. It sees the same standard scores; a missing one is the
 * mean.
 */
final class ForestBaseline {

	private static final int TREES = 300;
	private static final int LEAF = 5;

	private ForestBaseline() {}

	/**
	 * Learns from some cells and returns the log-odds of others.
	 *
	 * @param z {@code cells x features} standard scores
	 * @param truth {@code cells x classes}
	 * @param weights of each cell; 0: not learned from
	 * @param test {@code cells x features} standard scores
	 * @param exclusive whether a cell has exactly one class
	 * @return {@code cells x classes} log-odds
	 */
	static float[] logits(final float[] z, final float[] truth,
		final float[] weights, final float[] test, final int features,
		final int classes, final boolean exclusive, final long seed)
	{
		final int[] train = java.util.stream.IntStream.range(0, weights.length)
			.filter(i -> weights[i] > 0).toArray();
		final double[][] x = Arrays.stream(train).mapToObj(i -> row(z, i, features))
			.toArray(double[][]::new);
		final int n = test.length / features;
		final double[][] asked = java.util.stream.IntStream.range(0, n).mapToObj(
			i -> row(test, i, features)).toArray(double[][]::new);
		final DataFrame frame = DataFrame.of(asked);
		final float[] logits = new float[n * classes];
		for (int c = 0; c < classes; c++) {
			final int k = c;
			final int[] y = Arrays.stream(train).map(i -> truth[i * classes +
				k] > 0.5f ? 1 : 0).toArray();
			final long positives = Arrays.stream(y).sum();
			if (positives == 0 || positives == y.length) continue;
			final DataFrame data = DataFrame.of(x).merge(IntVector.of("y", y));
			final RandomForest forest = RandomForest.fit(Formula.lhs("y"), data,
				TREES, Math.max(1, (int) Math.sqrt(features)), SplitRule.GINI, 30, Math
					.max(2, x.length / LEAF), LEAF, 1.0, null, LongStream.range(0, TREES)
						.map(t -> seed * 1000003 + t + 1));
			for (int i = 0; i < n; i++) {
				final double[] p = new double[2];
				forest.predict(frame.get(i), p);
				final double bounded = Math.max(0.001, Math.min(0.999, p[1]));
				logits[i * classes + c] = (float) (exclusive ? Math.log(bounded) : Math
					.log(bounded / (1 - bounded)));
			}
		}
		return logits;
	}

	private static double[] row(final float[] z, final int i,
		final int features)
	{
		final double[] row = new double[features];
		for (int j = 0; j < features; j++)
			row[j] = Float.isNaN(z[i * features + j]) ? 0 : z[i * features + j];
		return row;
	}
}
