
package org.senoscope.io.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.Column;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.TableStyle;
import org.senoscope.core.run.Cancellation;

/** Tests {@link CellsCsvWriter}. */
class CellsCsvWriterTest {

	@TempDir
	private Path folder;

	private final SyntheticSlide slide = new SyntheticSlide(AssayKind.KI67, 640,
		480, 300, "a \"b\", c.tif");

	@Test
	void everyValueIsReadBack() throws Exception {
		final List<List<String>> rows = rows(TableStyle.SENOSCOPE);
		assertEquals(slide.table().columns().stream().map(Column::name).toList(),
			rows.get(0));
		assertEquals(slide.cells().size() + 1, rows.size());
		for (int r = 1; r < rows.size(); r++) {
			final Cell cell = slide.cells().get(r - 1);
			assertEquals(rows.get(0).size(), rows.get(r).size());
			for (int c = 0; c < rows.get(r).size(); c++) {
				final String text = rows.get(r).get(c);
				final double number = cell.numbers()[c];
				switch (slide.table().columns().get(c).type()) {
					case TEXT -> assertEquals(cell.texts()[c] == null ? "" : cell
						.texts()[c], text);
					case BOOLEAN -> assertEquals(number == 1 ? "true" : "false", text);
					case INTEGER -> assertEquals(Long.toString((long) number), text);
					case NUMBER -> {
						if (Double.isNaN(number)) assertEquals("", text);
						else assertEquals(number, Double.parseDouble(text), 1e-6 * Math.abs(
							number));
					}
				}
			}
		}
	}

	@Test
	void bytesAreTheSameInEveryRunAndLocale() throws Exception {
		final byte[] first = bytes(TableStyle.SENOSCOPE);
		final Locale usual = Locale.getDefault();
		try {
			Locale.setDefault(Locale.GERMANY);
			assertArrayEquals(first, bytes(TableStyle.SENOSCOPE));
		}
		finally {
			Locale.setDefault(usual);
		}
		final String text = new String(first, StandardCharsets.UTF_8);
		assertFalse(text.contains("\r"));
		assertTrue(text.contains("\n\"a \"\"b\"\", c.tif\",1,"), text.substring(0,
			900));
	}

	@Test
	void anEmptySlideHasAHeader() throws Exception {
		final SyntheticSlide empty = new SyntheticSlide(AssayKind.SAGAL, 100, 100,
			0, "x.tif");
		final Path file = folder.resolve("empty.csv");
		CellsCsvWriter.write(empty, TableStyle.SENOSCOPE, file, new Cancellation());
		final String text = Files.readString(file);
		assertTrue(text.startsWith("image,cell_id,cell_uuid,centroid_x_px,"));
		assertEquals(text.length() - 1, text.indexOf('\n'));
	}

	@Test
	void quPathNamesStandFirstAndNothingIsLost() throws Exception {
		final List<List<String>> rows = rows(TableStyle.QUPATH);
		assertEquals(List.of("Image", "Object ID", "Object type", "Name",
			"Classification", "Parent", "ROI", "Centroid X µm", "Centroid Y µm"), rows
				.get(0).subList(0, 9));
		final int dab = rows.get(0).indexOf("Nucleus: DAB: Mean");
		final Cell cell = slide.cells().get(4);
		final List<String> row = rows.get(5);
		assertEquals(slide.table().number(cell, "ki67_nucleus_mean"), Double
			.parseDouble(row.get(dab)), 1e-6);
		assertEquals(slide.table().number(cell, "ki67_positive") == 1
			? "Ki-67 positive" : "Ki-67 negative", row.get(4));
		assertEquals("Cell", row.get(2));
		// each own column is there, under one name or the other, and four that
		// only QuPath has (the region is the parent)
		assertEquals(slide.table().columns().size() + 4, rows.get(0).size());
	}

	@Test
	void scimapFindsMarkersBeforeTheCentroid() throws Exception {
		final List<List<String>> rows = rows(TableStyle.SCIMAP);
		assertEquals(List.of("CellID", "ki67", "X_centroid", "Y_centroid", "Area",
			"MajorAxisLength", "MinorAxisLength", "Eccentricity", "Solidity",
			"Extent", "Orientation", "imageid"), rows.get(0).subList(0, 12));
		final Cell cell = slide.cells().get(0);
		// 0.5 µm a pixel: four pixels a µm2
		assertEquals(4 * slide.table().number(cell, "nucleus_area_um2"), Double
			.parseDouble(rows.get(1).get(4)), 1e-3);
		// an ellipse fills π/4 of a box along its axes, a turned one less
		final double extent = Double.parseDouble(rows.get(1).get(9));
		assertTrue(extent > 0.5 && extent < 0.8, () -> "extent " + extent);
	}

	@Test
	void orientationIsMeasuredFromTheVerticalAxis() {
		final PolygonShape shape = new PolygonShape();
		// long along y, along x, and along the falling diagonal (x and y grow)
		assertEquals(0, shape.of(SyntheticSlide.ellipse(50, 60, 4, 9, 0))
			.orientation(), 1e-6);
		assertEquals(Math.PI / 2, Math.abs(shape.of(SyntheticSlide.ellipse(50, 60,
			9, 4, 0)).orientation()), 1e-6);
		assertEquals(Math.PI / 4, shape.of(SyntheticSlide.ellipse(50, 60, 9, 4,
			Math.PI / 4)).orientation(), 1e-6);
	}

	@Test
	void fastGetsItsColumnsOnly() throws Exception {
		assertEquals(List.of("image", "cell_ID", "Nuclear_Area", "Ki67"), rows(
			TableStyle.FAST).get(0));
		final SyntheticSlide sagal = new SyntheticSlide(AssayKind.SAGAL, 100, 100,
			3, "x.tif");
		final Path file = folder.resolve("fast.csv");
		CellsCsvWriter.write(sagal, TableStyle.FAST, file, new Cancellation());
		assertEquals("image,cell_ID,Nuclear_Area,SABGal", Files.readAllLines(file)
			.get(0));
	}

	@Test
	void aCancelledWriteStops() {
		final Cancellation cancellation = new Cancellation();
		cancellation.request();
		assertThrows(CancellationException.class, () -> CellsCsvWriter.write(slide,
			TableStyle.SENOSCOPE, folder.resolve("c.csv"), cancellation));
	}

	private byte[] bytes(final TableStyle style) throws Exception {
		final Path file = folder.resolve("cells.csv");
		CellsCsvWriter.write(slide, style, file, new Cancellation());
		return Files.readAllBytes(file);
	}

	private List<List<String>> rows(final TableStyle style) throws Exception {
		return parse(new String(bytes(style), StandardCharsets.UTF_8));
	}

	/** RFC 4180. */
	private static List<List<String>> parse(final String text) {
		final List<List<String>> rows = new ArrayList<>();
		List<String> row = new ArrayList<>();
		final StringBuilder value = new StringBuilder();
		boolean quoted = false;
		for (int i = 0; i < text.length(); i++) {
			final char c = text.charAt(i);
			if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i +
				1) == '"') value.append(text.charAt(i++));
			else if (c == '"') quoted = !quoted;
			else if (!quoted && (c == ',' || c == '\n')) {
				row.add(value.toString());
				value.setLength(0);
				if (c == '\n') {
					rows.add(row);
					row = new ArrayList<>();
				}
			}
			else value.append(c);
		}
		return rows;
	}
}
