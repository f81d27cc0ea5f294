
package org.senoscope.report;

import java.util.Map;

import org.senoscope.core.cell.Column;
import org.senoscope.core.run.SlideResult;

/**
 * The part of the report that says what was found inside nuclei: foci, their
 * size and contrast, and how many nuclei look dividing or dying.
 */
final class FociSection {

	private FociSection() {}

	/** Adds the section to a page, nothing where no foci were measured. */
	static void add(final Html page, final SlideResult result) {
		if (!(result.summary().assays().get(
			"foci") instanceof final Map<?, ?> foci)) return;
		page.raw("<section aria-labelledby=\"foci\">\n").element("h2 id=\"foci\"",
			"Foci in nuclei").element("p", Words.count(count(foci, "nuclei")) +
				" nuclei, of which " + Words.count(count(foci, "mitotic")) +
				" look mitotic, " + Words.count(count(foci, "apoptotic")) +
				" apoptotic, and " + Words.count(count(foci, "pan_nuclear_gh2ax")) +
				" have pan-nuclear γH2AX. The means below are over the other " + Words
					.count(count(foci, "other_nuclei")) +
				"; every focus stands in foci.csv.");
		page.raw(
			"<table class=\"full\"><thead><tr><th>Reading of a nucleus</th><th>Mean</th></tr></thead><tbody>\n");
		if (foci.get("means_over_other_nuclei") instanceof final Map<?, ?> means)
			for (final Column c : result.table().columns())
			if (means.get(c.name()) instanceof final Number mean && !Double.isNaN(mean
				.doubleValue())) page.raw("<tr>").element("th scope=\"row\"", c
					.meaning()).element("td", Words.plain(mean.doubleValue(), 3)).raw(
						"</tr>\n");
		page.raw("</tbody></table>\n</section>\n");
	}

	private static long count(final Map<?, ?> foci, final String key) {
		return foci.get(key) instanceof final Number n ? n.longValue() : 0;
	}
}
