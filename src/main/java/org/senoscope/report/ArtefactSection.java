
package org.senoscope.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.artefact.ArtefactKind;
import org.senoscope.core.artefact.ArtefactMap;
import org.senoscope.core.image.Overview;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideResult;

/**
 * The part of the report that says which artefacts were left out, how large
 * they are and what that does to each figure, with a picture of where they are.
 */
final class ArtefactSection {

	private static final int PICTURE_PX = 900;

	private ArtefactSection() {}

	/** Adds the section to a page, nothing where no artefacts were sought. */
	static void add(final Html page, final SlideResult result) {
		if (!(result.summary().assays().get(
			"artefacts") instanceof final List<?> ledger)) return;
		page.raw("<section aria-labelledby=\"artefacts\">\n").element(
			"h2 id=\"artefacts\"", "Artefacts left out");
		final List<String> absent = new ArrayList<>();
		final StringBuilder rows = new StringBuilder();
		for (final Object one : ledger) {
			final Map<?, ?> entry = (Map<?, ?>) one;
			final ArtefactKind kind = ArtefactKind.valueOf(entry.get("kind")
				.toString().toUpperCase(Locale.ROOT));
			if (number(entry, "area_mm2") > 0) rows.append(row(kind, entry, result));
			else absent.add(kind.label());
		}
		if (rows.length() > 0) {
			page.raw("<table class=\"full\"><thead><tr>");
			for (final String word : new String[] { "Artefact", "Area",
				"Share of the analysed area", "Cells on it",
				"What taking it off does" })
				page.element("th", word);
			page.raw("</tr></thead><tbody>\n" + rows + "</tbody></table>\n");
			page.raw("<figure><img alt=\"Where artefacts were left out\" src=\"" +
				Picture.dataUri(picture(result), 0.8f) + "\"><figcaption>").text(
					"Where they are, in the colours of the table; as regions in artefacts.geojson, to be opened over the slide.")
				.raw("</figcaption></figure>\n");
		}
		if (!absent.isEmpty()) page.element("p", "Looked for and not found: " +
			String.join(", ", absent) + ".");
		page.element("p class=\"small\"",
			"Area under an artefact counts in no figure; a cell that touches one stays in the table with the flag artefact and counts in no percentage. Each kind can be switched off in the protocol (artefacts).");
		page.raw("</section>\n");
	}

	private static String row(final ArtefactKind kind, final Map<?, ?> entry,
		final SlideResult result)
	{
		final List<String> effects = new ArrayList<>();
		for (final Object one : (List<?>) entry.get("effects")) {
			final Map<?, ?> e = (Map<?, ?>) one;
			final String label = result.summary().markers().stream().filter(m -> m
				.id().equals(e.get("marker"))).map(MarkerSummary::label).findFirst()
				.orElse("");
			effects.add(String.format(Locale.ROOT, "%s %s %.1f → %.1f %%", label, e
				.get("figure").equals("area_percent") ? "stained area"
					: "positive cells", number(e, "before"), number(e, "after")));
		}
		return "<tr><td><span style=\"display:inline-block;width:.8em;height:.8em;background:#" +
			String.format("%06x", kind.rgb()) + "\"></span> " + Html.escape(kind
				.label()) + "</td><td>" + Html.escape(Words.number(number(entry,
					"area_mm2"), 2, "mm²")) + "</td><td>" + Html.escape(Words.percent(
						number(entry, "percent_of_area"))) + "</td><td>" + Words.count(
							(long) number(entry, "cells")) + "</td><td>" + Html.escape(String
								.join("; ", effects)) + "</td></tr>\n";
	}

	private static BufferedImage picture(final SlideResult result) {
		final Overview overview = result.overview();
		final double scale = Math.min(1, (double) PICTURE_PX / Math.max(overview
			.width(), overview.height()));
		final BufferedImage out = Picture.resized(Picture.of(overview), Math.max(1,
			(int) (overview.width() * scale)), Math.max(1, (int) (overview.height() *
				scale)));
		final ArtefactMap map = result.artefacts();
		for (int y = 0; y < out.getHeight(); y++)
			for (int x = 0; x < out.getWidth(); x++) {
				final int kind = map.at((int) ((x + 0.5) * result.image().width() / out
					.getWidth()), (int) ((y + 0.5) * result.image().height() / out
						.getHeight()));
				if (kind == 0) continue;
				final int a = out.getRGB(x, y), b = ArtefactKind.values()[kind - 1]
					.rgb();
				// half of each colour: the tissue stays to be seen
				out.setRGB(x, y, (a >> 1 & 0x7f7f7f) + (b >> 1 & 0x7f7f7f));
			}
		return out;
	}

	private static double number(final Map<?, ?> values, final String key) {
		return values.get(key) instanceof final Number n ? n.doubleValue()
			: Double.NaN;
	}
}
