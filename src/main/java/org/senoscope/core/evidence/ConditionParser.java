
package org.senoscope.core.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.senoscope.core.cell.Lineage;
import org.senoscope.core.protocol.Nearest;
import org.senoscope.core.protocol.Preservation;
import org.senoscope.core.protocol.SpecimenKind;
import org.senoscope.core.protocol.SpecimenSettings;

/**
 * Reads the conditions of a definition:
 *
 * <pre>
 * condition := term { "or" term }
 * term      := factor { "and" factor }
 * factor    := "not" factor | "(" condition ")" | count "of" list | "any of" list | fact
 * list      := "(" condition { "," condition } ")"
 * fact      := MARKER"+" | MARKER"-" | AXIS ("met" | "not_met" | "not_measured") | STATE
 *            | "other" AXIS | "lineage" L | "flag" F | "tumour_type" T | "preservation" P
 *            | "specimen" K | "species" WORD | "p53_pattern" P | ("days" | "section_um") (">=" | "&lt;") number
 *            | "always"
 * </pre>
 */
final class ConditionParser {

	private static final Pattern TOKEN = Pattern.compile(
		"\\s*(>=|<|[(),]|[a-z][a-z0-9_]*[+-]?|\\d+(\\.\\d+)?)");

	private final Map<String, Integer> markers, axes, states;
	private final Map<String, List<String>> tumourTypes;
	private List<String> tokens;
	private int at;
	private Condition.Asked asked;

	/**
	 * Makes a parser of the words of a definition.
	 *
	 * @param markers positions of the markers by id
	 * @param axes positions of the axes by id
	 * @param states positions of the states by id
	 * @param tumourTypes words of each group of tumours, in lower case
	 */
	ConditionParser(final Map<String, Integer> markers,
		final Map<String, Integer> axes, final Map<String, Integer> states,
		final Map<String, List<String>> tumourTypes)
	{
		this.markers = markers;
		this.axes = axes;
		this.states = states;
		this.tumourTypes = tumourTypes;
	}

	/**
	 * Reads a condition.
	 *
	 * @throws IllegalArgumentException if it cannot be read; the message says
	 *           what is wrong
	 */
	Condition parse(final String text) {
		tokens = new ArrayList<>();
		final String trimmed = text.strip();
		final Matcher m = TOKEN.matcher(trimmed);
		int end = 0;
		while (end < trimmed.length()) {
			if (!m.find(end) || m.start() != end) throw new IllegalArgumentException(
				"cannot read '" + trimmed.substring(end) + "'");
			tokens.add(m.group(1));
			end = m.end();
		}
		at = 0;
		asked = new Condition.Asked();
		final Function<CellFacts, Finding> test = condition();
		if (at < tokens.size()) throw new IllegalArgumentException("unexpected '" +
			tokens.get(at) + "'");
		return new Condition(trimmed.replaceAll("\\s+", " "), test, asked);
	}

	private String peek() {
		return at < tokens.size() ? tokens.get(at) : "the end";
	}

	private String next() {
		if (at == tokens.size()) throw new IllegalArgumentException("ends early");
		return tokens.get(at++);
	}

	private boolean take(final String word) {
		if (!peek().equals(word)) return false;
		at++;
		return true;
	}

	private void expect(final String word) {
		if (!take(word)) throw new IllegalArgumentException("'" + word +
			"' expected before '" + peek() + "'");
	}

	private Function<CellFacts, Finding> condition() {
		final List<Function<CellFacts, Finding>> parts = new ArrayList<>(List.of(
			term()));
		while (take("or"))
			parts.add(term());
		return parts.size() == 1 ? parts.get(0) : atLeast(1, parts);
	}

	private Function<CellFacts, Finding> term() {
		final List<Function<CellFacts, Finding>> parts = new ArrayList<>(List.of(
			factor()));
		while (take("and"))
			parts.add(factor());
		return parts.size() == 1 ? parts.get(0) : atLeast(parts.size(), parts);
	}

	/** At least so many hold: one is "or", all is "and". */
	private static Function<CellFacts, Finding> atLeast(final int count,
		final List<Function<CellFacts, Finding>> list)
	{
		@SuppressWarnings("unchecked")
		final Function<CellFacts, Finding>[] parts = list.toArray(Function[]::new);
		return facts -> {
			int met = 0, open = 0;
			for (final Function<CellFacts, Finding> part : parts) {
				final Finding f = part.apply(facts);
				if (f == Finding.MET) met++;
				else if (f == Finding.NOT_MEASURED) open++;
			}
			return met >= count ? Finding.MET : met + open >= count
				? Finding.NOT_MEASURED : Finding.NOT_MET;
		};
	}

	private Function<CellFacts, Finding> factor() {
		final String word = next();
		switch (word) {
			case "not":
				final Function<CellFacts, Finding> negated = factor();
				return f -> negated.apply(f).not();
			case "(":
				final Function<CellFacts, Finding> inner = condition();
				expect(")");
				return inner;
			case "any":
				return counted(1);
			case "always":
				return f -> Finding.MET;
			default:
				if (word.matches("\\d+")) return counted(Integer.parseInt(word));
				return fact(word);
		}
	}

	private Function<CellFacts, Finding> counted(final int count) {
		expect("of");
		expect("(");
		final List<Function<CellFacts, Finding>> list = new ArrayList<>();
		do
			list.add(condition());
		while (take(","));
		expect(")");
		if (count < 1 || count > list.size()) throw new IllegalArgumentException(
			count + " of " + list.size() + " conditions cannot hold");
		return atLeast(count, list);
	}

	private Function<CellFacts, Finding> fact(final String word) {
		switch (word) {
			case "other": {
				asked.others = true;
				final int axis = index(next(), axes, "axis");
				return f -> Finding.of(f.support[axis] > 0);
			}
			case "lineage":
				final Lineage lineage = constant(Lineage.values(), word);
				return f -> Finding.of(f.lineage == lineage);
			case "flag":
				final int bit = constant(CellFlag.values(), word).bit();
				return f -> Finding.of((f.flags & bit) != 0);
			case "preservation":
				final Preservation kept = constant(Preservation.values(), word);
				return f -> Finding.of(f.slide.specimen().preservation() == kept);
			case "specimen":
				final SpecimenKind kind = constant(SpecimenKind.values(), word);
				return f -> Finding.of(f.slide.specimen().kind() == kind);
			case "species":
				final String species = next();
				return f -> Finding.of(f.slide.species().contains(species));
			case "tumour_type":
				final String group = next();
				if (!tumourTypes.containsKey(group)) throw unknown(group,
					"group of tumour_types", tumourTypes.keySet());
				final List<String> words = tumourTypes.get(group);
				return f -> Finding.of(words.stream().anyMatch(f.slide
					.tumour()::contains));
			case "p53_pattern":
				final P53Pattern pattern = constant(P53Pattern.values(), word);
				return f -> f.slide.p53Pattern() == P53Pattern.UNKNOWN &&
					pattern != P53Pattern.UNKNOWN ? Finding.NOT_MEASURED : Finding.of(
						f.slide.p53Pattern() == pattern);
			case "days":
				return compared(SpecimenSettings::daysSinceTreatment);
			case "section_um":
				return compared(SpecimenSettings::sectionUm);
			default:
				return ofTheCell(word);
		}
	}

	private Function<CellFacts, Finding> ofTheCell(final String word) {
		final char last = word.charAt(word.length() - 1);
		if (last == '+' || last == '-') {
			final int marker = index(word.substring(0, word.length() - 1), markers,
				"marker");
			final MarkerState wanted = last == '+' ? MarkerState.POSITIVE
				: MarkerState.NEGATIVE;
			asked.markers.add(marker);
			return f -> f.markers[marker] == MarkerState.NOT_MEASURED
				? Finding.NOT_MEASURED : Finding.of(f.markers[marker] == wanted);
		}
		final Integer axis = axes.get(word);
		if (axis != null) {
			final Finding wanted = constant(Finding.values(), word);
			if (wanted != Finding.NOT_MEASURED) (wanted == Finding.MET ? asked.axes
				: asked.axesNotMet).add(axis);
			return wanted == Finding.NOT_MEASURED ? f -> Finding.of(
				f.axes[axis] == Finding.NOT_MEASURED) : f -> f.axes[axis] == wanted
					? Finding.MET : f.axes[axis] == Finding.NOT_MEASURED
						? Finding.NOT_MEASURED : Finding.NOT_MET;
		}
		final Integer state = states.get(word);
		if (state != null) {
			asked.states.add(state);
			return f -> f.states[state];
		}
		final List<String> known = new ArrayList<>(axes.keySet());
		known.addAll(states.keySet());
		markers.keySet().forEach(m -> known.add(m + "+"));
		known.addAll(List.of("lineage", "flag", "tumour_type", "preservation",
			"specimen", "species", "p53_pattern", "days", "section_um", "other"));
		throw unknown(word, "word", known);
	}

	private Function<CellFacts, Finding> compared(
		final ToDoubleFunction<SpecimenSettings> value)
	{
		final String sign = next();
		if (!sign.equals(">=") && !sign.equals("<"))
			throw new IllegalArgumentException("'>=' or '<' expected instead of '" +
				sign + "'");
		final String text = next();
		if (!text.matches("\\d+(\\.\\d+)?")) throw new IllegalArgumentException(
			"'" + text + "' is not a number");
		final double limit = Double.parseDouble(text);
		final boolean below = sign.equals("<");
		return f -> {
			final double v = value.applyAsDouble(f.slide.specimen());
			return Double.isNaN(v) ? Finding.NOT_MEASURED : Finding.of(below
				? v < limit : v >= limit);
		};
	}

	private <E extends Enum<E>> E constant(final E[] constants,
		final String what)
	{
		final String word = next();
		for (final E e : constants)
			if (e.name().toLowerCase(Locale.ROOT).equals(word)) return e;
		throw unknown(word, what, Arrays.stream(constants).map(e -> e.name()
			.toLowerCase(Locale.ROOT)).toList());
	}

	private static int index(final String id, final Map<String, Integer> among,
		final String what)
	{
		final Integer index = among.get(id);
		if (index == null) throw unknown(id, what, among.keySet());
		return index;
	}

	private static IllegalArgumentException unknown(final String word,
		final String what, final Collection<String> valid)
	{
		return new IllegalArgumentException("unknown " + what + " " + word + Nearest
			.hint(word, valid));
	}
}
