
package org.senoscope.core.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.senoscope.core.cell.Lineage;
import org.senoscope.core.protocol.SpecimenSettings;

/**
 * Calls cells by the rules of a definition: which axes are met, which steps of
 * the consensus procedure, which phenotype, and why. Made once for a slide or a
 * table; safe to use from several threads. A result depends on the cell alone.
 * Cells with the same states of all markers share one {@link EvidenceCall}, so
 * that millions of cells cost a look-up each.
 */
public final class EvidenceCaller {

	/** Patterns that are kept; panels of many markers have more than fit. */
	private static final int MOST_PATTERNS = 20_000;

	/** Markers that a reason names at most. */
	private static final int MOST_NAMED = 14;

	/** The states of a cell, two bits each. */
	private record Pattern(long[] bits) {

		@Override
		public boolean equals(final Object other) {
			return other instanceof final Pattern p && Arrays.equals(bits, p.bits);
		}

		@Override
		public int hashCode() {
			long h = 1;
			for (final long b : bits)
				h = (h ^ b) * 0x9E3779B97F4A7C15L;
			return (int) (h >>> 32);
		}
	}

	private final EvidenceDefinition definition;
	private final List<Marker> panel;
	private final SlideFacts slide;
	private final EvidenceEngine engine;
	private final Sufficiency sufficiency;
	private final Map<Pattern, EvidenceCall> patterns = new ConcurrentHashMap<>();

	/**
	 * Makes a caller.
	 *
	 * @param definition the rules
	 * @param panel the markers measured, each once, in the order in which their
	 *          states will be given
	 * @param specimen what is known of the specimen
	 * @param p53Pattern pattern of p53 over the tumour cells of the slide
	 */
	public EvidenceCaller(final EvidenceDefinition definition,
		final List<Marker> panel, final SpecimenSettings specimen,
		final P53Pattern p53Pattern)
	{
		this.definition = definition;
		this.panel = List.copyOf(panel);
		slide = SlideFacts.of(specimen, p53Pattern);
		engine = new EvidenceEngine(definition);
		sufficiency = Sufficiency.of(definition, engine, this.panel, SlideFacts.of(
			specimen, P53Pattern.WILD_TYPE));
	}

	/** Returns the rules. */
	public EvidenceDefinition definition() {
		return definition;
	}

	/** Returns the markers measured. */
	public List<Marker> panel() {
		return panel;
	}

	/** Returns the pattern of p53 that was reckoned with. */
	public P53Pattern p53Pattern() {
		return slide.p53Pattern();
	}

	/** Returns what the panel can tell at all. */
	public Sufficiency sufficiency() {
		return sufficiency;
	}

	/**
	 * Calls a cell by the evidence alone.
	 *
	 * @param states states of the markers, in the order of the panel
	 * @param lineage what is known of the lineage without markers
	 * @param flags bits of {@link CellFlag}s
	 */
	public EvidenceCall call(final MarkerState[] states, final Lineage lineage,
		final int flags)
	{
		return call(states, lineage, flags, null);
	}

	/**
	 * Calls a cell whose states a network has told. Lineage, exclusions, what
	 * markers show of the cycle, and the order of the rules remain those of the
	 * definition.
	 *
	 * @param states states of the markers, in the order of the panel
	 * @param lineage what is known of the lineage without markers
	 * @param flags bits of {@link CellFlag}s
	 * @param network by state of the definition; null: by the evidence alone; an
	 *          entry null: this state by the evidence
	 */
	public EvidenceCall call(final MarkerState[] states, final Lineage lineage,
		final int flags, final Finding[] network)
	{
		final Pattern pattern = pattern(states, lineage, flags, network);
		EvidenceCall call = patterns.get(pattern);
		if (call == null) {
			call = tell(states, lineage, flags, network);
			if (patterns.size() < MOST_PATTERNS) patterns.put(pattern, call);
		}
		return call;
	}

	private Pattern pattern(final MarkerState[] states, final Lineage lineage,
		final int flags, final Finding[] network)
	{
		final long[] bits = new long[1 + (states.length + 31) / 32];
		bits[0] = (long) flags << 8 | lineage.ordinal();
		if (network != null) for (int s = 0; s < network.length; s++)
			if (network[s] != null) bits[0] |= (network[s].ordinal() + 1L) << 32 + 2 *
				s;
		for (int m = 0; m < states.length; m++)
			bits[1 + m / 32] |= (long) states[m].ordinal() << 2 * (m % 32);
		return new Pattern(bits);
	}

	private EvidenceCall tell(final MarkerState[] states, final Lineage lineage,
		final int flags, final Finding[] network)
	{
		final CellFacts facts = new CellFacts(definition, slide);
		for (int m = 0; m < states.length; m++)
			facts.markers[panel.get(m).index()] = states[m];
		facts.lineage = lineage;
		facts.flags = flags;
		engine.tell(facts, network);
		final Exclusion exclusion = engine.exclusion(facts);
		final PhenotypeRule rule = engine.phenotype(facts);
		final String phenotype = exclusion != null ? exclusion.phenotype() : rule
			.id();
		final List<Finding> steps = definition.consensus().stream().map(s -> s
			.when().of(facts)).toList();
		final Words words = new Words(facts, states, exclusion, rule, steps);
		return new EvidenceCall(phenotype, exclusion != null ? "not called: " +
			exclusion.label() : rule.label(), words.reason(), axesText(facts), List
				.of(facts.axes), List.of(facts.states), steps, consensus(steps),
			words.missing, facts.lineage, facts.lineage != lineage, exclusion == null
				? null : exclusion.id(), words.deciding, words.coverage());
	}

	private String axesText(final CellFacts facts) {
		final StringBuilder text = new StringBuilder();
		for (final Axis axis : definition.evidenceAxes())
			text.append(text.isEmpty() ? "" : ";").append(axis.id()).append('=')
				.append(facts.axes[axis.index()].id());
		return text.toString();
	}

	/** Returns "steps 1-2 of 3 met; step 3 not measured". */
	static String consensus(final List<Finding> steps) {
		final String met = numbers(steps, Finding.MET), open = numbers(steps,
			Finding.NOT_MEASURED);
		return (met.isEmpty() ? "no step" : met) + " of " + steps.size() + " met" +
			(open.isEmpty() ? "" : "; " + open + " not measured");
	}

	private static String numbers(final List<Finding> steps,
		final Finding wanted)
	{
		final List<Integer> found = new ArrayList<>();
		for (int i = 0; i < steps.size(); i++)
			if (steps.get(i) == wanted) found.add(i + 1);
		if (found.isEmpty()) return "";
		if (found.size() == 1) return "step " + found.get(0);
		final int first = found.get(0), last = found.get(found.size() - 1);
		return "steps " + (last - first == found.size() - 1 ? first + "-" + last
			: String.join(", ", found.stream().map(String::valueOf).toList()));
	}

	/** Finds the words for one call, and what the call rests on. */
	private final class Words {

		private final CellFacts facts;
		private final MarkerState[] states;
		private final Exclusion exclusion;
		private final PhenotypeRule rule;
		private final List<Finding> steps;
		private final double[] deciding = new double[panel.size()];
		private final boolean[] asked;
		private final List<String> missing = new ArrayList<>();
		private final List<String> notes = new ArrayList<>();

		Words(final CellFacts facts, final MarkerState[] states,
			final Exclusion exclusion, final PhenotypeRule rule,
			final List<Finding> steps)
		{
			this.facts = facts;
			this.states = states;
			this.exclusion = exclusion;
			this.rule = rule;
			this.steps = steps;
			asked = asked();
			final Set<String> meant = new HashSet<>();
			for (final State state : definition.states())
				if (isOpen() || inRule(state)) meant.add(state.id());
			rule.when().asked().axes.forEach(a -> meant.addAll(definition.axes().get(
				a).states()));
			for (final Axis axis : definition.axes()) {
				if (axis.kind() != Axis.Kind.EVIDENCE || facts.axes[axis
					.index()] != Finding.NOT_MEASURED || Collections.disjoint(axis
						.states(), meant)) continue;
				// reached, but for what the axis needs besides
				if (engine.reached(axis, facts)) {
					if (!axis.withoutNeeds().isEmpty()) notes.add(axis.withoutNeeds());
				}
				else if (!axis.supportsOnly()) missing.add(axis.label());
			}
			for (int m = 0; m < deciding.length; m++)
				deciding[m] = weight(m);
		}

		/**
		 * The axes that the call is about: those that the rule names and those that
		 * speak for its states; all, where there is no call.
		 */
		private boolean[] asked() {
			final boolean[] of = new boolean[definition.axes().size()];
			for (final Axis axis : definition.axes()) {
				of[axis.index()] = isOpen() || rule.when().asked().axes.contains(axis
					.index()) || isRuledOut(axis);
				for (final String state : axis.states())
					of[axis.index()] |= inRule(definition.state(state));
			}
			return of;
		}

		private boolean isOpen() {
			return rule.id().equals("indeterminate");
		}

		/** Whether the rule wants the axis not to be met. */
		private boolean isRuledOut(final Axis axis) {
			return rule.when().asked().axesNotMet.contains(axis.index());
		}

		private boolean inRule(final State state) {
			return rule.when().asked().states.contains(state.index()) &&
				facts.states[state.index()] == Finding.MET;
		}

		/** What a marker adds to the call: above 0 for, below 0 against. */
		private double weight(final int m) {
			if (states[m] == MarkerState.NOT_MEASURED) return 0;
			double most = 0;
			for (final Role role : panel.get(m).roles()) {
				final Axis axis = definition.axis(role.axis());
				if (role.weight() == 0 || axis.kind() != Axis.Kind.EVIDENCE ||
					!asked[axis.index()] || !role.condition().holds(facts)) continue;
				if (states[m] != role.when() && (axis.absenceSaysNothing() || axis
					.supportsOnly() || role.silentIf().holds(facts))) continue;
				final double w = states[m] == role.when() != isRuledOut(axis) ? role
					.weight() : -role.weight();
				if (Math.abs(w) > Math.abs(most) || w > 0 && most < 0) most = w;
			}
			if (most == 0 && rule.when().asked().markers.contains(panel.get(m)
				.index()) && states[m] == MarkerState.POSITIVE) most = 0.5;
			return most;
		}

		/** Share of the axes of the cell's states that are met. */
		private double coverage() {
			int met = 0, all = 0;
			for (final Axis axis : definition.axes()) {
				if (axis.kind() != Axis.Kind.EVIDENCE || axis.supportsOnly() || !axis
					.states().stream().anyMatch(s -> inRule(definition.state(s))))
					continue;
				all++;
				if (facts.axes[axis.index()] == Finding.MET) met++;
			}
			return all == 0 ? 0 : (double) met / all;
		}

		String reason() {
			final List<Integer> named = new ArrayList<>(), against =
				new ArrayList<>();
			final boolean open = isOpen() || exclusion != null;
			for (int m = 0; m < states.length; m++) {
				if (states[m] == MarkerState.NOT_MEASURED) continue;
				if (open) {
					if (panel.get(m).weighs()) named.add(m);
				}
				else if (deciding[m] > 0) named.add(m);
				else if (deciding[m] < 0) against.add(m);
			}
			if (exclusion != null) return "not called: " + exclusion.label() + list(
				": ", named);
			if (facts.lineage == Lineage.STROMA || facts.lineage == Lineage.IMMUNE)
				return rule.label() + " (" + facts.lineage.id() + ")" + shown();
			if (open) return indeterminate(named);
			final StringBuilder out = new StringBuilder(rule.label()).append(list(
				": ", named)).append(list("; against: ", against));
			if (inSenescence()) out.append("; consensus ").append(consensus(steps));
			notes.forEach(n -> out.append("; ").append(n));
			if (!missing.isEmpty()) out.append("; ").append(String.join(", ",
				missing)).append(" not measured");
			return out.toString();
		}

		private boolean inSenescence() {
			final State state = definition.state("senescent");
			return state != null && inRule(state) && !steps.isEmpty();
		}

		/** What a cell that is no tumour cell shows; it is not called by it. */
		private String shown() {
			final List<String> met = definition.evidenceAxes().stream().filter(
				a -> facts.axes[a.index()] == Finding.MET).map(Axis::label).toList();
			return met.isEmpty() ? "" : "; axes met: " + String.join(", ", met);
		}

		private String indeterminate(final List<Integer> named) {
			final StringBuilder out = new StringBuilder();
			if (named.isEmpty()) out.append("indeterminate: no marker measured");
			else if (named.size() == 1) {
				final int m = named.get(0);
				out.append(panel.get(m).label()).append(
					states[m] == MarkerState.POSITIVE ? " positive" : " negative").append(
						", indeterminate: one marker does not make a state");
			}
			else out.append("indeterminate").append(list(": ", named));
			if (facts.lineage == Lineage.UNKNOWN) return out.append(
				"; lineage not known, not called").toString();
			notes.forEach(n -> out.append("; ").append(n));
			if (!missing.isEmpty()) out.append("; ").append(String.join(", ",
				missing)).append(" not measured");
			final String help = sufficiency.help();
			return out.append(help.isEmpty() ? "" : "; " + help).toString();
		}

		/** Markers with their signs, those of few states first. */
		private String list(final String before, final List<Integer> which) {
			if (which.isEmpty()) return "";
			final List<String> signs = new ArrayList<>();
			which.stream().sorted((a, b) -> Integer.compare(states(a), states(b)))
				.limit(MOST_NAMED).forEach(m -> signs.add(panel.get(m).label() + " " +
					states[m].sign()));
			return before + String.join(", ", signs) + (which.size() > MOST_NAMED
				? " and " + (which.size() - MOST_NAMED) + " more" : "");
		}

		/** How many states the marker's sign speaks for at least. */
		private int states(final int m) {
			return panel.get(m).roles().stream().filter(r -> r.when() == states[m] &&
				r.weight() > 0).mapToInt(r -> definition.axis(r.axis()).states().size())
				.filter(n -> n > 0).min().orElse(99);
		}
	}
}
