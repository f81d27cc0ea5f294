
package org.senoscope.core.assay.costain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.evidence.Finding;
import org.senoscope.core.evidence.MarkerRule;
import org.senoscope.core.evidence.MarkerState;

/**
 * Which markers of a slide are positive together. Cells are not independent, so
 * that a slide gives one number a pair, observed over expected, and no p-value:
 * the slide is the unit.
 */
public final class CoPositivity {

	/**
	 * Two markers on a slide.
	 *
	 * @param first position of the one marker
	 * @param second position of the other
	 * @param cells cells in which both were called
	 * @param firstPositive those of them positive for the first
	 * @param secondPositive those positive for the second
	 * @param both those positive for both
	 */
	public record Pair(int first, int second, long cells, long firstPositive,
			long secondPositive, long both) {

		/** Returns how many would be positive for both if neither minded. */
		public double expected() {
			return cells == 0 ? Double.NaN : (double) firstPositive * secondPositive /
				cells;
		}

		/**
		 * Returns observed over expected, 1 where neither marker minds the other;
		 * NaN where one has no positive cell.
		 */
		public double ratio() {
			return both / expected();
		}
	}

	/**
	 * Cells that are positive for the same markers.
	 *
	 * @param positive bit i is marker i
	 * @param cells how many
	 */
	public record Combination(long positive, long cells) {
	}

	private final int markers;
	private final List<MarkerRule> rules;
	private final long[][] ruleCounts;
	/** Cells by positive and negative markers. */
	private final Map<List<Long>, long[]> counts = new HashMap<>();

	/**
	 * Begins to count.
	 *
	 * @param markers number of markers, at most 63
	 * @param rules rules over them
	 */
	public CoPositivity(final int markers, final List<MarkerRule> rules) {
		if (markers > 63) throw new IllegalArgumentException(markers + " markers");
		this.markers = markers;
		this.rules = List.copyOf(rules);
		ruleCounts = new long[rules.size()][Finding.values().length];
	}

	/** Counts a cell; the states of its markers in order. */
	public void add(final MarkerState[] states) {
		long positive = 0, negative = 0;
		for (int m = 0; m < markers; m++) {
			if (states[m] == MarkerState.POSITIVE) positive |= 1L << m;
			if (states[m] == MarkerState.NEGATIVE) negative |= 1L << m;
		}
		counts.computeIfAbsent(List.of(positive, negative), k -> new long[1])[0]++;
		for (int r = 0; r < ruleCounts.length; r++)
			ruleCounts[r][rules.get(r).of(states).ordinal()]++;
	}

	/** Returns how many cells gave a rule an answer. */
	public long cells(final int rule, final Finding finding) {
		return ruleCounts[rule][finding.ordinal()];
	}

	/** Returns all pairs of markers. */
	public List<Pair> pairs() {
		final List<Pair> pairs = new ArrayList<>();
		for (int a = 0; a < markers; a++)
			for (int b = a + 1; b < markers; b++) {
				final long[] n = new long[4];
				final int i = a, j = b;
				counts.forEach((key, cells) -> {
					final long positive = key.get(0), called = positive | key.get(1);
					if ((called >> i & called >> j & 1) == 0) return;
					n[0] += cells[0];
					if ((positive >> i & 1) != 0) n[1] += cells[0];
					if ((positive >> j & 1) != 0) n[2] += cells[0];
					if ((positive >> i & positive >> j & 1) != 0) n[3] += cells[0];
				});
				pairs.add(new Pair(a, b, n[0], n[1], n[2], n[3]));
			}
		return pairs;
	}

	/**
	 * Returns the combinations of the cells in which every marker that has a gate
	 * was called, the most frequent first.
	 */
	public List<Combination> combinations() {
		long called = 0;
		for (final List<Long> key : counts.keySet())
			called |= key.get(0) | key.get(1);
		final List<Combination> found = new ArrayList<>();
		for (final Map.Entry<List<Long>, long[]> e : counts.entrySet())
			if ((e.getKey().get(0) | e.getKey().get(1)) == called && called != 0)
				found.add(new Combination(e.getKey().get(0), e.getValue()[0]));
		found.sort(Comparator.comparingLong(Combination::cells).reversed()
			.thenComparingLong(Combination::positive));
		return found;
	}
}
