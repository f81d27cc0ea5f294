
package org.senoscope.report;

import java.util.List;
import java.util.Map;

import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideSummary;

/**
 * The part of the report that says what the controls read: each one's share
 * above the gate, and what lies above the floor of a blank.
 */
final class ControlSection {

	private static final Map<String, String> ROLES = Map.of("blank",
		"blank (no X-gal): the optical floor", "ph7",
		"pH 7: neutral enzyme and bacteria; should be negative", "negative",
		"negative (untreated, young): sets the gate; holds some real positives",
		"positive", "positive (known senescent); should be above", "ph4",
		"pH 4: the enzyme works; should be above");

	private ControlSection() {}

	/** Adds the section to a page, nothing where there was no control. */
	static void add(final Html page, final SlideSummary summary) {
		if (!(summary.assays().get("controls") instanceof final List<?> controls))
			return;
		page.raw("<section aria-labelledby=\"controls\">\n").element(
			"h2 id=\"controls\"", "Controls").raw(
				"<table class=\"full\"><thead><tr>");
		for (final String word : new String[] { "Control", "Image", "Cells" })
			page.element("th", word);
		for (final MarkerSummary m : summary.markers())
			page.element("th", m.label() + ": above the gate of " + Words.plain(m
				.gate(), 3)).element("th", m.label() + ": median");
		page.raw("</tr></thead><tbody>\n");
		for (final Object one : controls) {
			final Map<?, ?> control = (Map<?, ?>) one;
			page.raw("<tr>").element("td", ROLES.getOrDefault(control.get("role"),
				String.valueOf(control.get("role")))).element("td", String.valueOf(
					control.get("image"))).element("td", Words.count(((Number) control
						.get("cells")).longValue()));
			for (final MarkerSummary m : summary.markers()) {
				final Map<?, ?> values = (Map<?, ?>) ((Map<?, ?>) control.get(
					"markers")).get(m.id());
				page.element("td", Words.percent(Words.value(values,
					"above_gate_percent"))).element("td", Words.number(Words.value(values,
						"median"), 3));
			}
			page.raw("</tr>\n");
		}
		page.raw("</tbody></table>\n");
		for (final MarkerSummary m : summary.markers()) {
			if (m.more().get(
				"above_background_percent") instanceof final Number above) page.element(
					"p", Words.percent(above.doubleValue()) +
						" of the cells read above the background of the blank (" + Words
							.number(Words.value(m.more(), "background"), 3) + "), against " +
						Words.percent(m.positivePercent()) + " that are " + m.label() +
						" positive by the gate: above background is not yet positive.");
			if (m.more().get("gate_low") instanceof final Number low) page.element(
				"p class=\"small\"", m.label() +
					": the gate itself is known to between " + Words.number(low
						.doubleValue(), 3) + " and " + Words.number(Words.value(m.more(),
							"gate_high"), 3) + " (95 % bootstrap).");
		}
		page.raw("</section>\n");
	}
}
