
package org.senoscope.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.run.SlideResult;

/**
 * The part of the report that says how further staining rounds were laid over
 * the first.
 */
final class RoundsSection {

	private RoundsSection() {}

	/** Adds the section to a page, nothing where there is one round. */
	static void add(final Html page, final SlideResult result) {
		if (!(result.record().get("rounds") instanceof final List<?> rounds))
			return;
		page.raw("<section aria-labelledby=\"rounds\">\n").element(
			"h2 id=\"rounds\"", "Staining rounds").raw("<table><thead><tr>");
		for (final String head : new String[] { "Round", "Channels",
			"Shift, pixels", "Rotation", "Residual, pixels" })
			page.element("th scope=\"col\"", head);
		page.raw("</tr></thead><tbody>\n");
		for (final Object one : rounds) {
			final Map<?, ?> round = (Map<?, ?>) one;
			page.raw("<tr>").element("th scope=\"row\"", "" + round.get("round"))
				.element("td", String.join(", ", ((List<?>) round.get("channels"))
					.stream().map(String::valueOf).toList())).element("td", number(round,
						"shift_x_px", "%.1f") + ", " + number(round, "shift_y_px", "%.1f"))
				.element("td", number(round, "rotation_degrees", "%.2f°")).element("td",
					number(round, "residual_px", "%.2f")).raw("</tr>\n");
		}
		page.raw("</tbody></table>\n").element("p class=\"small\"",
			"Every round was laid over the first by its nuclei. The residual is how far windows of the picture still lie off, root mean square. Only the part of the field that all rounds show was analysed.")
			.raw("</section>\n");
	}

	private static String number(final Map<?, ?> round, final String key,
		final String format)
	{
		return round.get(key) instanceof final Number n && !Double.isNaN(n
			.doubleValue()) ? String.format(Locale.ROOT, format, n.doubleValue())
				: "–";
	}
}
