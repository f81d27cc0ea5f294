
package org.senoscope.io.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.senoscope.core.UserException;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.Tissue;
import org.senoscope.core.run.Progress;

import loci.common.services.ServiceFactory;
import loci.formats.FormatTools;
import loci.formats.ImageReader;
import loci.formats.meta.IMetadata;
import loci.formats.services.OMEXMLService;

class PhantomWriterTest {

	@TempDir
	Path folder;

	private static void write(final PhantomKind kind, final Path out,
		final int width, final int height, final int threads)
	{
		PhantomWriter.write(kind, out, 1, width, height, 5, threads,
			Progress.SILENT);
	}

	/** A file as Bio-Formats sees it. */
	private static ImageReader open(final Path file) throws Exception {
		final ImageReader reader = new ImageReader();
		reader.setFlattenedResolutions(false);
		reader.setMetadataStore(new ServiceFactory().getInstance(
			OMEXMLService.class).createOMEXMLMetadata());
		reader.setId(file.toString());
		return reader;
	}

	@ParameterizedTest
	@EnumSource(PhantomKind.class)
	void sameArgumentsGiveSameBytesForAnyNumberOfThreads(final PhantomKind kind)
		throws IOException
	{
		write(kind, folder.resolve("a"), 1100, 530, 1);
		write(kind, folder.resolve("b"), 1100, 530, 3);
		try (Stream<Path> files = Files.walk(folder.resolve("a"))) {
			final List<Path> all = files.filter(Files::isRegularFile).toList();
			assertEquals(kind == PhantomKind.PANEL ? 8
				: kind == PhantomKind.XGAL_DAPI || kind.pixelSizeUm() < 0.2 ? 5 : 4, all
					.size());
			for (final Path f : all) {
				assertArrayEquals(Files.readAllBytes(f), Files.readAllBytes(folder
					.resolve("b").resolve(folder.resolve("a").relativize(f))), f
						.toString());
			}
		}
	}

	@Test
	void slideOpensInBioFormatsWithLevelsAndPixelSize() throws Exception {
		final int width = 1801, height = 1033;
		write(PhantomKind.SLIDE, folder, width, height, 2);
		final byte[] drawn = new byte[3 * 300 * 200];
		new Tissue(5, width, height, 0.5, false).render(900, 700, 300, 200, drawn);
		try (ImageReader r = open(folder.resolve("images/slide_01.ome.tif"))) {
			assertEquals(1, r.getSeriesCount());
			assertEquals(3, r.getResolutionCount());
			assertEquals(0.5, ((IMetadata) r.getMetadataStore())
				.getPixelsPhysicalSizeX(0).value().doubleValue(), 1e-9);
			assertEquals(width, r.getSizeX());
			assertEquals(height, r.getSizeY());
			assertTrue(r.isRGB());
			// JPEG changes grey levels a little, positions not at all.
			assertEquals(0, meanDifference(drawn, interleaved(r, 900, 700, 300, 200)),
				6);
			r.setResolution(1);
			assertEquals(901, r.getSizeX());
			assertEquals(517, r.getSizeY());
			final byte[] half = new byte[3 * 150 * 100];
			for (int i = 0; i < half.length; i++) {
				final int c = i % 3, x = i / 3 % 150, y = i / 3 / 150;
				int sum = 2;
				for (int k = 0; k < 4; k++) {
					sum += drawn[3 * ((2 * y + k / 2) * 300 + 2 * x + k % 2) + c] & 0xff;
				}
				half[i] = (byte) (sum / 4);
			}
			assertEquals(0, meanDifference(half, interleaved(r, 450, 350, 150, 100)),
				5);
			r.setResolution(2);
			assertEquals(451, r.getSizeX());
			assertEquals(259, r.getSizeY());
			// The last, partly filled tile is the picture, not its padding.
			assertEquals(3 * 20, interleaved(r, 431, 258, 20, 1).length);
		}
	}

	private static byte[] interleaved(final ImageReader r, final int x,
		final int y, final int w, final int h) throws Exception
	{
		final byte[] bytes = r.openBytes(0, x, y, w, h);
		if (r.isInterleaved()) return bytes;
		final byte[] rgb = new byte[bytes.length];
		for (int i = 0; i < w * h; i++) {
			for (int c = 0; c < 3; c++) {
				rgb[3 * i + c] = bytes[c * w * h + i];
			}
		}
		return rgb;
	}

	private static double meanDifference(final byte[] a, final byte[] b) {
		assertEquals(a.length, b.length);
		double sum = 0;
		for (int i = 0; i < a.length; i++) {
			sum += Math.abs((a[i] & 0xff) - (b[i] & 0xff));
		}
		return sum / a.length;
	}

	@Test
	void labelsAndFluorescenceKeepEveryValue() throws Exception {
		write(PhantomKind.XGAL_DAPI, folder, 300, 333, 1);
		final PhantomField f = Phantoms.field(PhantomKind.XGAL_DAPI, 300, 333, 5);
		final String[] files = { "labels/xgal-dapi_01.ome.tif",
			"images/xgal-dapi_01_dapi.ome.tif" };
		for (int k = 0; k < 2; k++) {
			try (ImageReader r = open(folder.resolve(files[k]))) {
				assertEquals(2, FormatTools.getBytesPerPixel(r.getPixelType()));
				assertEquals(k == 0 ? "nuclei" : "DAPI", ((IMetadata) r
					.getMetadataStore()).getChannelName(0, 0));
				final byte[] bytes = r.openBytes(0);
				for (int i = 0; i < 300 * 333; i++) {
					final int v = bytes[2 * i] & 0xff | (bytes[2 * i + 1] & 0xff) << 8;
					assertEquals(k == 0 ? f.labels()[i] : f.dapi()[i], v, files[k] +
						" at " + i);
				}
			}
		}
	}

	@Test
	void truthTableCountsTheRowsOfTheCellTable() throws IOException {
		write(PhantomKind.HDAB, folder, 400, 400, 1);
		write(PhantomKind.SLIDE, folder, 700, 700, 2);
		final List<String> truth = Files.readAllLines(folder.resolve("truth.csv"));
		assertEquals(3, truth.size());
		for (final String line : truth.subList(1, 3)) {
			final String[] values = line.split(",", -1);
			final String name = values[0].replace(".ome.tif", "");
			final List<String> cells = Files.readAllLines(folder.resolve("cells")
				.resolve(name + ".csv"));
			assertEquals(Long.parseLong(values[6]), cells.size() - 1);
			assertEquals(Long.parseLong(values[7]), cells.stream().filter(c -> c
				.endsWith(",true")).count());
			assertTrue(cells.get(cells.size() - 1).startsWith(cells.size() - 1 + ","),
				"ids count from 1");
		}
	}

	@Test
	void imagesOfACallFollowTheSeed() throws IOException {
		PhantomWriter.write(PhantomKind.DAPI, folder.resolve("two"), 2, 128, 128, 5,
			1, Progress.SILENT);
		PhantomWriter.write(PhantomKind.DAPI, folder.resolve("one"), 1, 128, 128, 6,
			1, Progress.SILENT);
		assertEquals(Files.readString(folder.resolve("two/cells/dapi_02.csv")),
			Files.readString(folder.resolve("one/cells/dapi_01.csv")));
	}

	@Test
	void senselessSizesAreRefusedInOneLine() {
		final UserException small = assertThrows(UserException.class, () -> write(
			PhantomKind.HDAB, folder.resolve("x"), 10, 400, 1));
		assertTrue(small.getMessage().contains("10x400"), small.getMessage());
		final UserException large = assertThrows(UserException.class, () -> write(
			PhantomKind.HDAB, folder.resolve("x"), 40_000, 40_000, 1));
		assertTrue(large.getMessage().contains("slide"), large.getMessage());
		assertFalse(Files.exists(folder.resolve("x")));
	}

	@Test
	void aRepeatedPictureTilesThePlane() {
		final byte[] small = { 1, 2, 3, 4, 5, 6 };
		final byte[] out = new byte[3 * 3 * 2];
		TileProvider.repeated(small, 2, 1).read(1, 7, 3, 2, out);
		assertArrayEquals(new byte[] { 4, 5, 6, 1, 2, 3, 4, 5, 6, 4, 5, 6, 1, 2, 3,
			4, 5, 6 }, out);
	}

	@Test
	void aPictureBecomesASlideOfAnySize() throws Exception {
		// 64 x 32 px: left half blue, right half brown.
		final BufferedImage picture = new BufferedImage(64, 32,
			BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < 32; y++) {
			for (int x = 0; x < 64; x++) {
				picture.setRGB(x, y, x < 32 ? 0x4060b0 : 0x805030);
			}
		}
		final Path png = folder.resolve("tissue.png");
		ImageIO.write(picture, "png", png.toFile());
		final Path slide = folder.resolve("tissue.ome.tif");
		PictureSlide.write(png, slide, 1100, 700, 0.5);
		try (ImageReader r = open(slide)) {
			assertEquals(1100, r.getSizeX());
			assertEquals(700, r.getSizeY());
			assertEquals(3, r.getResolutionCount());
			final byte[] rgb = interleaved(r, 1036, 600, 20, 1);
			// Column 1036 is column 12 of the 17th repeat: blue.
			assertEquals(0x40, rgb[0] & 0xff, 8);
			assertEquals(0xb0, rgb[2] & 0xff, 8);
		}
		assertTrue(assertThrows(UserException.class, () -> PictureSlide.write(slide
			.resolveSibling("none.png"), slide, 100, 100, 0.5)).getMessage().contains(
				"none.png"));
	}
}
