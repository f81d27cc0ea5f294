
package org.senoscope.core.phenotype;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * How near a cell is to those of training: its smallest Mahalanobis distance to
 * the Gaussians of a few clusters of each class (Lee et al., NeurIPS 2018),
 * over the standard scores of the features measured in it, in parts of the
 * distance that training cells with so many features rarely exceed. A marker
 * far outside the training range is flagged by itself, and so is a cell that
 * two nuclei taken for one would explain far better than one nucleus does.
 *
 * @param weights share of the training cells in each cluster; null: not told,
 *          and the densest cluster alone counts
 * @param means {@code clusters x features}
 * @param covariances {@code clusters x (features x features)}
 * @param inflation squared distances of the training cells at the threshold, in
 *          those of a Gaussian
 * @param doubletWeights likewise
 * @param doublets clusters of pairs of training cells taken for one; null: not
 *          learned
 * @param doubletCovariances theirs
 * @param doubletOdds logarithm of the density of doublets over that of cells
 *          which few training cells exceed
 * @param low standard score below which no marker of the training cells was
 * @param high standard score above which none was
 */
public record CellDensity(double[] weights, double[][] means,
		double[][] covariances, double inflation, double[] doubletWeights,
		double[][] doublets, double[][] doubletCovariances, double doubletOdds,
		float[] low, float[] high) {

	/** Normal deviate that 2.5 % exceed: so many training cells are flagged. */
	private static final double DEVIATE = 1.96;
	private static final double FLAGGED = 0.025;
	/** So many more are taken for doublets. */
	private static final double TAKEN_FOR_DOUBLETS = 0.015;

	/**
	 * With few features doublets look like large cells, so more of the cells that
	 * may be flagged wrongly are given to telling them, and densities are sums
	 * over finer clusters; with many that would cost time and gain nothing.
	 */
	private static final int FEW_FEATURES = 8;
	private static final double FLAGGED_BY_FEW = 0.01;
	private static final double DOUBLETS_BY_FEW = 0.026;
	private static final int CLUSTERS_OF_CLASS_BY_FEW = 6;
	private static final int CLUSTERS_OF_DOUBLETS_BY_FEW = 12;
	/** Clusters so much less dense, in logarithms, add nothing. */
	private static final double FAR_BELOW = 10;

	/** Share of the training cells beyond either end of some marker's range. */
	private static final double RANGE_TAIL = 0.002;
	private static final float RANGE_MARGIN = 0.5f;

	private static final int MOST_CLUSTERS = 12;
	private static final int CLUSTERS_OF_CLASS = 4;
	private static final int FEWEST_OF_CLUSTER = 40;
	private static final int FEWEST_TO_HOLD = 500;
	private static final double SHRINKAGE = 0.05;
	private static final double LEAST_VARIANCE = 0.01;

	/** Patterns of missing markers that are kept ready. */
	private static final int MOST_PATTERNS = 256;

	/** Cholesky factors of the clusters for one pattern of measured features. */
	private record Marginal(int[] features, double[][] factors, double[] volumes,
			double[][] doublets, double[] doubletVolumes) {
	}

	/** Scores cells; safe for use from several threads. */
	public static final class Scorer {

		private final CellDensity density;
		private final Map<BitSet, Marginal> marginals = new ConcurrentHashMap<>();

		private Scorer(final CellDensity density) {
			this.density = density;
		}

		/**
		 * Returns how unlike the training cells a cell is: above 1 it counts as out
		 * of distribution. 0 where nothing was measured.
		 *
		 * @param z {@code cells x features} standard scores, NaN: not measured
		 */
		public float score(final float[] z, final int cell) {
			final int f = density.low.length;
			double range = 0;
			for (int j = 0; j < f; j++) {
				final float x = z[cell * f + j];
				if (Float.isNaN(x)) continue;
				final double half = (density.high[j] - density.low[j]) / 2;
				range = Math.max(range, Math.abs(x - (density.high[j] +
					density.low[j]) / 2) / half);
			}
			final Marginal m = marginal(z, cell);
			if (m == null) return 0;
			final int near = density.nearest(m, z, cell);
			final double squares = squares(m.features, m.factors[near],
				density.means[near], z, cell, Double.POSITIVE_INFINITY);
			// Most cells are told from doublets by their nearest cluster alone.
			final double enough = -m.volumes[near] - squares / 2 +
				(density.weights == null ? 0 : Math.log(density.weights[near])) +
				density.doubletOdds - 1;
			double doublet = 0;
			if (density.doublets != null && density(m.features, m.doublets,
				m.doubletVolumes, density.doublets, density.doubletWeights, z, cell,
				enough) > enough) doublet = 1 + density.odds(m, z, cell) -
					density.doubletOdds;
			return (float) Math.max(Math.max(range, doublet), Math.sqrt(scaled(
				squares, m.features.length) / density.inflation));
		}

		private Marginal marginal(final float[] z, final int cell) {
			final int f = density.low.length;
			final BitSet measured = new BitSet(f);
			for (int j = 0; j < f; j++)
				if (!Float.isNaN(z[cell * f + j])) measured.set(j);
			if (measured.isEmpty()) return null;
			Marginal m = marginals.get(measured);
			if (m == null) {
				m = density.marginal(measured);
				if (marginals.size() < MOST_PATTERNS) marginals.put(measured, m);
			}
			return m;
		}
	}

	/** Returns what scores cells. */
	public Scorer scorer() {
		return new Scorer(this);
	}

	/**
	 * Learns from training cells.
	 *
	 * @param z {@code cells x features} standard scores, NaN: not measured
	 * @param kind kind of each cell (its classes); clusters are sought in each
	 * @param features number of features
	 * @param seed start of the random numbers
	 * @param pairs the same of pairs of cells taken for one; null: none are known
	 */
	public static CellDensity fit(final float[] z, final int[] kind,
		final int features, final long seed, final float[] pairs)
	{
		final int n = kind.length;
		final Random random = new Random(seed);
		// The threshold comes from cells that the clusters have not seen: those
		// they
		// have seen are too near, the more so the more features there are.
		final boolean[] held = new boolean[n];
		for (int i = 0; i < n && n >= FEWEST_TO_HOLD; i++)
			held[i] = random.nextInt(5) == 0;
		final List<double[]> means = new ArrayList<>();
		final List<double[]> covariances = new ArrayList<>();
		final int[] kinds = Arrays.stream(kind).distinct().sorted().toArray();
		final boolean few = features <= FEW_FEATURES;
		final int most = few ? CLUSTERS_OF_CLASS_BY_FEW : Math.max(1, Math.min(
			CLUSTERS_OF_CLASS, MOST_CLUSTERS / kinds.length));
		final List<Double> weights = new ArrayList<>(), doubletWeights =
			new ArrayList<>();
		for (final int k : kinds) {
			final int[] own = IntStream.range(0, n).filter(i -> kind[i] == k &&
				!held[i]).toArray();
			if (own.length > 0) clusters(z, own, features, most, random, means,
				covariances, weights);
		}
		final List<double[]> doublets = new ArrayList<>(), spread =
			new ArrayList<>();
		if (pairs != null) clusters(pairs, IntStream.range(0, pairs.length /
			features).toArray(), features, few ? CLUSTERS_OF_DOUBLETS_BY_FEW
				: CLUSTERS_OF_CLASS, random, doublets, spread, doubletWeights);
		final float[] low = new float[features];
		final float[] high = new float[features];
		for (int j = 0; j < features; j++) {
			final float[] column = new float[n];
			int m = 0;
			for (int i = 0; i < n; i++)
				if (!Float.isNaN(z[i * features + j])) column[m++] = z[i * features +
					j];
			Arrays.sort(column, 0, m);
			final int tail = (int) (m * RANGE_TAIL / features);
			low[j] = (m == 0 ? -1 : column[tail]) - RANGE_MARGIN;
			high[j] = (m == 0 ? 1 : column[m - 1 - tail]) + RANGE_MARGIN;
		}
		final CellDensity plain = new CellDensity(few ? shares(weights) : null,
			means.toArray(double[][]::new), covariances.toArray(double[][]::new), 1,
			few ? shares(doubletWeights) : null, pairs == null ? null : doublets
				.toArray(double[][]::new), spread.toArray(double[][]::new), 0, low,
			high);
		final Scorer scorer = plain.scorer();
		final int[] asked = IntStream.range(0, n).filter(i -> (n < FEWEST_TO_HOLD ||
			held[i]) && scorer.marginal(z, i) != null).toArray();
		final double[] distance = Arrays.stream(asked).mapToDouble(i -> plain
			.distance(scorer.marginal(z, i), z, i)).sorted().toArray();
		final double[] odds = pairs == null ? new double[1] : Arrays.stream(asked)
			.mapToDouble(i -> plain.odds(scorer.marginal(z, i), z, i)).sorted()
			.toArray();
		return new CellDensity(plain.weights, plain.means, plain.covariances, Math
			.max(1e-3, above(distance, few && pairs != null ? FLAGGED_BY_FEW
				: FLAGGED)), plain.doubletWeights, plain.doublets,
			plain.doubletCovariances, few ? above(odds, DOUBLETS_BY_FEW) : Math.max(0,
				above(odds, TAKEN_FOR_DOUBLETS)), low, high);
	}

	private static double[] shares(final List<Double> counts) {
		final double all = counts.stream().mapToDouble(c -> c).sum();
		return counts.stream().mapToDouble(c -> c / all).toArray();
	}

	private static double above(final double[] sorted, final double share) {
		return sorted.length == 0 ? 1 : sorted[(int) ((1 - share) * (sorted.length -
			1))];
	}

	private static void clusters(final float[] z, final int[] own,
		final int features, final int most, final Random random,
		final List<double[]> means, final List<double[]> covariances,
		final List<Double> counts)
	{
		final int clusters = Math.max(1, Math.min(most, own.length / Math.max(
			FEWEST_OF_CLUSTER, 3 * features)));
		final int[] cluster = cluster(z, own, features, clusters, random);
		for (int c = 0; c < clusters; c++) {
			final int which = c;
			final int[] inside = IntStream.range(0, own.length).filter(
				a -> cluster[a] == which).map(a -> own[a]).toArray();
			if (inside.length < Math.min(FEWEST_OF_CLUSTER, own.length)) continue;
			final double[] mean = mean(z, inside, features);
			means.add(mean);
			covariances.add(covariance(z, inside, mean, features));
			counts.add((double) inside.length);
		}
	}

	/** k-means; a missing value costs nothing. */
	private static int[] cluster(final float[] z, final int[] cells, final int f,
		final int clusters, final Random random)
	{
		final int[] cluster = new int[cells.length];
		if (clusters == 1) return cluster;
		final double[][] centre = new double[clusters][f];
		for (final double[] c : centre) {
			final int start = cells[random.nextInt(cells.length)];
			for (int j = 0; j < f; j++)
				c[j] = Float.isNaN(z[start * f + j]) ? 0 : z[start * f + j];
		}
		for (int iteration = 0; iteration < 30; iteration++) {
			final double[][] sum = new double[clusters][f];
			final int[][] count = new int[clusters][f];
			for (int a = 0; a < cells.length; a++) {
				double least = Double.POSITIVE_INFINITY;
				for (int c = 0; c < clusters; c++) {
					double d = 0;
					for (int j = 0; j < f; j++) {
						final double x = z[cells[a] * f + j] - centre[c][j];
						if (x == x) d += x * x;
					}
					if (d < least) {
						least = d;
						cluster[a] = c;
					}
				}
				for (int j = 0; j < f; j++) {
					final float x = z[cells[a] * f + j];
					if (Float.isNaN(x)) continue;
					sum[cluster[a]][j] += x;
					count[cluster[a]][j]++;
				}
			}
			for (int c = 0; c < clusters; c++)
				for (int j = 0; j < f; j++)
					if (count[c][j] > 0) centre[c][j] = sum[c][j] / count[c][j];
		}
		return cluster;
	}

	private static double[] mean(final float[] z, final int[] cells,
		final int f)
	{
		final double[] mean = new double[f];
		for (int j = 0; j < f; j++) {
			int n = 0;
			for (final int i : cells)
				if (!Float.isNaN(z[i * f + j])) {
					mean[j] += z[i * f + j];
					n++;
				}
			mean[j] /= Math.max(1, n);
		}
		return mean;
	}

	/** Of the pairs measured, made positive definite. */
	private static double[] covariance(final float[] z, final int[] cells,
		final double[] mean, final int f)
	{
		final double[][] c = new double[f][f];
		for (int j = 0; j < f; j++)
			for (int k = 0; k <= j; k++) {
				double sum = 0;
				int n = 0;
				for (final int i : cells) {
					final double p = (z[i * f + j] - mean[j]) * (z[i * f + k] - mean[k]);
					if (p != p) continue;
					sum += p;
					n++;
				}
				// Of a feature not measured in these cells, nothing is known.
				final double own = n < 2 ? j == k ? 1 : 0 : sum / n;
				c[j][k] = c[k][j] = j == k ? own + LEAST_VARIANCE : own * (1 -
					SHRINKAGE);
			}
		final EigenDecomposition eigen = new EigenDecomposition(
			new Array2DRowRealMatrix(c));
		final double[] values = eigen.getRealEigenvalues();
		final double[] flat = new double[f * f];
		for (int e = 0; e < f; e++) {
			final double[] v = eigen.getEigenvector(e).toArray();
			final double lambda = Math.max(LEAST_VARIANCE, values[e]);
			for (int j = 0; j < f; j++)
				for (int k = 0; k < f; k++)
					flat[j * f + k] += lambda * v[j] * v[k];
		}
		return flat;
	}

	private Marginal marginal(final BitSet measured) {
		final int[] features = measured.stream().toArray();
		final double[][] own = factors(features, covariances);
		final double[][] pairs = doublets == null ? new double[0][] : factors(
			features, doubletCovariances);
		return new Marginal(features, own, volumes(own, features.length), pairs,
			volumes(pairs, features.length));
	}

	/** Logarithms of the square roots of the determinants. */
	private static double[] volumes(final double[][] factors, final int m) {
		return Arrays.stream(factors).mapToDouble(l -> IntStream.range(0, m)
			.mapToDouble(a -> Math.log(l[a * m + a])).sum()).toArray();
	}

	private double[][] factors(final int[] features,
		final double[][] covariances)
	{
		final int f = low.length;
		final int m = features.length;
		final double[][] factors = new double[covariances.length][m * m];
		for (int c = 0; c < factors.length; c++) {
			final double[] l = factors[c];
			for (int a = 0; a < m; a++)
				for (int b = 0; b <= a; b++) {
					double sum = covariances[c][features[a] * f + features[b]];
					for (int k = 0; k < b; k++)
						sum -= l[a * m + k] * l[b * m + k];
					l[a * m + b] = a == b ? Math.sqrt(Math.max(1e-9, sum)) : sum / l[b *
						m + b];
				}
		}
		return factors;
	}

	/**
	 * The squared distance to the nearest cluster, in parts of what a Gaussian of
	 * so many dimensions rarely exceeds (Wilson and Hilferty, 1931).
	 */
	private double distance(final Marginal marginal, final float[] z,
		final int cell)
	{
		final int near = nearest(marginal, z, cell);
		return scaled(squares(marginal.features, marginal.factors[near],
			means[near], z, cell, Double.POSITIVE_INFINITY),
			marginal.features.length);
	}

	private int nearest(final Marginal marginal, final float[] z,
		final int cell)
	{
		double least = Double.POSITIVE_INFINITY;
		int near = 0;
		for (int c = 0; c < means.length; c++) {
			final double squares = squares(marginal.features, marginal.factors[c],
				means[c], z, cell, least);
			if (squares < least) {
				least = squares;
				near = c;
			}
		}
		return near;
	}

	private static double scaled(final double squares, final int m) {
		final double v = 2.0 / (9 * m);
		return squares / (m * Math.pow(1 - v + DEVIATE * Math.sqrt(v), 3));
	}

	/** Logarithm of the density of doublets over that of cells. */
	private double odds(final Marginal marginal, final float[] z,
		final int cell)
	{
		return density(marginal.features, marginal.doublets,
			marginal.doubletVolumes, doublets, doubletWeights, z, cell,
			Double.NEGATIVE_INFINITY) - density(marginal.features, marginal.factors,
				marginal.volumes, means, weights, z, cell, Double.NEGATIVE_INFINITY);
	}

	/**
	 * Logarithm of the density, but for a constant: summed over the clusters
	 * where their weights are known, else the highest of any; the least that is
	 * asked for where none is higher.
	 */
	private static double density(final int[] features, final double[][] factors,
		final double[] volumes, final double[][] means, final double[] weights,
		final float[] z, final int cell, final double least)
	{
		double most = least;
		final double[] terms = new double[means.length];
		for (int c = 0; c < means.length; c++) {
			final double height = -volumes[c] + (weights == null ? 0 : Math.log(
				weights[c]));
			terms[c] = height - squares(features, factors[c], means[c], z, cell, 2 *
				(height - most + (weights == null ? 0 : FAR_BELOW))) / 2;
			most = Math.max(most, terms[c]);
		}
		if (weights == null) return most;
		double sum = 0;
		for (final double term : terms)
			sum += Math.exp(term - most);
		return most + Math.log(sum);
	}

	/** Squared Mahalanobis distance; only a bound once it exceeds another. */
	private static double squares(final int[] features, final double[] l,
		final double[] mean, final float[] z, final int cell, final double bound)
	{
		final int f = mean.length;
		final int m = features.length;
		final double[] y = new double[m];
		double squares = 0;
		for (int a = 0; a < m && squares < bound; a++) {
			double sum = z[cell * f + features[a]] - mean[features[a]];
			for (int b = 0; b < a; b++)
				sum -= l[a * m + b] * y[b];
			y[a] = sum / l[a * m + a];
			squares += y[a] * y[a];
		}
		return squares;
	}
}
