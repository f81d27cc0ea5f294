
package org.senoscope.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.io.output.SyntheticSlide;

/** Tests {@link HtmlReport} and the picks of its fields. */
class HtmlReportTest {

	@TempDir
	private Path folder;

	@Test
	void ki67NumbersStandInTheReportAndScoresDoNot() throws Exception {
		final SyntheticSlide slide = slide(AssayKind.KI67);
		final String html = write(slide);
		final String text = text(html);
		final MarkerSummary m = slide.summary().markers().get(0);
		assertTrue(text.contains(m.statement()));
		assertTrue(text.contains(Words.percent(m.positivePercent())));
		assertTrue(text.contains(Words.range(m.ciLowPercent(), m.ciHighPercent())));
		assertTrue(text.contains("Counting error only (Wilson): " + Words.range(m
			.countingLowPercent(), m.countingHighPercent())));
		assertTrue(text.contains(Words.count(m.positive()) + " positive of " + Words
			.count(m.measured())));
		assertTrue(text.contains("Research use only"));
		assertTrue(text.contains("Gate 0.2 – fixed: the built-in protocol"));
		assertTrue(text.contains(
			"classical segmentation, typical nucleus diameter 10\u00a0µm"));
		assertTrue(text.contains("DAB (0.27, 0.57, 0.78)"));
		assertFalse(text.contains("H-score"));
		assertFalse(text.contains("Allred"));
		for (final String warning : slide.summary().warnings())
			assertTrue(text.contains(warning.substring(1)), warning);
	}

	@Test
	void sagalShowsTheStainedArea() throws Exception {
		final String text = text(write(slide(AssayKind.SAGAL)));
		assertTrue(text.contains("12.3\u00a0%"));
		assertTrue(text.contains("stained share of the analysed area"));
		assertTrue(text.contains(
			"no cell is called senescent from SA-β-gal alone"));
	}

	@Test
	void evidenceIsShownAxisByAxisWithWhatCannotBeTold() throws Exception {
		final String text = text(write(SyntheticSlide.ofPanel(800, 600, "p.tif",
			"sagal", "p21", "lmnb1")));
		for (final String part : List.of("consistent with senescence",
			"arrested; senescent or dormant not resolved", "indeterminate",
			"stromal cells show the evidence of senescence", "Lysosome",
			"cannot be told: such cells are indeterminate", "nuclear p27 and NR2F1",
			"Of all markers, nuclear p27 would help most",
			"Measured in no cell: DNA damage, SASP, quiescence programme",
			"Consensus procedure", "Research use only.", "senoscope-evidence 1.0.0"))
			assertTrue(text.contains(part), part);
	}

	@Test
	void disseminatedTumourCellsAreListedWithTheirPictures() throws Exception {
		final SyntheticSlide slide = SyntheticSlide.ofPanel(96, 64, "dtc.tif",
			"nr2f1");
		final org.senoscope.core.protocol.Protocol dtc = ProtocolOverrides.apply(
			slide.protocol(), java.util.Map.of("specimen.kind", "dtc"));
		final String html = write(slide.with(dtc));
		final String text = text(html);
		final long tumour = slide.cells().stream().filter(c -> slide.table().text(c,
			"lineage").equals("tumour")).count();
		assertTrue(tumour > 0 && tumour < 10, "" + tumour);
		// the made-up table has no column of NR2F1
		assertTrue(text.contains(tumour + " tumour cells; NR2F1 was not measured."),
			text);
		assertTrue(html.contains("alt=\"Cell 2\""));
		assertFalse(text(write(SyntheticSlide.ofPanel(96, 64, "p.tif", "nr2f1")))
			.contains("Disseminated"));
	}

	@Test
	void withoutLineageTheReportSaysWhyNoCellIsCalled() throws Exception {
		assertTrue(text(write(slide(AssayKind.KI67))).contains(
			"No cell was called"));
		assertFalse(text(write(slide(AssayKind.NUCLEI))).contains(
			"Phenotypes and evidence"));
	}

	@Test
	void withoutNucleiOnlyTheStainedAreaIsShown() throws Exception {
		final String text = text(write(new SyntheticSlide(AssayKind.SAGAL, 300, 200,
			0, "area.tif")));
		assertTrue(text.contains("12.3\u00a0%"));
		assertTrue(text.contains("No cell was measured, so no share"));
		assertFalse(text.contains("0 positive of 0"));
	}

	@Test
	void segmentationHasNoPercentage() throws Exception {
		final String text = text(write(slide(AssayKind.NUCLEI)));
		assertTrue(text.contains("Nuclear area"));
		assertTrue(text.contains("eosin – found from the image: mostly pink"));
		assertFalse(text.contains("positive"));
		assertFalse(text.contains("resamplings"));
	}

	@Test
	void aSlideWithoutCellsHasAReport() throws Exception {
		final String text = text(write(new SyntheticSlide(AssayKind.KI67, 300, 200,
			0, "empty.tif")));
		assertTrue(text.contains("not known"));
		assertTrue(text.contains("No part of the picture holds enough cells"));
	}

	@Test
	void nothingIsLoadedAndNoTextBecomesMarkup() throws Exception {
		final String html = write(slide(AssayKind.KI67));
		assertFalse(html.contains("<script"));
		assertFalse(html.contains("<link"));
		assertFalse(html.contains("http:"));
		assertFalse(html.contains("https:"));
		assertFalse(html.contains("@import"));
		assertFalse(html.contains("url("));
		final Matcher source = Pattern.compile("(src|href)=\"([^\"]{0,11})")
			.matcher(html);
		int pictures = 0;
		for (; source.find(); pictures++)
			assertEquals("data:image/", source.group(2));
		assertTrue(pictures > 6, () -> html.length() + " characters");
		assertTrue(html.contains("a &lt;b&gt; &amp; c.svs"));
		assertFalse(html.contains("<b> & c"));
		assertTrue(html.contains("given as 0.5 µm &lt;by hand&gt;"));
	}

	@Test
	void everyPictureHasWordsAndOpens() throws Exception {
		final String html = write(slide(AssayKind.KI67));
		final Matcher image = Pattern.compile(
			"<img width=\"(\\d+)\" height=\"(\\d+)\" alt=\"([^\"]+)\" src=\"data:image/jpeg;base64,([^\"]+)\"")
			.matcher(html);
		final List<String> alts = new ArrayList<>();
		while (image.find()) {
			final BufferedImage picture = ImageIO.read(new ByteArrayInputStream(Base64
				.getDecoder().decode(image.group(4))));
			assertEquals(Integer.parseInt(image.group(1)), picture.getWidth());
			assertEquals(Integer.parseInt(image.group(2)), picture.getHeight());
			alts.add(image.group(3));
		}
		assertEquals(html.split("<img ").length - 1, alts.size());
		assertTrue(alts.contains("Field A, the picture alone"), alts.toString());
	}

	@Test
	void pageIsWellFormed() throws Exception {
		for (final AssayKind assay : AssayKind.values()) {
			// void elements closed, the page is XML
			final String xml = write(slide(assay)).replace("<!DOCTYPE html>\n", "")
				.replaceAll("<(meta|img)( [^>]*)>", "<$1$2/>");
			assertEquals("html", DocumentBuilderFactory.newInstance()
				.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(
					java.nio.charset.StandardCharsets.UTF_8))).getDocumentElement()
				.getTagName());
		}
	}

	@Test
	void theSameResultGivesTheSameBytes() throws Exception {
		assertEquals(write(slide(AssayKind.SAGAL)), write(slide(AssayKind.SAGAL)));
	}

	@Test
	void fieldsArePickedByTheirRule() {
		// positive cells grow more frequent to the right
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.KI67, 3000, 1000,
			Integer.MAX_VALUE, "a.tif");
		final List<ReportField> fields = FieldPicks.of(slide, new Cancellation());
		assertEquals(5, fields.size());
		final ReportField most = fields.get(0), lowest = fields.get(3);
		assertTrue(most.region().x() > lowest.region().x() + 1000);
		assertTrue(most.positive() > lowest.positive());
		final double share = slide.summary().markers().get(0).positivePercent();
		assertEquals(share, 100.0 * fields.get(1).positive() / fields.get(1)
			.cells(), 4);
		// 250 µm of 0.5 µm pixels
		for (final ReportField field : fields) {
			assertEquals(500, field.region().width());
			assertEquals(field.region(), field.region().intersect(slide.image()
				.bounds()));
		}
		assertEquals(5, fields.stream().map(ReportField::region).distinct()
			.count());
	}

	@Test
	void scaleBarsAreRound() {
		assertEquals("50 µm", ScaleBar.forWidth(250).label());
		assertEquals("20 µm", ScaleBar.forWidth(230).label());
		assertEquals("2 mm", ScaleBar.forWidth(12000).label());
		assertEquals("0.5 µm", ScaleBar.forWidth(4).label());
	}

	@Test
	void numbersAreWrittenForPeople() {
		assertEquals("18.4\u00a0%", Words.percent(18.437));
		assertEquals("0.84\u00a0%", Words.percent(0.837));
		assertEquals("0.0\u00a0%", Words.percent(0));
		assertEquals("6,706", Words.count(6706));
		assertEquals("0.0123", Words.number(0.012345, 3));
		assertEquals("12,346", Words.number(12345.6, 3));
		assertEquals("0.25", Words.plain(0.25, 4));
		assertEquals("600", Words.plain(600, 4));
		assertEquals("not known", Words.number(Double.NaN, 3));
	}

	private static SyntheticSlide slide(final AssayKind assay) {
		return new SyntheticSlide(assay, 800, 600, Integer.MAX_VALUE,
			"a <b> & c.svs");
	}

	private String write(final SyntheticSlide slide) throws Exception {
		final Path file = folder.resolve("report.html");
		HtmlReport.write(slide, slide, "1.2.3", file, new Cancellation());
		assertTrue(Files.size(file) < 8_000_000, () -> "large");
		return Files.readString(file);
	}

	/** What a reader sees. */
	private static String text(final String html) {
		return html.replaceAll("(?s)<style>.*?</style>", "").replaceAll("<[^>]*>",
			"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
	}
}
