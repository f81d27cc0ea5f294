
package org.senoscope.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideSummary;

/**
 * The part of the report that says which markers go together: rules, observed
 * over expected of each pair, and the combinations as an UpSet figure (Lex and
 * others, IEEE TVCG 2014).
 */
final class CostainSection {

	/** Markers and combinations that the figure shows at most. */
	private static final int MOST_MARKERS = 6, MOST_BARS = 20;

	private static final int STEP = 26, LEFT = 150, BARS = 120, TOP = 24;

	private final Html page;
	private final SlideSummary summary;
	private final Map<?, ?> costain;

	private CostainSection(final Html page, final SlideSummary summary,
		final Map<?, ?> costain)
	{
		this.page = page;
		this.summary = summary;
		this.costain = costain;
	}

	/** Adds the section to a page, nothing where there was no panel. */
	static void add(final Html page, final SlideSummary summary) {
		if (!(summary.assays().get("costain") instanceof final Map<?, ?> costain))
			return;
		final CostainSection section = new CostainSection(page, summary, costain);
		page.raw("<section aria-labelledby=\"costain\">\n").element(
			"h2 id=\"costain\"", "Markers together");
		section.rules();
		section.pairs();
		section.combinations();
		section.bleedThrough();
		page.raw("</section>\n");
	}

	private void rules() {
		final Map<?, ?> rules = (Map<?, ?>) costain.get("rules");
		if (rules.isEmpty()) return;
		head("Rule", "Condition", "Cells", "Share of those that can be told");
		rules.forEach((name, value) -> {
			final Map<?, ?> rule = (Map<?, ?>) value;
			row(String.valueOf(name), String.valueOf(rule.get("rule")), Words.count(
				whole(rule, "cells")), whole(rule, "told") == 0 ? "not measured" : Words
					.percent(Words.value(rule, "percent")) + " of " + Words.count(whole(
						rule, "told")));
		});
		page.raw("</tbody></table>\n");
	}

	private void pairs() {
		final List<?> pairs = (List<?>) costain.get("pairs");
		if (pairs.stream().noneMatch(p -> whole((Map<?, ?>) p, "cells") > 0))
			return;
		head("Pair", "Both positive", "Share", "Expected if independent",
			"Observed / expected");
		for (final Object one : pairs) {
			final Map<?, ?> pair = (Map<?, ?>) one;
			if (whole(pair, "cells") == 0) continue;
			final List<?> ids = (List<?>) pair.get("markers");
			final double ratio = Words.value(pair, "observed_over_expected");
			row(label(ids.get(0)) + " and " + label(ids.get(1)), Words.count(whole(
				pair, "both_positive")), Words.percent(Words.value(pair,
					"both_positive_percent")), Words.number(Words.value(pair, "expected"),
						3), Double.isNaN(ratio) ? "a marker has no positive cell" : Words
							.number(ratio, 3));
		}
		page.raw("</tbody></table>\n").element("p class=\"small\"",
			"Observed over expected is 1 where one marker does not mind the other. Cells of a slide are not independent, so no p-value is given: compare slides.");
	}

	/** Bars of combinations over a grid of their markers. */
	private void combinations() {
		final List<MarkerSummary> called = summary.markers().stream().filter(m -> m
			.measured() > 0).toList();
		final List<?> all = (List<?>) costain.get("combinations");
		if (called.size() < 2 || called.size() > MOST_MARKERS || all.isEmpty())
			return;
		final List<?> shown = all.subList(0, Math.min(MOST_BARS, all.size()));
		final long most = shown.stream().mapToLong(c -> whole((Map<?, ?>) c,
			"cells")).max().orElse(1);
		final int width = LEFT + STEP * shown.size() + 20, height = TOP + BARS +
			STEP * called.size() + 14;
		final StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
			"<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\" font-family=\"sans-serif\" font-size=\"12\" fill=\"currentColor\">",
			width, height, width, height,
			"Cells by the markers for which they are positive"));
		for (int m = 0; m < called.size(); m++)
			svg.append(String.format(Locale.ROOT,
				"<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 10, dot(
					m) + 4, Html.escape(called.get(m).label())));
		for (int c = 0; c < shown.size(); c++) {
			final Map<?, ?> one = (Map<?, ?>) shown.get(c);
			final long cells = whole(one, "cells");
			final int x = LEFT + STEP * c + STEP / 2, bar = (int) Math.round(
				(double) BARS * cells / most);
			svg.append(String.format(Locale.ROOT,
				"<rect x=\"%d\" y=\"%d\" width=\"16\" height=\"%d\" fill=\"#4a6fa5\"/><text x=\"%d\" y=\"%d\" text-anchor=\"middle\" font-size=\"9\">%s</text>",
				x - 8, TOP + BARS - bar, bar, x, TOP + BARS - bar - 4, Words.count(
					cells)));
			final List<?> positive = (List<?>) one.get("positive");
			int first = -1, last = -1;
			for (int m = 0; m < called.size(); m++) {
				final boolean in = positive.contains(called.get(m).id());
				if (in) {
					last = m;
					if (first < 0) first = m;
				}
				svg.append(String.format(Locale.ROOT,
					"<circle cx=\"%d\" cy=\"%d\" r=\"5\" fill=\"%s\"/>", x, dot(m), in
						? "#4a6fa5" : "#d5d9de"));
			}
			if (last > first) svg.append(String.format(Locale.ROOT,
				"<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#4a6fa5\" stroke-width=\"2\"/>",
				x, dot(first), x, dot(last)));
		}
		page.raw("<figure class=\"wide\">").raw(svg.append("</svg>").toString())
			.element("figcaption",
				"Cells by the markers for which they are positive (filled), the most frequent first" +
					(all.size() > shown.size()
						? "; rarer combinations stand in summary.json" : "") + ".").raw(
							"</figure>\n");
	}

	private void bleedThrough() {
		if (!(costain.get("bleed_through") instanceof final List<?> shares)) return;
		page.element("h3", "Bleed-through");
		head("Light of", "Seen in", "Share taken out", "95 % interval", "Origin");
		int none = 0;
		for (final Object one : shares) {
			final Map<?, ?> share = (Map<?, ?>) one;
			if (Words.value(share, "share") == 0) none++;
			else row(String.valueOf(share.get("from")), String.valueOf(share.get(
				"to")), Words.percent(100 * Words.value(share, "share")), share
					.containsKey("low") ? Words.percent(100 * Words.value(share, "low")) +
						" to " + Words.percent(100 * Words.value(share, "high")) : "",
				String.valueOf(share.get("origin")));
		}
		page.raw("</tbody></table>\n");
		if (none > 0) page.element("p class=\"small\"",
			"Single stains were also asked for " + none +
				" other pairs of channels, whose share could not be told from 0 and was not taken out.");
	}

	private static int dot(final int marker) {
		return TOP + BARS + STEP * marker + STEP / 2 + 4;
	}

	private String label(final Object id) {
		return summary.markers().stream().filter(m -> m.id().equals(id)).map(
			MarkerSummary::label).findFirst().orElse(String.valueOf(id));
	}

	private void head(final String... words) {
		page.raw("<table class=\"full\"><thead><tr>");
		for (final String word : words)
			page.element("th", word);
		page.raw("</tr></thead><tbody>\n");
	}

	private void row(final String... words) {
		page.raw("<tr>");
		for (final String word : words)
			page.element("td", word);
		page.raw("</tr>\n");
	}

	private static long whole(final Map<?, ?> values, final String key) {
		return ((Number) values.get(key)).longValue();
	}
}
