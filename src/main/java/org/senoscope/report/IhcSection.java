
package org.senoscope.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideSummary;

/**
 * The part of the report on one marker by immunohistochemistry or on
 * lipofuscin: what it speaks for, cells by strength, scores, and area.
 */
final class IhcSection {

	private IhcSection() {}

	/** Adds the section to a page, where such a marker was read. */
	@SuppressWarnings("unchecked")
	static void add(final Html page, final SlideSummary summary) {
		if (summary.assays().get("lipofuscin") instanceof final Map<?, ?> area &&
			area.get("regions") instanceof final List<?> regions)
		{
			page.raw("<section aria-labelledby=\"lipofuscin\">\n").element(
				"h2 id=\"lipofuscin\"", "Lipofuscin by area");
			SagalSection.areas(page, (List<Map<String, Object>>) regions);
			page.element("p class=\"small\"",
				"A pixel counts as granule from a written optical density on, whatever it lies in: macrophages and pigment between cells count here too.")
				.raw("</section>\n");
		}
		if (!(summary.assays().get("ihc") instanceof final Map<?, ?> said)) return;
		final MarkerSummary m = summary.markers().get(0);
		page.raw("<section aria-labelledby=\"ihc\">\n").element("h2 id=\"ihc\"", m
			.label());
		page.raw("<ul>\n");
		final List<Map<String, Object>> roles = (List<Map<String, Object>>) said
			.get("speaks_for");
		if (roles.isEmpty()) page.element("li",
			"The evidence definition gives it no weight: it is reported as it is.");
		for (final Map<String, Object> role : roles)
			page.element("li", (role.get("when").equals("negative") ? "Its absence"
				: "Its presence") + " speaks for " + role.get("axis_label") +
				", one axis of several.");
		if (!(boolean) said.get("counts_in_compartment")) page.element("li",
			"It was read in the " + said.get("compartment") +
				", where it has no weight as evidence.");
		if (m.measured() > 0) {
			page.element("li", String.format(Locale.ROOT, "Negative: %s of %s (%s).",
				Words.count((long) said.get("negative")), Words.count(m.measured()),
				Words.percent((double) said.get("negative_percent"))));
			page.element("li", "H-score " + Words.plain(m.hScore(), 3) +
				"; Allred proportion " + m.allredProportion() + ", intensity " + m
					.allredIntensity() +
				", as QuPath defines them; made for hormone receptors, shown for comparison.");
		}
		page.raw("</ul>\n</section>\n");
	}
}
