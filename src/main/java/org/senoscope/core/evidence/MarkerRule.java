
package org.senoscope.core.evidence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule over the markers of a panel, such as
 * {@code arrested = p16+ and not ki67+} or
 * {@code stem = 2 of (cd44+, cd133+, aldh1+)}, in the words of the conditions
 * of an {@link EvidenceDefinition}. Knows three answers: what was not measured
 * never turns into a statement. Immutable; {@link #of} is thread-safe.
 */
public final class MarkerRule {

	private static final Pattern MARKER = Pattern.compile(
		"([a-z][a-z0-9_]*)[+-]");

	/** What conditions of a definition ask beyond markers. */
	private static final Pattern MORE = Pattern.compile(
		"\\b(other|lineage|flag|preservation|specimen|species|tumour_type|p53_pattern|days|section_um|always)\\b(?![+-])");

	private final String name;
	private final Condition condition;
	private final int markers;

	private MarkerRule(final String name, final Condition condition,
		final int markers)
	{
		this.name = name;
		this.condition = condition;
		this.markers = markers;
	}

	/**
	 * Returns the ids of the markers that rules name, so that rules can be
	 * checked before the panel is known.
	 *
	 * @throws IllegalArgumentException as {@link #parse}
	 */
	public static Set<String> markersOf(final String text) {
		final Set<String> ids = new LinkedHashSet<>();
		final Matcher m = MARKER.matcher(text.toLowerCase(Locale.ROOT));
		while (m.find())
			ids.add(m.group(1));
		return ids;
	}

	/**
	 * Reads rules, separated by semicolons: NAME = CONDITION.
	 *
	 * @param text the rules
	 * @param ids the markers of the panel, in the order of {@link #of}
	 * @throws IllegalArgumentException if one cannot be read; the message says
	 *           which and what is wrong
	 */
	public static List<MarkerRule> parse(final String text,
		final List<String> ids)
	{
		final Map<String, Integer> index = new HashMap<>();
		for (int i = 0; i < ids.size(); i++)
			index.put(ids.get(i), i);
		final ConditionParser parser = new ConditionParser(index, Map.of(), Map
			.of(), Map.of());
		final List<MarkerRule> rules = new ArrayList<>();
		for (final String part : text.split("[;\\n]")) {
			if (part.isBlank()) continue;
			final int equals = part.indexOf('=');
			final String name = equals < 0 ? "" : part.substring(0, equals).strip();
			if (!name.matches("[a-z][a-z0-9_]*")) throw new IllegalArgumentException(
				"rule '" + part.strip() +
					"' is not NAME = CONDITION with a name in lower case, such as arrested = p16+ and not ki67+");
			if (rules.stream().anyMatch(r -> r.name.equals(name)))
				throw new IllegalArgumentException("two rules are called " + name);
			// "at least" says what "2 of" means already
			final String words = part.substring(equals + 1).toLowerCase(Locale.ROOT)
				.replaceAll("\\bat\\s+least\\b", " ");
			try {
				final Matcher more = MORE.matcher(words);
				if (more.find()) throw new IllegalArgumentException("'" + more.group() +
					"' is nothing that a panel knows; rules ask for markers only, as p16+ or ki67-");
				final Condition condition = parser.parse(words);
				if (condition.asked().markers.isEmpty())
					throw new IllegalArgumentException("it asks for no marker");
				rules.add(new MarkerRule(name, condition, ids.size()));
			}
			catch (final IllegalArgumentException e) {
				throw new IllegalArgumentException("rule " + name + ": " + e
					.getMessage());
			}
		}
		return Collections.unmodifiableList(rules);
	}

	/** Returns its name, as in the column {@code rule_NAME}. */
	public String name() {
		return name;
	}

	/** Returns the condition as it was written. */
	public String text() {
		return condition.text();
	}

	/**
	 * Returns whether it holds for a cell.
	 *
	 * @param states of the markers of the panel, in order; those left out at the
	 *          end are not measured
	 */
	public Finding of(final MarkerState[] states) {
		final CellFacts facts = new CellFacts(markers);
		// markers that the table lacks come last, and stay not measured
		System.arraycopy(states, 0, facts.markers, 0, Math.min(markers,
			states.length));
		return condition.of(facts);
	}
}
