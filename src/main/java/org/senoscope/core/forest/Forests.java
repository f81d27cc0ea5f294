
package org.senoscope.core.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.LongStream;

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

/** Grows random forests (Breiman, Mach Learn 2001) by a library (Smile). */
public final class Forests {

	private Forests() {}

	/**
	 * Grows trees that each see a sample of the rows, and at each node the square
	 * root of the number of features. The same input gives the same trees.
	 *
	 * @param x rows of features, all finite
	 * @param y class of each row
	 * @param classes number of classes; all but one may be missing from y
	 * @param trees number of trees
	 * @param depth nodes from the root to a leaf at most
	 * @param leaf rows in a leaf at least
	 * @param seed of the first tree; the others have those that follow
	 */
	public static List<DecisionTree> grow(final double[][] x, final int[] y,
		final int classes, final int trees, final int depth, final int leaf,
		final long seed)
	{
		final DataFrame frame = DataFrame.of(x);
		final DataFrame data = frame.merge(IntVector.of("y", y));
		// the library draws from a generator of the thread: on several, trees would
		// disturb each other's numbers
		final ForkJoinPool one = new ForkJoinPool(1);
		final RandomForest forest;
		try {
			forest = one.submit(() -> RandomForest.fit(Formula.lhs("y"), data, trees,
				Math.max(1, (int) Math.sqrt(x[0].length)), SplitRule.GINI, depth, Math
					.max(2, x.length / leaf), leaf, 1.0, null, LongStream.range(seed,
						seed + trees))).join();
		}
		finally {
			one.shutdown();
		}
		final TreeReader reader = new TreeReader(x, frame.schema(), classes);
		return Arrays.stream(forest.models()).map(m -> reader.read(m.tree.root()))
			.toList();
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

		DecisionTree read(final Node root) {
			final List<int[]> links = new ArrayList<>();
			final List<Double> cuts = new ArrayList<>();
			final List<double[]> shares = new ArrayList<>();
			read(root, links, cuts, shares);
			return new DecisionTree(links.stream().mapToInt(l -> l[0]).toArray(), cuts
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
