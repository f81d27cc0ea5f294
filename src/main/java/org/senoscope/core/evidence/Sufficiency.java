
package org.senoscope.core.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.cell.Lineage;

/**
 * What a panel of markers can tell at all on a kind of specimen, and which
 * markers would help most. Found by asking the rules themselves: a state can be
 * told if a cell with every marker as that state would have it is called by it.
 */
public final class Sufficiency {

	/** Markers that a proposal adds at most. */
	private static final int MOST_ADDED = 3;

	/**
	 * Markers that, added to the panel, let it tell a state.
	 *
	 * @param state the state
	 * @param add fewest markers that do, in the definition's order of preference;
	 *          empty where no three do
	 */
	public record Proposal(State state, List<Marker> add) {
	}

	private final EvidenceDefinition definition;
	private final List<State> told = new ArrayList<>();
	private final Map<String, EvidenceGrade> grades = new HashMap<>();
	private final List<Proposal> proposals = new ArrayList<>();

	private Sufficiency(final EvidenceDefinition definition) {
		this.definition = definition;
	}

	static Sufficiency of(final EvidenceDefinition definition,
		final EvidenceEngine engine, final List<Marker> panel,
		final SlideFacts slide)
	{
		final Sufficiency s = new Sufficiency(definition);
		final boolean[] has = new boolean[definition.markers().size()];
		panel.forEach(m -> has[m.index()] = true);
		final List<Marker> candidates = definition.markers().stream().filter(
			m -> !has[m.index()] && m.roles().stream().anyMatch(r -> r.weight() > 0 &&
				definition.axis(r.axis()).kind() == Axis.Kind.EVIDENCE)).toList();
		for (final State state : definition.states()) {
			final Ideal ideal = new Ideal(definition, engine, slide, state);
			if (ideal.isTold(has)) {
				s.told.add(state);
				s.grades.put(state.id(), EvidenceGrade.of(ideal.axesMet(has)));
			}
			else s.proposals.add(new Proposal(state, ideal.fewest(has, candidates)));
		}
		return s;
	}

	/** Returns the states that the panel can tell. */
	public List<State> told() {
		return Collections.unmodifiableList(told);
	}

	/** Returns whether the panel can tell a state. */
	public boolean tells(final String state) {
		return told.stream().anyMatch(s -> s.id().equals(state));
	}

	/** Returns how much evidence for a state the panel can gather at best. */
	public EvidenceGrade grade(final String state) {
		return grades.getOrDefault(state, EvidenceGrade.NONE);
	}

	/** Returns for each state that it cannot tell what would help. */
	public List<Proposal> proposals() {
		return Collections.unmodifiableList(proposals);
	}

	/**
	 * Returns the marker that would help most: the one that brings most states
	 * nearest; null where the panel tells all states or nothing helps.
	 */
	public Marker mostHelpful() {
		final Map<Marker, Double> worth = new LinkedHashMap<>();
		for (final Proposal p : proposals)
			for (final Marker m : p.add())
				worth.merge(m, 1.0 / p.add().size(), Double::sum);
		Marker best = null;
		for (final Map.Entry<Marker, Double> e : worth.entrySet())
			if (best == null || e.getValue() > worth.get(best) || e
				.getValue() >= worth.get(best) && e.getKey().index() < best.index())
				best = e.getKey();
		return best;
	}

	/** Returns "p21 would help most (arrest)", empty where nothing does. */
	public String help() {
		final Marker marker = mostHelpful();
		if (marker == null) return "";
		final List<String> axes = new ArrayList<>();
		for (final Role role : marker.roles())
			if (role.weight() > 0 && definition.axis(role.axis())
				.kind() == Axis.Kind.EVIDENCE) axes.add(definition.axis(role.axis())
					.label());
		return marker.label() + " would help most (" + String.join(", ", axes) +
			")";
	}

	/** The cell that shows one state as clearly as it can be shown. */
	private static final class Ideal {

		private final EvidenceDefinition definition;
		private final EvidenceEngine engine;
		private final SlideFacts slide;
		private final State state;
		private final MarkerState[] wanted;

		Ideal(final EvidenceDefinition definition, final EvidenceEngine engine,
			final SlideFacts slide, final State state)
		{
			this.definition = definition;
			this.engine = engine;
			this.slide = slide;
			this.state = state;
			wanted = definition.markers().stream().map(this::wanted).toArray(
				MarkerState[]::new);
		}

		private MarkerState wanted(final Marker marker) {
			double positive = 0;
			for (final Role role : marker.roles()) {
				final double for0 = definition.axis(role.axis()).states().contains(state
					.id()) ? role.weight() : -role.weight();
				positive += role.when() == MarkerState.POSITIVE ? for0 : -for0;
			}
			return positive > 0 ? MarkerState.POSITIVE : MarkerState.NEGATIVE;
		}

		boolean isTold(final boolean[] measured) {
			final CellFacts facts = facts(measured);
			return facts.states[state.index()] == Finding.MET && engine.phenotype(
				facts).when().asked().states.contains(state.index());
		}

		/** Axes that decide the state and that such a cell meets. */
		int axesMet(final boolean[] measured) {
			final CellFacts facts = facts(measured);
			return (int) definition.axes().stream().filter(a -> !a.supportsOnly() && a
				.states().contains(state.id()) && facts.axes[a.index()] == Finding.MET)
				.count();
		}

		private CellFacts facts(final boolean[] measured) {
			final CellFacts facts = new CellFacts(definition, slide);
			for (int m = 0; m < measured.length; m++)
				if (measured[m]) facts.markers[m] = wanted[m];
			facts.lineage = Lineage.TUMOUR;
			engine.tell(facts, null);
			return facts;
		}

		/** Fewest candidates that let the state be told. */
		List<Marker> fewest(final boolean[] panel, final List<Marker> candidates) {
			for (int count = 1; count <= MOST_ADDED; count++) {
				final List<Marker> found = add(panel.clone(), candidates, 0, count);
				if (found != null) return found;
			}
			return List.of();
		}

		private List<Marker> add(final boolean[] panel,
			final List<Marker> candidates, final int from, final int count)
		{
			if (count == 0) return isTold(panel) ? new ArrayList<>() : null;
			for (int i = from; i < candidates.size(); i++) {
				final Marker marker = candidates.get(i);
				panel[marker.index()] = true;
				final List<Marker> found = add(panel, candidates, i + 1, count - 1);
				panel[marker.index()] = false;
				if (found != null) {
					found.add(0, marker);
					return found;
				}
			}
			return null;
		}
	}
}
