
package org.senoscope.core.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.cell.Lineage;

/** Counts the calls of the cells of a slide. Not safe for several threads. */
public final class EvidenceTally {

	private final EvidenceCaller caller;
	private final long[][] axes, steps;
	private final Map<Lineage, Long> lineages = new EnumMap<>(Lineage.class);
	private final Map<String, Long> phenotypes = new LinkedHashMap<>();
	private final Map<String, Long> exclusions = new LinkedHashMap<>();
	private final int senescent;
	private long senescentStroma;

	/** Starts a count of the calls of a caller. */
	public EvidenceTally(final EvidenceCaller caller) {
		this.caller = caller;
		final EvidenceDefinition definition = caller.definition();
		axes = new long[definition.axes().size()][Finding.values().length];
		steps = new long[definition.consensus().size()][Finding.values().length];
		definition.phenotypes().forEach(p -> phenotypes.put(p.id(), 0L));
		definition.exclusions().forEach(e -> exclusions.put(e.id(), 0L));
		final State state = definition.state("senescent");
		senescent = state == null ? -1 : state.index();
	}

	/**
	 * Counts a cell.
	 *
	 * @param call what the evidence says of it
	 * @param phenotype id of its phenotype, which a classifier may have withheld
	 */
	public void add(final EvidenceCall call, final String phenotype) {
		lineages.merge(call.lineage(), 1L, Long::sum);
		phenotypes.merge(phenotype, 1L, Long::sum);
		if (call.exclusion() != null) {
			exclusions.merge(call.exclusion(), 1L, Long::sum);
			return;
		}
		if (call.lineage() == Lineage.STROMA && senescent >= 0 && call.states().get(
			senescent) == Finding.MET) senescentStroma++;
		if (call.lineage() == Lineage.STROMA || call.lineage() == Lineage.IMMUNE)
			return;
		for (int a = 0; a < axes.length; a++)
			axes[a][call.axes().get(a).ordinal()]++;
		for (int s = 0; s < steps.length; s++)
			steps[s][call.steps().get(s).ordinal()]++;
	}

	/**
	 * Returns the numbers of the slide.
	 *
	 * @param minCells tumour cells below which no percentage is given
	 * @param classifier what users should know of the classifier that told the
	 *          states; empty: the rules alone
	 */
	public SlideEvidence build(final int minCells, final String classifier) {
		final EvidenceDefinition definition = caller.definition();
		final List<SlideEvidence.Counts> axisCounts = new ArrayList<>(),
				stepCounts = new ArrayList<>();
		final List<String> missing = new ArrayList<>();
		for (final Axis axis : definition.evidenceAxes()) {
			final SlideEvidence.Counts c = counts(axis.id(), axis.label(), markers(
				axis), axes[axis.index()]);
			axisCounts.add(c);
			if (c.met() + c.notMet() == 0) missing.add(c.label());
		}
		for (int s = 0; s < steps.length; s++)
			stepCounts.add(counts(Integer.toString(s + 1), definition.consensus().get(
				s).label(), List.of(), steps[s]));
		final Sufficiency sufficiency = caller.sufficiency();
		final List<SlideEvidence.StateGrade> states = new ArrayList<>();
		for (final State state : definition.states())
			states.add(new SlideEvidence.StateGrade(state.id(), state.label(),
				sufficiency.grade(state.id()), sufficiency.proposals().stream().filter(
					p -> p.state() == state).flatMap(p -> p.add().stream()).map(
						Marker::label).toList()));
		final Map<String, String> labels = new HashMap<>();
		definition.phenotypes().forEach(p -> labels.put(p.id(), p.label()));
		definition.exclusions().forEach(e -> labels.put(e.id(), e.label()));
		return new SlideEvidence(definition.name(), definition.version(),
			Collections.unmodifiableMap(lineages), axisCounts, stepCounts, tallies(
				phenotypes, labels), tallies(exclusions, labels), senescentStroma,
			missing, states, sufficiency.help(), caller.p53Pattern(), minCells,
			classifier);
	}

	private static List<SlideEvidence.Tally> tallies(
		final Map<String, Long> cells, final Map<String, String> labels)
	{
		return cells.entrySet().stream().map(e -> new SlideEvidence.Tally(e
			.getKey(), labels.get(e.getKey()), e.getValue())).toList();
	}

	/** Markers of the panel that have weight on an axis. */
	private List<String> markers(final Axis axis) {
		return caller.panel().stream().filter(m -> m.roles().stream().anyMatch(
			r -> r.weight() > 0 && r.axis().equals(axis.id()))).map(Marker::label)
			.toList();
	}

	private static SlideEvidence.Counts counts(final String id,
		final String label, final List<String> markers, final long[] by)
	{
		return new SlideEvidence.Counts(id, label, markers, by[Finding.MET
			.ordinal()], by[Finding.NOT_MET.ordinal()], by[Finding.NOT_MEASURED
				.ordinal()]);
	}
}
