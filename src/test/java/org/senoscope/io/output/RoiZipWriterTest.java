
package org.senoscope.io.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.run.Cancellation;

import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.process.FloatPolygon;

/** Tests {@link RoiZipWriter}. */
class RoiZipWriterTest {

	@TempDir
	private Path folder;

	@Test
	void imageJReadsEveryOutlineBack() throws Exception {
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.KI67, 640, 480,
			300, "a.tif");
		final Map<String, Roi> rois = write(slide);
		assertEquals(slide.cells().size(), rois.size());
		for (final Cell cell : slide.cells()) {
			final Roi roi = rois.get("cell-" + cell.id() + ".roi");
			checkOutline(cell, roi);
			assertEquals(Long.toString(cell.id()), roi.getProperty("cell_id"));
			final boolean positive = slide.table().number(cell, "ki67_positive") == 1;
			assertEquals(positive ? 2 : 1, roi.getGroup());
			assertEquals(positive ? "Ki-67 positive" : "Ki-67 negative", roi
				.getProperty("class"));
		}
	}

	@Test
	void outlinesAreGroupedByPhenotypeWhereThePanelTellsStates()
		throws Exception
	{
		final SyntheticSlide slide = SyntheticSlide.ofPanel(800, 600, "p.tif",
			"sagal", "p21", "lmnb1");
		final Map<String, Roi> rois = write(slide);
		final Map<String, String> classes = new LinkedHashMap<>();
		final Map<String, Integer> groups = new LinkedHashMap<>();
		for (final Cell cell : slide.cells()) {
			final Roi roi = rois.get("cell-" + cell.id() + ".roi");
			final String phenotype = slide.table().text(cell, "phenotype");
			classes.putIfAbsent(phenotype, roi.getProperty("class"));
			groups.putIfAbsent(phenotype, roi.getGroup());
			assertEquals(classes.get(phenotype), roi.getProperty("class"));
			assertEquals(groups.get(phenotype), roi.getGroup());
		}
		assertEquals("consistent with senescence", classes.get("senescent"));
		assertEquals("indeterminate", classes.get("indeterminate"));
		assertEquals(groups.size(), groups.values().stream().distinct().count());
	}

	@Test
	void coordinatesBeyond16BitSurvive() throws Exception {
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.NUCLEI, 100, 100,
			0, "a.tif");
		slide.add(1, SyntheticSlide.ellipse(99000.25, 32767.5, 9, 7, 0.3));
		slide.add(2, SyntheticSlide.ellipse(70001.5, 98000.75, 9, 7, 0.3));
		final Map<String, Roi> rois = write(slide);
		for (final Cell cell : slide.cells())
			checkOutline(cell, rois.get("cell-" + cell.id() + ".roi"));
	}

	@Test
	void bytesAreTheSameInEveryRun() throws Exception {
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.SAGAL, 300, 200,
			30, "a.tif");
		write(slide);
		final byte[] first = Files.readAllBytes(file());
		write(slide);
		assertArrayEquals(first, Files.readAllBytes(file()));
	}

	@Test
	void moreOutlinesThanAPlainZipCountsAreReadBack() throws Exception {
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.NUCLEI, 8960,
			8000, 70000, "a.tif");
		assertTrue(slide.cells().size() > 65535);
		RoiZipWriter.write(slide, file(), new Cancellation());
		try (java.util.zip.ZipFile zip = new java.util.zip.ZipFile(file()
			.toFile()))
		{
			assertEquals(slide.cells().size(), zip.size());
		}
	}

	private static void checkOutline(final Cell cell, final Roi roi) {
		assertEquals("cell-" + cell.id(), roi.getName());
		final FloatPolygon polygon = roi.getFloatPolygon();
		assertEquals(cell.nucleus().corners(), polygon.npoints);
		for (int i = 0; i < polygon.npoints; i++) {
			// floats near 100,000 are 0.008 apart
			assertEquals(cell.nucleus().x()[i], polygon.xpoints[i], 0.01);
			assertEquals(cell.nucleus().y()[i], polygon.ypoints[i], 0.01);
		}
	}

	private Path file() {
		return folder.resolve("rois.zip");
	}

	private Map<String, Roi> write(final SyntheticSlide slide) throws Exception {
		RoiZipWriter.write(slide, file(), new Cancellation());
		final Map<String, Roi> rois = new LinkedHashMap<>();
		try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(
			file())))
		{
			for (ZipEntry entry; (entry = zip.getNextEntry()) != null;)
				rois.put(entry.getName(), RoiDecoder.openFromByteArray(zip
					.readAllBytes()));
		}
		return rois;
	}
}
