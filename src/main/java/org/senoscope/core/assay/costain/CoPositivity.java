
package org.senoscope.core.assay.costain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
	public record Combination(BitSet positive, long cells) {
	}

	/** Markers that are positive and those that are negative. */
	private record States(BitSet positive, BitSet negative) {

		boolean called(final int marker) {
			return positive.get(marker) || negative.get(marker);
		}
	}

	private final int markers;
	private final List<MarkerRule> rules;
	private final long[][] ruleCounts;
	/** Cells by positive and negative markers. */
	private final Map<States, long[]> counts = new HashMap<>();

	/**
	 * Begins to count.
	 *
	 * @param markers number of markers
	 * @param rules rules over them
	 */
	public CoPositivity(final int markers, final List<MarkerRule> rules) {
		this.markers = markers;
		this.rules = List.copyOf(rules);
		ruleCounts = new long[rules.size()][Finding.values().length];
	}

	/** Counts a cell; the states of its markers in order. */
	public void add(final MarkerState[] states) {
		final States key = new States(new BitSet(), new BitSet());
		for (int m = 0; m < markers; m++) {
			if (states[m] == MarkerState.POSITIVE) key.positive.set(m);
			if (states[m] == MarkerState.NEGATIVE) key.negative.set(m);
		}
		counts.computeIfAbsent(key, k -> new long[1])[0]++;
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
					if (!key.called(i) || !key.called(j)) return;
					final boolean one = key.positive.get(i), other = key.positive.get(j);
					n[0] += cells[0];
					if (one) n[1] += cells[0];
					if (other) n[2] += cells[0];
					if (one && other) n[3] += cells[0];
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
		final BitSet called = new BitSet();
		for (int m = 0; m < markers; m++) {
			final int marker = m;
			called.set(m, counts.keySet().stream().anyMatch(k -> k.called(marker)));
		}
		final List<Combination> found = new ArrayList<>();
		if (!called.isEmpty()) counts.forEach((key, cells) -> {
			if (called.stream().allMatch(key::called)) found.add(new Combination(
				key.positive, cells[0]));
		});
		found.sort(Comparator.comparingLong(Combination::cells).reversed()
			.thenComparing(c -> c.positive.toLongArray(), Arrays::compare));
		return found;
	}
}
