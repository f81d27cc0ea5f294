
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.costain.CoPositivity;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.cell.CompartmentSettings;
import org.senoscope.core.evidence.Finding;
import org.senoscope.core.evidence.MarkerRule;
import org.senoscope.core.evidence.MarkerState;

/** What a slide says of a marker panel as a whole. */
final class CostainTally {

	/** Combinations that the summary lists. */
	private static final int LISTED = 64;

	/** Share of the room around a nucleus below which a cell is crowded. */
	private static final double CROWDED = 0.5;

	/** Share of crowded cells from which a warning is due. */
	private static final double DENSE = 0.2;

	private final List<MarkerAnalyzer> markers;
	private final List<MarkerRule> rules;
	private final CompartmentSettings compartments;
	private final CoPositivity counts;
	private final List<Map<String, Object>> bleedThrough;
	private long cells, crowded;

	CostainTally(final CellLayout layout,
		final CompartmentSettings compartments)
	{
		markers = layout.markers();
		rules = layout.panel().rules();
		bleedThrough = layout.panel().bleedThrough();
		this.compartments = compartments;
		counts = new CoPositivity(markers.size(), rules);
	}

	void add(final MarkerState[] states, final SpilledCell c) {
		counts.add(states);
		cells++;
		// a nucleus with nothing beside it gets a band of this area (Steiner)
		final double e = compartments.expansionUm(), room = c.shape()
			.perimeterUm() * e + Math.PI * e * e;
		if (c.cellAreaUm2() - c.shape().areaUm2() < CROWDED * room) crowded++;
	}

	Map<String, Object> summary() {
		final Map<String, Object> all = new LinkedHashMap<>();
		final List<Object> pairs = new ArrayList<>();
		for (final CoPositivity.Pair p : counts.pairs()) {
			final Map<String, Object> one = new LinkedHashMap<>();
			one.put("markers", List.of(markers.get(p.first()).id(), markers.get(p
				.second()).id()));
			one.put("cells", p.cells());
			one.put("both_positive", p.both());
			one.put("both_positive_percent", p.cells() == 0 ? Double.NaN : 100.0 * p
				.both() / p.cells());
			one.put("expected", p.expected());
			one.put("observed_over_expected", p.ratio());
			pairs.add(one);
		}
		all.put("pairs", pairs);
		final List<Object> combinations = new ArrayList<>();
		final List<CoPositivity.Combination> found = counts.combinations();
		for (final CoPositivity.Combination c : found.subList(0, Math.min(LISTED,
			found.size())))
		{
			final List<String> positive = new ArrayList<>();
			for (int m = 0; m < markers.size(); m++)
				if (c.positive().get(m)) positive.add(markers.get(m).id());
			final Map<String, Object> one = new LinkedHashMap<>();
			one.put("positive", positive);
			one.put("cells", c.cells());
			combinations.add(one);
		}
		all.put("combinations", combinations);
		all.put("combinations_found", (long) found.size());
		if (!bleedThrough.isEmpty()) all.put("bleed_through", bleedThrough);
		final Map<String, Object> byRule = new LinkedHashMap<>();
		for (int r = 0; r < rules.size(); r++) {
			final long met = counts.cells(r, Finding.MET), not = counts.cells(r,
				Finding.NOT_MET);
			final Map<String, Object> one = new LinkedHashMap<>();
			one.put("rule", rules.get(r).text());
			one.put("cells", met);
			one.put("told", met + not);
			one.put("percent", met + not == 0 ? Double.NaN : 100.0 * met / (met +
				not));
			byRule.put(rules.get(r).name(), one);
		}
		all.put("rules", byRule);
		all.put("crowded_percent", cells == 0 ? Double.NaN : 100.0 * crowded /
			cells);
		return all;
	}

	void warn(final List<String> warnings) {
		final List<String> beside = markers.stream().filter(m -> m
			.decidingCompartment() != Compartment.NUCLEUS).map(MarkerAnalyzer::label)
			.toList();
		if (crowded > DENSE * cells && !beside.isEmpty()) warnings.add(String
			.format(Locale.ROOT,
				"Dense field: in %.0f %% of the cells neighbours take more than half of the room around the nucleus; what is read beside the nucleus (%s) mixes cells, see the flag spill_over.",
				100.0 * crowded / cells, String.join(", ", beside)));
		for (int r = 0; r < rules.size(); r++)
			if (cells > 0 && counts.cells(r, Finding.NOT_MEASURED) == cells) warnings
				.add("Rule " + rules.get(r).name() + ": no cell could be told (" + rules
					.get(r).text() + "): a marker is not measured or has no gate.");
	}
}
