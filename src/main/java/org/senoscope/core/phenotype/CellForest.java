
package org.senoscope.core.phenotype;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.senoscope.core.forest.DecisionTree;
import org.senoscope.core.forest.Forests;

/**
 * A random forest a class, beside which the network has to earn its place, and
 * which may answer in its place or with it. It sees the same standard scores; a
 * missing one is the mean.
 *
 * @param features number of features
 * @param exclusive whether a cell has exactly one class
 * @param trees the trees of each class, whose leaves hold the shares of other
 *          cells and of cells of the class; none for a class that no cell was
 *          of, or all
 */
public record CellForest(int features, boolean exclusive,
		List<List<DecisionTree>> trees) {

	private static final int TREES = 300;
	private static final int DEPTH = 30;
	private static final int LEAF = 5;
	private static final double LEAST = 0.001;

	/**
	 * Copies the lists and checks the trees.
	 *
	 * @throws IllegalArgumentException if a tree has other features
	 */
	public CellForest {
		trees = trees.stream().map(List::copyOf).toList();
		for (final List<DecisionTree> own : trees)
			for (final DecisionTree tree : own)
				if (!tree.fits(features, 2)) throw new IllegalArgumentException(
					"a tree of it has other features");
	}

	/**
	 * Learns.
	 *
	 * @param z {@code cells x features} standard scores, NaN: not measured
	 * @param truth {@code cells x classes}
	 * @param rows cells to learn from
	 * @param exclusive whether a cell has exactly one class
	 */
	public static CellForest fit(final float[] z, final float[] truth,
		final int[] rows, final int features, final int classes,
		final boolean exclusive, final long seed)
	{
		final double[][] x = Arrays.stream(rows).mapToObj(i -> row(z, i, features))
			.toArray(double[][]::new);
		return new CellForest(features, exclusive, IntStream.range(0, classes)
			.parallel().mapToObj(c -> {
				final int[] y = Arrays.stream(rows).map(i -> truth[i * classes +
					c] > 0.5f ? 1 : 0).toArray();
				final int positives = Arrays.stream(y).sum();
				return positives == 0 || positives == y.length ? List
					.<DecisionTree> of() : Forests.grow(x, y, 2, TREES, DEPTH, LEAF,
						seed * 1000003 + 1);
			}).toList());
	}

	private static double[] row(final float[] z, final int i,
		final int features)
	{
		final double[] row = new double[features];
		for (int j = 0; j < features; j++)
			row[j] = Float.isNaN(z[i * features + j]) ? 0 : z[i * features + j];
		return row;
	}

	/**
	 * Returns {@code cells x classes} log-odds; logarithms of shares where a cell
	 * has exactly one class.
	 *
	 * @param z {@code cells x features} standard scores, NaN: not measured
	 */
	public float[] logits(final float[] z) {
		final int n = z.length / features, k = trees.size();
		final float[] logits = new float[n * k];
		for (int i = 0; i < n; i++) {
			final double[] x = row(z, i, features);
			for (int c = 0; c < k; c++)
				if (!trees.get(c).isEmpty()) logits[i * k + c] = logOdds(share(c, x));
		}
		return logits;
	}

	/**
	 * Returns how the log-odds of a class change when each feature is measured
	 * rather than not.
	 *
	 * @param z {@code cells x features} standard scores
	 */
	public double[] contributions(final float[] z, final int cell,
		final int ofClass)
	{
		final double[] x = row(z, cell, features), without = new double[features];
		final List<DecisionTree> own = trees.get(ofClass);
		if (own.isEmpty()) return without;
		double sum = 0;
		for (final DecisionTree tree : own) {
			final double whole = tree.leaf(x)[1];
			sum += whole;
			for (int j = 0; j < features; j++) {
				if (x[j] == 0 || !tree.asks(x, j)) {
					without[j] += whole;
					continue;
				}
				final double kept = x[j];
				x[j] = 0;
				without[j] += tree.leaf(x)[1];
				x[j] = kept;
			}
		}
		final double all = logOdds(sum / own.size());
		for (int j = 0; j < features; j++)
			without[j] = all - logOdds(without[j] / own.size());
		return without;
	}

	private double share(final int c, final double[] x) {
		double sum = 0;
		for (final DecisionTree tree : trees.get(c))
			sum += tree.leaf(x)[1];
		return sum / trees.get(c).size();
	}

	private float logOdds(final double share) {
		final double p = Math.max(LEAST, Math.min(1 - LEAST, share));
		return (float) (exclusive ? Math.log(p) : Math.log(p / (1 - p)));
	}
}
