
package org.senoscope.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.run.SlideSummary;

/**
 * The part of the report that says how much of the analysed area, and of each
 * annotated region, X-gal has stained.
 */
final class SagalSection {

	private SagalSection() {}

	/** Adds the section to a page, where SA-β-gal was measured over an area. */
	@SuppressWarnings("unchecked")
	static void add(final Html page, final SlideSummary summary) {
		if (!(summary.assays().get("sagal") instanceof final Map<?, ?> assay) ||
			!(assay.get("regions") instanceof final List<?> regions)) return;
		page.raw("<section aria-labelledby=\"sagal\">\n").element("h2 id=\"sagal\"",
			"SA-β-gal by area");
		areas(page, (List<Map<String, Object>>) regions);
		final String from = String.valueOf(assay.get("cells_from"));
		page.element("p class=\"small\"",
			"A pixel counts as stained where stain separation and the teal score both find indigo, in or next to a dense granule. " +
				(from.startsWith("nuclei")
					? "Cells without a visible nucleus count here only, through area, and not among the positive cells."
					: from.startsWith("none")
						? "No nuclei were visible: cells count here only, through area."
						: "No nuclei were visible: cells come from the " + from +
							". What neither shows counts here only, through area."));
		if (summary.assays().get("sagal_ki67") instanceof final Map<?, ?> both) page
			.element("p", String.format(Locale.ROOT,
				"SA-β-gal-positive and Ki-67-negative: %s of %s cells (%.1f %%). Both positive: %s; Ki-67 alone: %s; neither: %s.",
				count(both, "sagal_positive_ki67_negative"), count(both, "cells"), both
					.get("sagal_positive_ki67_negative_percent"), count(both,
						"sagal_positive_ki67_positive"), count(both,
							"sagal_negative_ki67_positive"), count(both,
								"sagal_negative_ki67_negative")));
		page.raw("</section>\n");
	}

	/** Adds the table of stained area, region by region. */
	static void areas(final Html page, final List<Map<String, Object>> regions) {
		page.raw("<table><thead><tr>");
		for (final String head : new String[] { "Region", "Area, mm²", "Stained, %",
			"Stained, mm²", "Mean OD", "Integrated OD × µm²",
			"Too dense to be measured, %" })
			page.element("th scope=\"col\"", head);
		page.raw("</tr></thead><tbody>\n");
		for (final Map<String, Object> row : regions) {
			page.raw("<tr>").element("th scope=\"row\"", (String) row.get("region"));
			for (final String key : new String[] { "area_mm2", "area_percent",
				"stained_area_mm2", "mean_od", "integrated_od_um2",
				"saturated_percent" })
				page.element("td", number((double) row.get(key)));
			page.raw("</tr>\n");
		}
		page.raw("</tbody></table>\n");
	}

	private static String count(final Map<?, ?> counted, final String key) {
		return Words.count((long) counted.get(key));
	}

	private static String number(final double v) {
		return Double.isNaN(v) ? "–" : v != 0 && Math.abs(v) < 0.01 ? String.format(
			Locale.ROOT, "%.2g", v) : String.format(Locale.ROOT, v < 10 ? "%.3f"
				: "%.1f", v);
	}
}
