
package org.senoscope.core.spatial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.apache.commons.math3.distribution.TDistribution;

/**
 * Whether one marker is frequent where another one is, from two registered
 * sections of a block: shares of positive cells in the same squares of both,
 * their rank correlation (Spearman) and how often both are high. Says nothing
 * of single cells, for sections hold other cells.
 */
public final class RegionCooccurrence {

	/** Fewest squares from which a correlation is given. */
	public static final int LEAST_TILES = 10;
	/** Fewest groups of squares that are drawn. */
	private static final int LEAST_GROUPS = 8;
	private static final int JOINS = 4;

	/**
	 * A square that both sections show.
	 *
	 * @param column from the left edge of the first section
	 * @param row from its upper edge
	 * @param cells cells of each section whose marker was called
	 * @param positive positive ones among them
	 */
	public record Tile(int column, int row, long[] cells, long[] positive) {

		/** Returns the share of positive cells of a section (0, 1) in percent. */
		public double percent(final int section) {
			return 100.0 * positive[section] / cells[section];
		}
	}

	/**
	 * What the squares say.
	 *
	 * @param spearman rank correlation of the shares; NaN: too few squares
	 * @param low lower end of its 95 % interval
	 * @param high upper end of it
	 * @param bothHighPercent squares in which both shares lie above their median
	 * @param expectedPercent the same if they had nothing to do with each other
	 */
	public record Result(double spearman, double low, double high,
			double bothHighPercent, double expectedPercent) {
	}

	private final double tileUm;
	private final TreeMap<Long, Tile> tiles = new TreeMap<>();

	/**
	 * Begins to count.
	 *
	 * @param tileUm side of the squares in µm
	 */
	public RegionCooccurrence(final double tileUm) {
		this.tileUm = tileUm;
	}

	/**
	 * Adds a cell.
	 *
	 * @param section 0 or 1
	 * @param xUm its place in the frame of the first section
	 * @param yUm likewise
	 */
	public void add(final int section, final double xUm, final double yUm,
		final boolean positive)
	{
		final int column = (int) Math.floor(xUm / tileUm), row = (int) Math.floor(
			yUm / tileUm);
		final Tile t = tiles.computeIfAbsent((long) row << 32 | column &
			0xffffffffL, k -> new Tile(column, row, new long[2], new long[2]));
		t.cells[section]++;
		if (positive) t.positive[section]++;
	}

	/**
	 * Returns the squares that hold so many cells of both sections, row by row.
	 */
	public List<Tile> tiles(final int leastCells) {
		return tiles.values().stream().filter(t -> t.cells[0] >= leastCells &&
			t.cells[1] >= leastCells).toList();
	}

	/**
	 * Compares the sections. The interval is made by drawing groups of squares
	 * with replacement: neighbouring squares are alike, so groups are joined,
	 * four to one, as long as that widens it and eight are left; the spread of
	 * the draws, as Fisher's z, is taken times Student's t for so many groups.
	 *
	 * @param tiles squares from {@link #tiles(int)}
	 * @param samples draws
	 * @param seed start of the random numbers
	 */
	public static Result compare(final List<Tile> tiles, final int samples,
		final long seed)
	{
		if (tiles.size() < LEAST_TILES) return new Result(Double.NaN, Double.NaN,
			Double.NaN, Double.NaN, Double.NaN);
		final double r = spearman(tiles);
		double half = 0;
		for (int join = 0; join <= JOINS; join++) {
			final TreeMap<Long, List<Tile>> groups = new TreeMap<>();
			for (final Tile t : tiles)
				groups.computeIfAbsent((long) (t.row >> join) << 32 | t.column >> join &
					0xffffffffL, k -> new ArrayList<>()).add(t);
			if (groups.size() < LEAST_GROUPS) break;
			half = Math.max(half, half(groups.values(), samples, seed + join));
		}
		final double[] a = shares(tiles, 0), b = shares(tiles, 1);
		final double ma = median(a), mb = median(b);
		final double n = tiles.size();
		final double both = IntStream.range(0, a.length).filter(i -> a[i] > ma &&
			b[i] > mb).count() / n;
		final double expected = Arrays.stream(a).filter(v -> v > ma).count() / n *
			Arrays.stream(b).filter(v -> v > mb).count() / n;
		final double z = fisher(r);
		return new Result(r, Math.tanh(z - half), Math.tanh(z + half), 100 * both,
			100 * expected);
	}

	private static double half(final Collection<List<Tile>> groups,
		final int samples, final long seed)
	{
		final List<List<Tile>> all = List.copyOf(groups);
		final SplittableRandom random = new SplittableRandom(seed);
		double sum = 0, squares = 0;
		int n = 0;
		for (int s = 0; s < samples; s++) {
			final List<Tile> drawn = new ArrayList<>();
			for (int i = 0; i < all.size(); i++)
				drawn.addAll(all.get(random.nextInt(all.size())));
			final double r = spearman(drawn);
			if (Double.isNaN(r)) continue;
			final double z = fisher(r);
			n++;
			sum += z;
			squares += z * z;
		}
		return new TDistribution(all.size() - 1).inverseCumulativeProbability(
			0.975) * Math.sqrt(Math.max(0, squares / n - sum * sum / n / n) * all
				.size() / (all.size() - 1));
	}

	private static double fisher(final double r) {
		final double within = Math.max(-0.999, Math.min(0.999, r));
		return 0.5 * Math.log((1 + within) / (1 - within));
	}

	/** Rank correlation of the shares, ties at their mean rank. */
	static double spearman(final List<Tile> tiles) {
		final double[] a = ranks(shares(tiles, 0)), b = ranks(shares(tiles, 1));
		final double middle = (a.length - 1) / 2.0;
		double aa = 0, bb = 0, ab = 0;
		for (int i = 0; i < a.length; i++) {
			aa += (a[i] - middle) * (a[i] - middle);
			bb += (b[i] - middle) * (b[i] - middle);
			ab += (a[i] - middle) * (b[i] - middle);
		}
		return ab / Math.sqrt(aa * bb);
	}

	private static double[] shares(final List<Tile> tiles, final int section) {
		return tiles.stream().mapToDouble(t -> t.percent(section)).toArray();
	}

	private static double[] ranks(final double[] values) {
		final int[] order = IntStream.range(0, values.length).boxed().sorted((i,
			j) -> Double.compare(values[i], values[j])).mapToInt(i -> i).toArray();
		final double[] ranks = new double[values.length];
		for (int from = 0; from < order.length;) {
			int to = from;
			while (to < order.length && values[order[to]] == values[order[from]])
				to++;
			for (int i = from; i < to; i++)
				ranks[order[i]] = (from + to - 1) / 2.0;
			from = to;
		}
		return ranks;
	}

	private static double median(final double[] values) {
		final double[] sorted = values.clone();
		Arrays.sort(sorted);
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}
}
