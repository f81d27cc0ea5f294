
package org.senoscope.core.phenotype.workflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A phenotype workflow of SCIMAP ({@code sm.tl.phenotype_cells}): rows of a
 * group, a phenotype, and what is asked of markers. Groups are gone through in
 * the order of the file, the first with all cells, each other with the cells
 * that were given its name before; {@code X-rest} names the cells that no row
 * of group X fitted. In a group the row with the highest score names the cell
 * if the score reaches 0.5. Immutable.
 */
public final class PhenotypeWorkflow {

	/** Scaled value from which a marker is positive, and score that names. */
	private static final double GATE = 0.5;

	/** What gives a row that asks for all of its markers the edge. */
	private static final double EDGE = 0.01;

	private static final String REST = "-rest";

	/** Name of cells that no row fitted. */
	public static final String UNKNOWN = "Unknown";

	/** What is asked of a marker, as the file writes it in lower case. */
	private enum Demand {

			POS, NEG, ANYPOS, ANYNEG, ALLPOS, ALLNEG;

		private static final List<String> WORDS = Arrays.stream(values()).map(d -> d
			.name().toLowerCase(Locale.ROOT)).toList();

		boolean positive() {
			return this == POS || this == ANYPOS || this == ALLPOS;
		}
	}

	/** A row: positions of its markers by demand. */
	private record Row(String phenotype, int[][] markers) {

		boolean needs(final int marker) {
			return Arrays.stream(markers).flatMapToInt(Arrays::stream).anyMatch(
				m -> m == marker);
		}

		/** Returns the score, NaN where a marker was not measured. */
		double score(final double[] scaled) {
			double sum = 0;
			int used = 0;
			for (final Demand d : Demand.values()) {
				final int[] of = markers[d.ordinal()];
				if (of.length == 0) continue;
				used++;
				double total = 0, most = Double.NEGATIVE_INFINITY, least =
					Double.POSITIVE_INFINITY;
				for (final int m : of) {
					final double v = d.positive() ? scaled[m] : 1 - scaled[m];
					if (Double.isNaN(v)) return Double.NaN;
					total += v;
					most = Math.max(most, v);
					least = Math.min(least, v);
				}
				sum += switch (d) {
					case POS, NEG -> total / of.length;
					case ANYPOS, ANYNEG -> most;
					case ALLPOS, ALLNEG -> (least < GATE ? 0 : most) + EDGE;
				};
			}
			return sum / used;
		}

		/** Whether one of several pos or neg markers is on the other side. */
		boolean onlyLikely(final double[] scaled) {
			final int[] pos = markers[Demand.POS.ordinal()], neg = markers[Demand.NEG
				.ordinal()];
			return pos.length > 1 && Arrays.stream(pos).anyMatch(
				m -> scaled[m] < GATE) || neg.length > 1 && Arrays.stream(neg).anyMatch(
					m -> scaled[m] > GATE);
		}
	}

	/**
	 * What a cell is called.
	 *
	 * @param phenotype its last name, {@code likely-} before it where the mean of
	 *          several markers fits but not each; {@link #UNKNOWN} for none
	 * @param score score of the row that gave the name, 0.5 to 1.01; NaN for none
	 * @param path the names it was given from group to group
	 */
	public record Call(String phenotype, double score, List<String> path) {
	}

	private final List<String> markers;
	private final Map<String, List<Row>> groups;

	private PhenotypeWorkflow(final List<String> markers,
		final Map<String, List<Row>> groups)
	{
		this.markers = List.copyOf(markers);
		this.groups = groups;
	}

	/**
	 * Makes a workflow.
	 *
	 * @param header of the file: two columns, then a marker each
	 * @param rows group, phenotype, and pos, neg, anypos, anyneg, allpos, allneg
	 *          or nothing for each marker
	 * @throws IllegalArgumentException if it is no workflow; the message says
	 *           what is wrong
	 */
	public static PhenotypeWorkflow of(final List<String> header,
		final List<List<String>> rows)
	{
		if (header.size() < 3) throw new IllegalArgumentException(
			"a phenotype workflow has a column of groups, one of phenotypes, and one for each marker");
		final List<String> markers = header.subList(2, header.size());
		final Map<String, List<Row>> groups = new LinkedHashMap<>();
		for (final List<String> row : rows) {
			final String group = row.get(0).strip(), phenotype = row.get(1).strip();
			if (group.isEmpty() || phenotype.isEmpty())
				throw new IllegalArgumentException("the row \"" + group + "," +
					phenotype + "\" lacks " + (group.isEmpty() ? "its group"
						: "its phenotype"));
			final List<List<Integer>> found = new ArrayList<>();
			for (int d = 0; d < Demand.values().length; d++)
				found.add(new ArrayList<>());
			for (int m = 0; m < markers.size(); m++) {
				final String word = row.get(m + 2).strip().toLowerCase(Locale.ROOT);
				if (word.isEmpty()) continue;
				final int demand = Demand.WORDS.indexOf(word);
				if (demand < 0) throw new IllegalArgumentException(phenotype + ", " +
					markers.get(m) + ": \"" + word + "\" is none of " + String.join(", ",
						Demand.WORDS));
				found.get(demand).add(m);
			}
			if (found.stream().allMatch(List::isEmpty))
				throw new IllegalArgumentException(phenotype +
					" asks nothing of any marker");
			final List<Row> of = groups.computeIfAbsent(group,
				g -> new ArrayList<>());
			if (of.stream().anyMatch(r -> r.phenotype.equals(phenotype)))
				throw new IllegalArgumentException(phenotype +
					" stands twice in the group " + group);
			of.add(new Row(phenotype, found.stream().map(l -> l.stream().mapToInt(
				i -> i).toArray()).toArray(int[][]::new)));
		}
		if (groups.isEmpty()) throw new IllegalArgumentException("it has no row");
		return new PhenotypeWorkflow(markers, groups);
	}

	/** Returns the names of the markers. */
	public List<String> markers() {
		return markers;
	}

	/**
	 * Returns the phenotypes, each with its group, that ask for markers that are
	 * not there.
	 *
	 * @param measured by marker
	 */
	public List<String> untold(final boolean[] measured) {
		return groups.entrySet().stream().flatMap(g -> g.getValue().stream().filter(
			r -> !told(r, measured)).map(r -> r.phenotype + " (" + g.getKey() + ")"))
			.toList();
	}

	/** Returns whether any row can be told. */
	public boolean tellsAny(final boolean[] measured) {
		return groups.values().stream().flatMap(List::stream).anyMatch(r -> told(r,
			measured));
	}

	private boolean told(final Row row, final boolean[] measured) {
		for (int m = 0; m < measured.length; m++)
			if (!measured[m] && row.needs(m)) return false;
		return true;
	}

	/**
	 * Names a cell.
	 *
	 * @param scaled by marker, as {@link GateScale} gives it; NaN: not measured,
	 *          rows that ask for it do not count
	 */
	public Call call(final double[] scaled) {
		final List<String> names = new ArrayList<>();
		double score = Double.NaN;
		boolean first = true;
		for (final Map.Entry<String, List<Row>> group : groups.entrySet()) {
			if (!first && !names.contains(group.getKey())) continue;
			first = false;
			Row best = null;
			double highest = Double.NaN;
			for (final Row row : group.getValue()) {
				final double s = row.score(scaled);
				if (s >= GATE && !(s <= highest)) {
					highest = s;
					best = row;
				}
			}
			if (best == null) names.add(group.getKey() + REST);
			else {
				names.add((best.onlyLikely(scaled) ? "likely-" : "") + best.phenotype);
				score = highest;
			}
		}
		final List<String> path = names.stream().filter(n -> !n.contains(REST))
			.collect(Collectors.toList());
		return new Call(path.isEmpty() ? UNKNOWN : path.get(path.size() - 1), score,
			path);
	}
}
