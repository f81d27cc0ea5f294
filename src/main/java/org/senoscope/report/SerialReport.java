
package org.senoscope.report;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.registration.DensityRegistration;
import org.senoscope.core.registration.RigidTransform;
import org.senoscope.core.spatial.RegionCooccurrence.Tile;

/**
 * {@code serial-report.html}: where two sections of a block lie on each other,
 * the share of positive cells of each in the same squares, and how the two go
 * together. One page that loads nothing.
 */
public final class SerialReport {

	private static final int MAP_PX = 420, SCATTER_PX = 420, MARGIN = 46;
	private static final float QUALITY = 0.9f;

	private final Html page = new Html();
	private final Map<String, Object> said;
	private final List<Tile> tiles;
	private final double tileUm;

	private SerialReport(final Map<String, Object> said, final List<Tile> tiles,
		final double tileUm)
	{
		this.said = said;
		this.tiles = tiles;
		this.tileUm = tileUm;
	}

	/**
	 * Makes the page.
	 *
	 * @param said what {@code serial.json} holds
	 * @param tiles squares that were compared
	 * @param tileUm their side in µm
	 * @param first cells of the first section
	 * @param second cells of the second section
	 * @param transform where places of the first lie in the second
	 * @param version version of the software
	 */
	public static String of(final Map<String, Object> said,
		final List<Tile> tiles, final double tileUm,
		final DensityRegistration.Section first,
		final DensityRegistration.Section second, final RigidTransform transform,
		final String version)
	{
		final SerialReport r = new SerialReport(said, tiles, tileUm);
		r.build(overlay(first, second, transform), first, version);
		return r.page.toString();
	}

	private void build(final BufferedImage overlay,
		final DensityRegistration.Section first, final String version)
	{
		final Map<?, ?> a = (Map<?, ?>) said.get("first"), b = (Map<?, ?>) said.get(
			"second"), lies = (Map<?, ?>) said.get("registration");
		page.raw(
			"<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
			.element("title", "Serial sections – " + a.get("image") + ", " + b.get(
				"image")).raw("<style>\n" + HtmlReport.resource("report.css") +
					"</style>\n</head>\n<body>\n<main>\n<header>\n<div>\n").element(
						"p class=\"brand\"", "Senoscope").element("h1",
							"Serial sections, region by region").element("p class=\"image\"",
								a.get("label") + " on " + a.get("image") + "; " + b.get(
									"label") + " on " + b.get("image")).raw(
										"</div>\n<div class=\"ruo\"><strong>Research use only</strong><span>Not for diagnosis or treatment decisions</span></div>\n</header>\n");
		page.raw("<section>\n").element("h2", "Result").raw(
			"<div class=\"marker\"><div class=\"main\">");
		final double r = (double) said.get("spearman");
		page.element("p class=\"figure\"", Double.isNaN(r) ? "–" : number(r, 2))
			.element("p class=\"statement\"",
				"rank correlation (Spearman) of the shares of positive cells in " + said
					.get("tiles") + " squares of " + Words.plain(tileUm, 4, "µm") +
					" that both sections show");
		if (!Double.isNaN(r)) page.element("p class=\"interval\"",
			"95 % interval " + number((double) said.get("spearman_low"), 2) + " to " +
				number((double) said.get("spearman_high"), 2) +
				" – by drawing groups of neighbouring squares, which are alike.")
			.element("p class=\"counts\"", "Both shares above their median in " +
				number((double) said.get("both_high_percent"), 1) +
				" % of the squares; " + number((double) said.get(
					"both_high_expected_percent"), 1) +
				" % if they had nothing to do with each other.");
		page.raw("</div></div>\n</section>\n");
		final List<?> warnings = (List<?>) said.get("warnings");
		if (!warnings.isEmpty()) {
			page.raw("<section class=\"warnings\">\n").element("h2",
				"Read before use").raw("<ul>\n");
			warnings.forEach(w -> page.element("li", (String) w));
			page.raw("</ul>\n</section>\n");
		}
		page.raw("<section>\n").element("h2",
			"Share of positive cells, square by square").raw(
				"<div class=\"pair\">\n");
		map(0, a, first);
		map(1, b, first);
		page.raw("</div>\n<div class=\"pair\">\n");
		scatter(a, b);
		page.raw(
			"<figure><img alt=\"Cell density of both sections laid on each other\" src=\"" +
				Picture.dataUri(overlay, QUALITY) + "\">").element("figcaption",
					"Density of cells: first section magenta, second green, both white or grey. Where colours part, the sections do not lie on each other.")
			.raw("</figure>\n</div>\n</section>\n");
		page.raw("<section>\n").element("h2", "How the sections lie").raw(
			"<table class=\"full\">\n");
		final double[] shift = (double[]) lies.get("shift_um");
		row("Registered by", lies.get("origin") + (lies.get("origin").equals(
			"given") ? "" : " (shift and rotation, no reflection, no bending)"));
		row("Rotation", number((double) lies.get("rotation_degrees"), 2) + "°");
		row("Shift after it", number(shift[0], 1) + ", " + number(shift[1], 1) +
			" µm");
		if (lies.get("density_correlation_in_tissue") instanceof final Double c) {
			row("Correlation of cell density", number((double) lies.get(
				"density_correlation"), 2) + "; within tissue " + number(c, 2));
			row("Tissue shared", number((double) lies.get("tissue_shared_percent"),
				0) + " %");
		}
		row("Squares need", said.get("least_cells") +
			" called cells of each section");
		page.raw("</table>\n</section>\n<section>\n").element("h2",
			"What these numbers do not say").raw("<ul>\n").element("li",
				"Sections hold other cells: nothing is said of markers in one cell, only of regions in which both are frequent. For cells, stain both markers on one section.")
			.element("li",
				"What varies together over a section need not belong together: fixation, staining and necrosis do so too.")
			.element("li",
				"Bent, torn or stretched sections are laid on each other no better than rigid ones can be: look at the density picture.")
			.raw("</ul>\n</section>\n<footer>").element("p", "Senoscope " + version +
				" · Research use only. Not a medical device; not for diagnosis or treatment decisions.")
			.raw("</footer>\n</main>\n</body>\n</html>\n");
	}

	private void row(final String what, final String value) {
		page.raw("<tr>").element("th scope=\"row\"", what).element("td", value).raw(
			"</tr>\n");
	}

	/** Squares in the frame of the first section. */
	private void map(final int section, final Map<?, ?> of,
		final DensityRegistration.Section frame)
	{
		final double most = Math.max(1, tiles.stream().mapToDouble(t -> t.percent(
			section)).max().orElse(1));
		// whole squares, also where they reach beyond the picture
		final double width = tileUm * Math.ceil(frame.widthUm() / tileUm), height =
			tileUm * Math.ceil(frame.heightUm() / tileUm);
		final double scale = MAP_PX / Math.max(width, height);
		final StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
			"<figure><svg class=\"chart\" viewBox=\"0 0 %d %.0f\" role=\"img\" aria-label=\"map\">\n<rect x=\"0\" y=\"0\" width=\"%.1f\" height=\"%.1f\" fill=\"#f3f6f9\"/>\n",
			MAP_PX, scale * height + 40, scale * width, scale * height));
		for (final Tile t : tiles)
			svg.append(String.format(Locale.ROOT,
				"<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>\n",
				scale * tileUm * t.column(), scale * tileUm * t.row(), scale * tileUm,
				scale * tileUm, colour(t.percent(section) / most)));
		for (int i = 0; i < 60; i++)
			svg.append(String.format(Locale.ROOT,
				"<rect x=\"%.1f\" y=\"%.1f\" width=\"2.1\" height=\"12\" fill=\"%s\"/>\n",
				40 + 2.0 * i, scale * height + 12, colour(i / 59.0)));
		svg.append(String.format(Locale.ROOT,
			"<text x=\"20\" y=\"%1$.1f\">0</text><text x=\"168\" y=\"%1$.1f\">%2$.0f %%</text></svg>",
			scale * height + 23, most));
		page.raw(svg.toString()).element("figcaption", of.get("label") + ", " + of
			.get("image") + (section == 0 ? "" : ", laid on the first section")).raw(
				"</figure>\n");
	}

	/** From pale to dark, also for colour-blind readers. */
	private static String colour(final double share) {
		final double t = Math.max(0, Math.min(1, share));
		return String.format("#%02x%02x%02x", (int) (236 - 200 * t), (int) (231 -
			190 * t), (int) (242 - 120 * t));
	}

	private void scatter(final Map<?, ?> a, final Map<?, ?> b) {
		final double mx = Math.max(1, tiles.stream().mapToDouble(t -> t.percent(0))
			.max().orElse(1)), my = Math.max(1, tiles.stream().mapToDouble(t -> t
				.percent(1)).max().orElse(1));
		final int inner = SCATTER_PX - MARGIN - 10;
		final StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
			"<figure><svg class=\"chart\" viewBox=\"0 0 %1$d %1$d\" role=\"img\" aria-label=\"scatter\">\n<path d=\"M%2$d 10V%3$dH%4$d\" fill=\"none\" stroke=\"#22313f\"/>\n",
			SCATTER_PX, MARGIN, 10 + inner, MARGIN + inner));
		for (final Tile t : tiles)
			svg.append(String.format(Locale.ROOT,
				"<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.2\" fill=\"#c46a1b\" fill-opacity=\"0.65\"/>\n",
				MARGIN + inner * t.percent(0) / mx, 10 + inner * (1 - t.percent(1) /
					my)));
		svg.append(String.format(Locale.ROOT,
			"<text x=\"%d\" y=\"%d\">0</text><text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.0f %%</text><text x=\"%d\" y=\"20\" text-anchor=\"end\">%.0f %%</text>\n",
			MARGIN - 4, 28 + inner, MARGIN + inner, 28 + inner, mx, MARGIN - 4, my));
		svg.append(String.format(Locale.ROOT,
			"<text class=\"axis\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text><text class=\"axis\" transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text></svg>",
			MARGIN + inner / 2, 28 + inner, Html.escape(a.get("label").toString()),
			10 + inner / 2, Html.escape(b.get("label").toString())));
		page.raw(svg.toString()).element("figcaption",
			"Each dot a square: share of positive cells of the first section across, of the second up.")
			.raw("</figure>\n");
	}

	/** Cells of both, each square of the picture as bright as there are many. */
	private static BufferedImage overlay(final DensityRegistration.Section first,
		final DensityRegistration.Section second, final RigidTransform t)
	{
		final double um = Math.max(first.widthUm(), first.heightUm()) / MAP_PX * 2;
		final int w = (int) Math.ceil(first.widthUm() / um), h = (int) Math.ceil(
			first.heightUm() / um);
		final double[][] n = new double[2][w * h];
		final RigidTransform turn = new RigidTransform(-t.angle(), 0, 0);
		for (int i = 0; i < first.x().length; i++)
			count(n[0], w, h, first.x()[i] / um, first.y()[i] / um);
		for (int i = 0; i < second.x().length; i++) {
			final double dx = second.x()[i] - t.dx(), dy = second.y()[i] - t.dy();
			count(n[1], w, h, turn.x(dx, dy) / um, turn.y(dx, dy) / um);
		}
		final double[] full = { typical(n[0]), typical(n[1]) };
		final BufferedImage image = new BufferedImage(w, h,
			BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < w * h; i++) {
			final int a = (int) Math.min(255, 255 * n[0][i] / full[0]), b = (int) Math
				.min(255, 255 * n[1][i] / full[1]);
			image.setRGB(i % w, i / w, a << 16 | b << 8 | a);
		}
		return Picture.resized(image, 2 * w, 2 * h);
	}

	/** Spreads a cell over the squares around it. */
	private static void count(final double[] n, final int w, final int h,
		final double x, final double y)
	{
		for (int v = (int) Math.floor(y) - 2; v <= y + 2; v++)
			for (int u = (int) Math.floor(x) - 2; u <= x + 2; u++)
				if (u >= 0 && v >= 0 && u < w && v < h) n[v * w + u] += Math.exp(-((u +
					0.5 - x) * (u + 0.5 - x) + (v + 0.5 - y) * (v + 0.5 - y)) / 2);
	}

	private static double typical(final double[] n) {
		double sum = 0, squares = 0;
		for (final double v : n) {
			sum += v;
			squares += v * v;
		}
		return sum == 0 ? 1 : 1.6 * squares / sum;
	}

	private static String number(final double v, final int decimals) {
		return String.format(Locale.ROOT, "%." + decimals + "f", v);
	}
}
