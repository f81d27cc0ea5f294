
package org.senoscope.core.region;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.senoscope.core.cell.Lineage;

import smile.base.cart.DecisionNode;
import smile.base.cart.InternalNode;
import smile.base.cart.Node;
import smile.base.cart.OrdinalNode;
import smile.base.cart.SplitRule;
import smile.classification.RandomForest;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.formula.Formula;
import smile.data.type.StructType;
import smile.data.vector.IntVector;

/**
 * A random forest (Breiman, Mach Learn 2001) that tells the lineage of a
 * nucleus from {@link RegionFeatures}. Plain numbers, so that it can be
 * written, read and checked without any library; a library (Smile) grows it.
 *
 * @param classes the lineages it tells, in the order of the shares
 * @param trees the trees
 * @param trainedOn nuclei of each class that it learned from
 * @param balancedAccuracy mean over the classes of the share that is told
 *          rightly, by forests that had not seen the part of the tissue; NaN
 *          where that could not be found out
 */
public record RegionForest(List<Lineage> classes, List<Tree> trees,
		int[] trainedOn, double balancedAccuracy) {

	/** Least share of the votes from which a lineage is told. */
	public static final double SURE = 0.5;

	private static final int TREES = 100;
	private static final int DEPTH = 16;
	private static final int LEAF = 5;
	/** Nuclei of a class that are learned from at most. */
	private static final int MOST = 5000;
	private static final int FOLDS = 4;

	/**
	 * A tree in arrays, node 0 first. A node with a feature asks whether its
	 * value is at most the cut and goes on to {@code yes} or {@code no}; one with
	 * feature -1 is a leaf.
	 *
	 * @param feature feature of each node, -1 for a leaf
	 * @param cut where a node cuts
	 * @param yes next node at or below the cut
	 * @param no next node above it
	 * @param shares share of each class in a leaf, empty for other nodes
	 */
	public record Tree(int[] feature, double[] cut, int[] yes, int[] no,
			double[][] shares) {

		private double[] leaf(final double[] features) {
			int node = 0;
			while (feature[node] >= 0)
				node = features[feature[node]] <= cut[node] ? yes[node] : no[node];
			return shares[node];
		}
	}

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
		for (final Tree tree : trees) {
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
		final DataFrame frame = DataFrame.of(x);
		final DataFrame data = frame.merge(IntVector.of("y", Arrays.stream(rows)
			.map(i -> y[i]).toArray()));
		// the library draws from a generator of the thread: on several, trees would
		// disturb each other's numbers
		final ForkJoinPool one = new ForkJoinPool(1);
		final RandomForest forest;
		try {
			forest = one.submit(() -> RandomForest.fit(Formula.lhs("y"), data, TREES,
				Math.max(1, (int) Math.sqrt(x[0].length)), SplitRule.GINI, DEPTH, Math
					.max(2, x.length / LEAF), LEAF, 1.0, null, LongStream.rangeClosed(1,
						TREES))).join();
		}
		finally {
			one.shutdown();
		}
		final TreeReader reader = new TreeReader(x, frame.schema(), classes.size());
		final List<Tree> trees = Arrays.stream(forest.models()).map(m -> reader
			.read(m.tree.root())).toList();
		return new RegionForest(classes, trees, counts, accuracy);
	}

	/** Reads the numbers of a tree that the library grew. */
	private static final class TreeReader {

		private final double[][] sorted;
		private final StructType schema;
		private final int classes;

		TreeReader(final double[][] x, final StructType schema, final int classes) {
			this.schema = schema;
			this.classes = classes;
			sorted = new double[x[0].length][];
			for (int f = 0; f < sorted.length; f++) {
				final int at = f;
				sorted[f] = Arrays.stream(x).mapToDouble(row -> row[at]).sorted()
					.distinct().toArray();
			}
		}

		Tree read(final Node root) {
			final List<int[]> links = new ArrayList<>();
			final List<Double> cuts = new ArrayList<>();
			final List<double[]> shares = new ArrayList<>();
			read(root, links, cuts, shares);
			return new Tree(links.stream().mapToInt(l -> l[0]).toArray(), cuts
				.stream().mapToDouble(c -> c).toArray(), links.stream().mapToInt(
					l -> l[1]).toArray(), links.stream().mapToInt(l -> l[2]).toArray(),
				shares.toArray(double[][]::new));
		}

		private int read(final Node node, final List<int[]> links,
			final List<Double> cuts, final List<double[]> shares)
		{
			final int at = links.size();
			final int[] link = { -1, 0, 0 };
			links.add(link);
			if (node instanceof final DecisionNode leaf) {
				cuts.add(0.0);
				shares.add(leaf.posteriori(new double[classes]));
				return at;
			}
			final InternalNode inner = (InternalNode) node;
			cuts.add(cut((OrdinalNode) inner));
			shares.add(new double[0]);
			link[0] = inner.feature();
			link[1] = read(inner.trueChild(), links, cuts, shares);
			link[2] = read(inner.falseChild(), links, cuts, shares);
			return at;
		}

		/**
		 * The library keeps its cut to itself but answers on which side a value
		 * lies: it is put halfway between the two training values that it parts.
		 */
		private double cut(final OrdinalNode node) {
			final double[] values = sorted[node.feature()];
			final double[] row = new double[sorted.length];
			int below = 0, above = values.length - 1;
			while (above - below > 1) {
				final int middle = (below + above) >>> 1;
				row[node.feature()] = values[middle];
				if (node.branch(Tuple.of(row, schema))) below = middle;
				else above = middle;
			}
			return (values[below] + values[above]) / 2;
		}
	}
}
