
package org.senoscope.core.region;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.senoscope.core.cell.Lineage;
import org.senoscope.core.forest.DecisionTree;
import org.senoscope.core.forest.Forests;

/**
 * A random forest (Breiman, Mach Learn 2001) that tells the lineage of a
 * nucleus from {@link RegionFeatures}.
 *
 * @param classes the lineages it tells, in the order of the shares
 * @param trees the trees
 * @param trainedOn nuclei of each class that it learned from
 * @param balancedAccuracy mean over the classes of the share that is told
 *          rightly, by forests that had not seen the part of the tissue; NaN
 *          where that could not be found out
 */
public record RegionForest(List<Lineage> classes, List<DecisionTree> trees,
		int[] trainedOn, double balancedAccuracy) {

	/** Least share of the votes from which a lineage is told. */
	public static final double SURE = 0.5;

	private static final int TREES = 100;
	private static final int DEPTH = 16;
	private static final int LEAF = 5;
	/** Nuclei of a class that are learned from at most. */
	private static final int MOST = 5000;
	private static final int FOLDS = 4;

	/** Copies the lists. */
	public RegionForest {
		classes = List.copyOf(classes);
		trees = List.copyOf(trees);
	}

	/**
	 * Tells the lineage of a nucleus: the class with the largest mean share over
	 * the trees, unknown below {@value #SURE}.
	 *
	 * @param features values in the order of {@link RegionFeatures#NAMES}
	 */
	public Lineage tell(final double[] features) {
		final double[] sum = new double[classes.size()];
		for (final DecisionTree tree : trees) {
			final double[] leaf = tree.leaf(features);
			for (int k = 0; k < sum.length; k++)
				sum[k] += leaf[k];
		}
		int best = 0;
		for (int k = 1; k < sum.length; k++)
			if (sum[k] > sum[best]) best = k;
		return sum[best] >= SURE * trees.size() ? classes.get(best)
			: Lineage.UNKNOWN;
	}

	/**
	 * Learns, and finds out how well by leaving out one part of the tissue after
	 * the other.
	 *
	 * @param features values of each nucleus
	 * @param truth lineage of each nucleus: tumour, stroma or immune
	 * @param parts which part of the tissue each nucleus lies in (picture, or
	 *          square of one picture); neighbours must share a part
	 * @throws IllegalArgumentException with fewer than two classes
	 */
	public static RegionForest train(final double[][] features,
		final Lineage[] truth, final int[] parts)
	{
		final List<Lineage> classes = Arrays.stream(truth).distinct().sorted()
			.toList();
		if (classes.size() < 2) throw new IllegalArgumentException(
			"two classes are needed");
		final int[] y = Arrays.stream(truth).mapToInt(classes::indexOf).toArray();
		final int[] all = IntStream.range(0, y.length).toArray();
		return grow(features, y, all, classes, crossValidate(features, y, parts,
			classes));
	}

	private static double crossValidate(final double[][] features, final int[] y,
		final int[] parts, final List<Lineage> classes)
	{
		final int[] names = Arrays.stream(parts).distinct().sorted().toArray();
		final int folds = Math.min(FOLDS, names.length);
		final int[] right = new int[classes.size()], asked = new int[classes
			.size()];
		for (int fold = 0; fold < folds && folds > 1; fold++) {
			final int f = fold;
			final int[] train = IntStream.range(0, y.length).filter(i -> Arrays
				.binarySearch(names, parts[i]) % folds != f).toArray();
			if (Arrays.stream(train).map(i -> y[i]).distinct().count() < 2) continue;
			final RegionForest forest = grow(features, y, train, classes, Double.NaN);
			for (int i = 0; i < y.length; i++)
				if (Arrays.binarySearch(names, parts[i]) % folds == f) {
					asked[y[i]]++;
					if (forest.tell(features[i]) == classes.get(y[i])) right[y[i]]++;
				}
		}
		double sum = 0;
		for (int k = 0; k < right.length; k++)
			sum += right[k] / (double) asked[k];
		return sum / right.length;
	}

	private static RegionForest grow(final double[][] features, final int[] y,
		final int[] of, final List<Lineage> classes, final double accuracy)
	{
		final int[] counts = new int[classes.size()];
		for (final int i : of)
			counts[y[i]]++;
		// every n-th of a class that has too many
		final int[] seen = new int[counts.length];
		final int[] rows = Arrays.stream(of).filter(i -> {
			final long n = seen[y[i]]++, most = Math.min(MOST, counts[y[i]]);
			return n * most / counts[y[i]] != (n + 1) * most / counts[y[i]];
		}).toArray();
		final double[][] x = Arrays.stream(rows).mapToObj(i -> features[i]).toArray(
			double[][]::new);
		return new RegionForest(classes, Forests.grow(x, Arrays.stream(rows).map(
			i -> y[i]).toArray(), classes.size(), TREES, DEPTH, LEAF, 1), counts,
			accuracy);
	}
}
