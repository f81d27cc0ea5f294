
package org.senoscope.core.phenotype;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Parts cells for cross-validation so that no group is in two parts and every
 * part holds its share of each class as nearly as whole groups allow.
 *
 * @param fold part of each cell
 * @param folds number of parts, at least 2
 * @param groups number of groups; 0: cells were drawn singly
 */
public record GroupFolds(int[] fold, int folds, int groups) {

	/**
	 * Parts cells.
	 *
	 * @param groups group of each cell, or null
	 * @param truth {@code cells x classes}
	 * @param classes number of classes
	 * @param wanted parts, if there are so many groups
	 * @param seed start of the random numbers
	 * @param notes gets the fallbacks taken
	 */
	public static GroupFolds of(final String[] groups, final float[] truth,
		final int classes, final int wanted, final long seed,
		final List<String> notes)
	{
		final int n = truth.length / classes;
		final Random random = new Random(seed);
		final Map<String, List<Integer>> members = new LinkedHashMap<>();
		if (groups != null) for (int i = 0; i < n; i++)
			members.computeIfAbsent(groups[i] == null ? "" : groups[i],
				g -> new ArrayList<>()).add(i);
		final int enough = groups == null ? 0 : groupsOfRarestClass(members, truth,
			classes);
		if (enough < 2) {
			if (groups != null) notes.add(
				"A class is in one group only, so cross-validation draws single cells: cells of one group are alike and the figures are optimistic.");
			else notes.add(
				"No groups were given, so cross-validation draws single cells: cells of one slide or well are alike and the figures are optimistic.");
			members.clear();
			for (int i = 0; i < n; i++)
				members.put("" + i, List.of(i));
		}
		final int folds = Math.max(2, Math.min(wanted, enough < 2 ? n : enough));
		if (enough >= 2 && folds < wanted) notes.add("Cross-validation has " +
			folds + " parts, not " + wanted + ": a class is in " + enough +
			" groups only.");
		return new GroupFolds(assign(members, truth, classes, folds, random), folds,
			enough < 2 ? 0 : members.size());
	}

	/**
	 * Parts cells by group as evenly as it goes, though a class may be missing in
	 * a part; cells are drawn singly where there are fewer groups than parts.
	 *
	 * @param groups group of each cell, or null
	 * @param truth {@code cells x classes}
	 * @param classes number of classes
	 * @param parts how many
	 * @param seed start of the random numbers
	 * @return part of each cell
	 */
	public static int[] even(final String[] groups, final float[] truth,
		final int classes, final int parts, final long seed)
	{
		final int n = truth.length / classes;
		final boolean few = groups == null || Arrays.stream(groups).distinct()
			.count() < parts;
		final Map<String, List<Integer>> members = new LinkedHashMap<>();
		for (int i = 0; i < n; i++)
			members.computeIfAbsent(few ? "" + i : groups[i], g -> new ArrayList<>())
				.add(i);
		return assign(members, truth, classes, parts, new Random(seed));
	}

	private static int[] assign(final Map<String, List<Integer>> members,
		final float[] truth, final int classes, final int folds,
		final Random random)
	{
		final int n = truth.length / classes;
		final List<List<Integer>> order = new ArrayList<>(members.values());
		Collections.shuffle(order, random);
		// Large groups first, each where its classes are most wanting.
		order.sort(Comparator.comparingInt((final List<Integer> g) -> -g.size()));
		final double[] total = counts(null, n, truth, classes);
		final double[][] held = new double[folds][classes + 1];
		final int[] fold = new int[n];
		for (final List<Integer> group : order) {
			final double[] own = counts(group, n, truth, classes);
			int best = 0;
			double least = Double.POSITIVE_INFINITY;
			for (int k = 0; k < folds; k++) {
				double cost = 0;
				for (int c = 0; c <= classes; c++)
					if (total[c] > 0) cost += own[c] / total[c] * held[k][c] / total[c];
				if (cost < least - 1e-15) {
					least = cost;
					best = k;
				}
			}
			for (int c = 0; c <= classes; c++)
				held[best][c] += own[c];
			for (final int i : group)
				fold[i] = best;
		}
		return fold;
	}

	/** Cells of each class, and last those of none. */
	private static double[] counts(final List<Integer> cells, final int n,
		final float[] truth, final int classes)
	{
		final double[] counts = new double[classes + 1];
		for (int a = 0; a < (cells == null ? n : cells.size()); a++) {
			final int i = cells == null ? a : cells.get(a);
			boolean none = true;
			for (int c = 0; c < classes; c++)
				if (truth[i * classes + c] > 0.5) {
					counts[c]++;
					none = false;
				}
			if (none) counts[classes]++;
		}
		return counts;
	}

	private static int groupsOfRarestClass(
		final Map<String, List<Integer>> members, final float[] truth,
		final int classes)
	{
		final int[] with = new int[classes];
		final int[] without = new int[classes];
		for (final List<Integer> group : members.values())
			for (int c = 0; c < classes; c++) {
				boolean one = false;
				boolean other = false;
				for (final int i : group)
					if (truth[i * classes + c] > 0.5) one = true;
					else other = true;
				if (one) with[c]++;
				if (other) without[c]++;
			}
		return Math.min(Arrays.stream(with).min().orElse(0), Arrays.stream(without)
			.min().orElse(0));
	}
}
