
package org.senoscope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.senoscope.core.image.Channel;
import org.senoscope.core.image.Display;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.Overview;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.CellClass;
import org.senoscope.core.run.CellClasses;
import org.senoscope.core.run.Histogram;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideResult;
import org.senoscope.core.run.SlideSummary;
import org.senoscope.io.output.OutputErrors;

/**
 * Writes {@code report.html}: the slide report, one page that holds everything
 * in itself (pictures inlined, no script, nothing loaded) and prints on A4.
 * Shows the numbers of {@code summary.json}, never a path, and the image under
 * the name that the result carries. Depends on the result, the pixels and the
 * version only: the same run gives the same bytes.
 */
public final class HtmlReport {

	private static final int OVERVIEW_PX = 1200;
	private static final double LETTER_PX = 44;
	private static final int FIELD_PX = 840;
	/** Fields are enlarged this much at most. */
	private static final double LARGEST_ZOOM = 4;
	/** Width of outlines; pictures are shown at about half their size. */
	private static final double LINE_PX = 2.4;
	private static final float FIELD_QUALITY = 0.86f;
	private static final float OVERVIEW_QUALITY = 0.85f;

	private final SlideResult result;
	private final SlideSummary summary;
	private final ImageInfo info;
	private final Display display;
	private final String version;
	private final Cancellation cancellation;
	private final Html page = new Html();

	private HtmlReport(final SlideResult result, final PixelSource pixels,
		final String version, final Cancellation cancellation)
	{
		this.result = result;
		this.version = version;
		this.cancellation = cancellation;
		summary = result.summary();
		info = result.image();
		display = Display.of(pixels);
	}

	/**
	 * Writes the report.
	 *
	 * @param result the slide
	 * @param pixels its pixels
	 * @param version version of the software
	 * @param file where to
	 * @param cancellation checked between cells
	 * @throws org.senoscope.core.UserException if pixels cannot be read or the
	 *           file cannot be written
	 */
	public static void write(final SlideResult result, final PixelSource pixels,
		final String version, final Path file, final Cancellation cancellation)
	{
		final HtmlReport report = new HtmlReport(result, pixels, version,
			cancellation);
		report.build();
		try {
			Files.writeString(file, report.page.toString(), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw OutputErrors.of(file, e);
		}
	}

	private void build() {
		final List<ReportField> fields = FieldPicks.of(result, cancellation);
		page.raw("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n" +
			"<meta charset=\"utf-8\">\n" +
			"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
			"<meta name=\"generator\" content=\"Senoscope " + Html.escape(version) +
			"\">\n");
		page.element("title", title() + " – " + summary.image());
		page.raw("<style>\n" + resource("report.css") +
			"</style>\n</head>\n<body>\n" + "<main>\n");
		header();
		headline();
		warnings();
		overview(fields);
		fields(fields);
		if (summary.evidence() != null) EvidenceSection.add(page, summary
			.evidence());
		RareCellSection.add(page, result, display, cancellation);
		LabellingSection.add(page, summary);
		SagalSection.add(page, summary);
		IhcSection.add(page, summary);
		CostainSection.add(page, summary);
		FociSection.add(page, result);
		RoundsSection.add(page, result);
		ControlSection.add(page, summary);
		ArtefactSection.add(page, result);
		distribution();
		ReportFacts.add(page, result, version);
		footer();
		page.raw("</main>\n</body>\n</html>\n");
	}

	private String title() {
		return switch (result.protocol().assay()) {
			case KI67 -> "Ki-67 labelling report";
			case SAGAL -> "SA-β-gal staining report";
			case SAHF -> "SAHF report";
			case IHC -> "Immunohistochemistry report";
			case LIPOFUSCIN -> "Lipofuscin report";
			case DNA_DAMAGE_FOCI -> "DNA-damage foci report";
			case COSTAIN -> "Marker co-stain report";
			case NUCLEI -> "Nucleus segmentation report";
		};
	}

	private void header() {
		page.raw("<header>\n<div>\n").element("p class=\"brand\"", "Senoscope")
			.element("h1", title()).element("p class=\"image\"", summary.image()).raw(
				"</div>\n<div class=\"ruo\"><strong>Research use only</strong>" +
					"<span>Not for diagnosis or treatment decisions</span></div>\n</header>\n");
	}

	private void headline() {
		page.raw("<section aria-labelledby=\"result\">\n").element(
			"h2 id=\"result\"", "Result");
		if (result.isPartial()) page.element("p class=\"partial\"",
			"Partial result: parts of the slide could not be read. The warnings below say which.");
		for (final MarkerSummary marker : summary.markers())
			marker(marker);
		page.raw("<div class=\"tiles\">\n");
		final Double density = summary.numbers().get("cells_per_mm2");
		// without a density over an area, nothing showed nuclei
		final boolean sought = density == null || !density.isNaN() || summary
			.cells() > 0;
		tile(sought ? Words.count(summary.cells()) : "not measured",
			"cells (nuclei) found");
		tile(Words.number(summary.analysedAreaMm2(), 3, "mm²"), "analysed area");
		if (density != null && sought) tile(Words.number(density, 3, "per mm²"),
			"cell density");
		final Double area = summary.numbers().get("nucleus_area_mean_um2");
		if (area != null && sought) tile(Words.number(area, 3, "µm²"),
			"mean nuclear area");
		page.raw("</div>\n</section>\n");
	}

	private void tile(final String number, final String words) {
		page.raw("<div class=\"tile\">").element("b", number).element("span", words)
			.raw("</div>\n");
	}

	private void marker(final MarkerSummary m) {
		page.raw("<div class=\"marker\">\n");
		if (m.measured() > 0 || Double.isNaN(m.areaPercent())) share(m);
		if (!Double.isNaN(m.areaPercent())) {
			page.raw("<div class=\"main\">");
			page.element("p class=\"figure\"", Words.percent(m.areaPercent()));
			page.element("p class=\"statement\"", m.label() +
				": stained share of the analysed area, measured at full resolution");
			page.element("p class=\"counts\"", Words.number(m.stainedAreaMm2(), 3,
				"mm²") + " stained; mean optical density over the area " + Words.number(
					m.meanOd(), 3));
			if (m.measured() == 0) page.element("p class=\"small\"",
				"No cell was measured, so no share of positive cells is given.");
			page.raw("</div>\n");
		}
		page.raw("</div>\n");
		if (m.classCounts() != null && m.measured() > 0) grades(m);
	}

	/** The share of positive cells. */
	private void share(final MarkerSummary m) {
		page.raw("<div class=\"main\">");
		page.element("p class=\"figure\"", Words.percent(m.positivePercent()));
		page.element("p class=\"statement\"", m.statement());
		page.raw("<p class=\"interval\">");
		if (Double.isNaN(m.ciLowPercent())) page.text(
			"No interval can be given: too few cells were measured.");
		else page.text("95 % interval ").raw("<b>" + Html.escape(Words.range(m
			.ciLowPercent(), m.ciHighPercent())) + "</b>").text(
				" – how far the figure would move if other parts of the same specimen had been counted.");
		page.raw("</p>\n").element("p class=\"counts\"", Words.count(m.positive()) +
			" positive of " + Words.count(m.measured()) + " measured cells");
		page.element("p class=\"small\"",
			"Interval by spatial bootstrap: whole squares of the slide are drawn again and again, because neighbouring cells resemble each other. " +
				"Counting error only (Wilson): " + Words.range(m.countingLowPercent(), m
					.countingHighPercent()) +
				". Neither covers differences between sections, stainings, scanners or gates.");
		page.raw("</div>\n");
	}

	/** Grades explain the colours of the outlines; no score is made of them. */
	private void grades(final MarkerSummary m) {
		page.raw("<p class=\"grades\">").text("By strength of staining: ");
		final String[] names = { "negative", "1+", "2+", "3+" };
		for (int i = 0; i < Math.min(names.length, m.classCounts().length); i++)
			page.text((i == 0 ? "" : " · ") + names[i] + " " + Words.count(m
				.classCounts()[i]) + " (" + Words.percent(100.0 * m.classCounts()[i] / m
					.measured()) + ")");
		page.text(". Every cell from 1+ counts as positive, whatever its strength.")
			.raw("</p>\n");
	}

	private void warnings() {
		final List<String> warnings = summary.warnings();
		if (warnings.isEmpty()) {
			page.raw("<section class=\"fine\" aria-label=\"Quality\">").element("p",
				"Quality control: no warnings.").raw("</section>\n");
			return;
		}
		page.raw("<section class=\"warnings\" aria-labelledby=\"warnings\">\n")
			.element("h2 id=\"warnings\"", warnings.size() == 1
				? "One warning: read before use" : warnings.size() +
					" warnings: read before use").raw("<ul>\n");
		for (final String warning : warnings)
			page.element("li", sentence(warning));
		page.raw("</ul>\n</section>\n");
	}

	private static String sentence(final String text) {
		if (text.isEmpty()) return text;
		final String start = Character.toUpperCase(text.charAt(0)) + text.substring(
			1);
		return start.endsWith(".") ? start : start + ".";
	}

	private void overview(final List<ReportField> fields) {
		final Overview overview = result.overview();
		final double scale = Math.min(2, (double) OVERVIEW_PX / Math.max(overview
			.width(), overview.height()));
		final int width = Math.max(1, (int) Math.round(overview.width() * scale));
		final int height = Math.max(1, (int) Math.round(overview.height() * scale));
		final boolean outlined = TissueOutline.isNeeded(overview);
		page.raw("<section aria-labelledby=\"overview\">\n").element(
			"h2 id=\"overview\"", "Overview").raw("<div class=\"pair\">\n");
		final BufferedImage small = Picture.resized(Picture.of(overview), width,
			height);
		final BufferedImage seen = Picture.resized(small, width, height);
		final ScaleBar bar = overviewBar(overview, width, scale);
		annotate(seen, overview, scale, outlined, bar, fields);
		figure(seen, OVERVIEW_QUALITY, "Overview of the whole picture" + (outlined
			? " with the border of the analysed area" : "") + (fields.isEmpty() ? ""
				: " and the places of the enlarged fields"), "The whole picture. " +
					(outlined ? "Green line: border of the analysed area. "
						: "All of it was analysed. ") + (fields.isEmpty() ? ""
							: "Squares: the fields enlarged below. ") + "Scale bar " + bar
								.label() + ".");
		if (summary.cells() > 0) {
			final BufferedImage map = CellMap.draw(result, small, cancellation);
			annotate(map, overview, scale, outlined, bar, List.of());
			figure(map, OVERVIEW_QUALITY, "Map of the cells found, coloured by class",
				"Where the cells are, each a dot in the colour of its class; where dots fall together, their mean colour. Scale bar " +
					bar.label() + ".");
		}
		page.raw("</div>\n");
		legend(CellClasses.graded(result).shown());
		channelLegend();
		page.raw("</section>\n");
	}

	/** Which channel has which colour where several are added up. */
	private void channelLegend() {
		final List<Channel> channels = info.channels();
		if (info.rgb() || channels.size() < 2) return;
		page.raw("<p class=\"legend\">").text("Colours of channels, added up: ");
		for (final Channel c : channels)
			key(c.rgb(), c.name());
		page.raw("</p>\n");
	}

	private void key(final int rgb, final String name) {
		page.raw(String.format(
			"<span class=\"key\"><i style=\"border-color:#%06x\"></i>", rgb)).text(
				name).raw("</span> ");
	}

	private ScaleBar overviewBar(final Overview overview, final int width,
		final double scale)
	{
		return ScaleBar.forWidth(width / scale * overview.downsample() * summary
			.pixelSizeUm());
	}

	private void annotate(final BufferedImage image, final Overview overview,
		final double scale, final boolean outlined, final ScaleBar bar,
		final List<ReportField> fields)
	{
		final Graphics2D g = Picture.smooth(image);
		if (outlined) TissueOutline.draw(g, overview, scale, 2);
		LabellingSection.draw(g, summary, scale / overview.downsample());
		for (final ReportField field : fields)
			box(g, field, scale / overview.downsample());
		bar.draw(g, image.getWidth(), image.getHeight(), scale / overview
			.downsample() / summary.pixelSizeUm());
		g.dispose();
	}

	private static void box(final Graphics2D g, final ReportField field,
		final double scale)
	{
		final Rectangle2D box = new Rectangle2D.Double(field.region().x() * scale,
			field.region().y() * scale, field.region().width() * scale, field.region()
				.height() * scale);
		g.setStroke(new BasicStroke(9));
		g.setColor(new Color(0, 0, 0, 150));
		g.draw(box);
		g.setStroke(new BasicStroke(4.5f));
		g.setColor(Color.WHITE);
		g.draw(box);
		final double size = LETTER_PX;
		final double x = box.getX(), y = box.getY() > size ? box.getY() - size : box
			.getY();
		g.setColor(new Color(0, 0, 0, 200));
		g.fill(new Rectangle2D.Double(x, y, size, size));
		Lettering.size(g, 0.75 * size, true);
		final String letter = String.valueOf(field.letter());
		Lettering.write(g, letter, x + (size - Lettering.width(g, letter)) / 2, y +
			0.77 * size, Color.WHITE);
	}

	private void figure(final BufferedImage image, final float quality,
		final String alt, final String caption)
	{
		page.raw("<figure><img width=\"" + image.getWidth() + "\" height=\"" + image
			.getHeight() + "\" alt=\"" + Html.escape(alt) + "\" src=\"" + Picture
				.dataUri(image, quality) + "\">").element("figcaption", caption).raw(
					"</figure>\n");
	}

	private void legend(final List<CellClass> classes) {
		page.raw("<p class=\"legend\">").text("Colours of outlines and dots: ");
		for (final CellClass c : classes)
			key(c.rgb(), c.name());
		page.raw("</p>\n");
	}

	private void fields(final List<ReportField> fields) {
		page.raw("<section aria-labelledby=\"fields\">\n").element(
			"h2 id=\"fields\"", "Enlarged fields");
		if (fields.isEmpty()) {
			page.element("p",
				"No part of the picture holds enough cells to be shown.").raw(
					"</section>\n");
			return;
		}
		page.element("p",
			"Picked by rule, not by hand: the picture is divided into squares of " +
				Words.plain(fields.get(0).region().width() * summary.pixelSizeUm(), 3,
					"µm") +
				", and each rule takes the square that fits it best among those left. Left: the picture alone. " +
				"Right: the same with the outlines that were measured" + (cellsDrawn()
					? " (thick: nucleus; thin: cell)." : "."));
		for (final ReportField field : fields)
			field(field);
		page.raw("</section>\n");
	}

	private boolean cellsDrawn() {
		return result.protocol().assay() == AssayKind.SAGAL;
	}

	private void field(final ReportField field) {
		final double scale = Math.min(LARGEST_ZOOM, (double) FIELD_PX / field
			.region().width());
		final BufferedImage plain = Picture.of(display, info, field.region(),
			scale);
		final BufferedImage drawn = Picture.resized(plain, plain.getWidth(), plain
			.getHeight());
		final Graphics2D g = Picture.smooth(drawn);
		new OutlinePainter(result, cellsDrawn()).draw(g, field.region(), scale,
			LINE_PX);
		g.dispose();
		final double pxPerUm = scale / summary.pixelSizeUm();
		final ScaleBar bar = ScaleBar.forWidth(plain.getWidth() / pxPerUm);
		for (final BufferedImage image : List.of(plain, drawn)) {
			final Graphics2D on = Picture.smooth(image);
			bar.draw(on, image.getWidth(), image.getHeight(), pxPerUm);
			on.dispose();
		}
		page.raw("<div class=\"field\">\n").element("h3", "Field " + field
			.letter() + " – " + field.reason());
		page.raw("<div class=\"pair\">\n");
		picture(plain, "Field " + field.letter() + ", the picture alone");
		picture(drawn, "Field " + field.letter() +
			" with outlines coloured by class: " + counts(field));
		page.raw("</div>\n").element("p class=\"caption\"", counts(field) +
			". Upper left corner at " + Words.plain(field.region().x() * summary
				.pixelSizeUm(), 4) + ", " + Words.plain(field.region().y() * summary
					.pixelSizeUm(), 4) + " µm. Scale bar " + bar.label() + ".").raw(
						"</div>\n");
	}

	private String counts(final ReportField field) {
		final String cells = Words.count(field.cells()) + " cells";
		if (summary.markers().isEmpty()) return cells;
		return cells + ", " + Words.count(field.positive()) + " positive (" + Words
			.percent(100.0 * field.positive() / field.cells()) + "), " + Words.count(
				field.nearGate()) + " within " + Math.round(100 * FieldPicks.NEAR) +
			" % of the gate";
	}

	private void picture(final BufferedImage image, final String alt) {
		page.raw("<img width=\"" + image.getWidth() + "\" height=\"" + image
			.getHeight() + "\" alt=\"" + Html.escape(alt) + "\" src=\"" + Picture
				.dataUri(image, FIELD_QUALITY) + "\">\n");
	}

	private void distribution() {
		if (summary.cells() == 0) return;
		page.raw("<section aria-labelledby=\"distribution\">\n").element(
			"h2 id=\"distribution\"", "Distribution");
		for (final MarkerSummary m : summary.markers()) {
			if (m.histogram() == null) continue;
			page.raw("<figure class=\"wide\">").raw(HistogramFigure.svg(m.histogram(),
				m.gate(), sentence(m.reading()).replaceAll("\\.$", ""),
				"Histogram of " + m.reading() + " with the gate at " + Words.plain(m
					.gate(), 3) + "; " + Words.percent(m.positivePercent()) +
					" of the cells are positive")).element("figcaption", m.label() +
						", " + Words.count(m.measured()) + " cells. Gate " + Words.plain(m
							.gate(), 3) + " – " + m.gateOrigin() +
						". Cells beyond the ends of the axis stand in the outermost bars.")
				.raw("</figure>\n");
		}
		if (summary.markers().isEmpty()) page.raw("<figure class=\"wide\">").raw(
			HistogramFigure.svg(nucleusAreas(), Double.NaN, "Nuclear area (µm²)",
				"Histogram of nuclear areas")).element("figcaption",
					"Areas of all nuclei. Nuclei beyond the ends of the axis stand in the outermost bars.")
			.raw("</figure>\n");
		page.raw("</section>\n");
	}

	private Histogram nucleusAreas() {
		final int column = result.table().index("nucleus_area_um2");
		final long[] counts = new long[2000];
		result.forEachCell(cell -> {
			cancellation.check();
			final double area = cell.numbers()[column];
			if (area >= 0) counts[(int) Math.min(counts.length - 1, area)]++;
		});
		return new Histogram(0, 1, counts);
	}

	private void footer() {
		page.raw("<footer>").element("p", "Senoscope " + version +
			" · Research use only. Not a medical device; not for diagnosis or treatment decisions.")
			.raw("</footer>\n");
	}

	/** Returns the text of a file that reports are made of. */
	static String resource(final String name) {
		try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
