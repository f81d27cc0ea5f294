
package org.senoscope.io.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.PixelType;
import org.senoscope.core.image.PyramidLevel;
import org.senoscope.core.image.Region;
import org.senoscope.io.image.SmallTiff.Page;

/** The ways in which TIFF files keep samples, colours and levels. */
class TiffFormsTest {

	@TempDir
	Path folder;

	private Path file;

	private BioFormatsSource open(final SmallTiff tiff) throws IOException {
		file = tiff.write(folder.resolve("a.tif"));
		return ImageSources.open(file, OpenOptions.DEFAULTS);
	}

	@ParameterizedTest
	@CsvSource({ "8, 1, UINT8, 0, 200, 255", "8, 2, FLOAT, -128, -1, 127",
		"16, 1, UINT16, 0, 40000, 65535", "16, 2, FLOAT, -32768, -1, 32767",
		"32, 1, FLOAT, 0, 65536, 4294967040", "32, 2, FLOAT, -70000, -1, 70000",
		"32, 3, FLOAT, -1.5, 0.25, 1e30", "64, 3, FLOAT, -1.5, 0.25, 1e30" })
	void samplesOfEveryTypeKeepTheirValues(final int bits, final int format,
		final PixelType type, final double a, final double b, final double c)
		throws IOException
	{
		try (BioFormatsSource source = open(new SmallTiff().addGrey(3, 1, bits,
			format, SmallTiff.bytes(bits, format, a, b, c))))
		{
			assertEquals(type, source.info().type());
			final float[] values = new float[3];
			source.readChannel(0, 0, new Region(0, 0, 3, 1), values);
			assertArrayEquals(new float[] { (float) a, (float) b, (float) c },
				values);
		}
	}

	@Test
	void planarRgbAndSixteenBitRgbAreRgb() throws IOException {
		try (BioFormatsSource source = open(new SmallTiff().add(new Page(2, 1, 3, 8,
			SmallTiff.UNSIGNED, SmallTiff.RGB, true, false, "", new byte[] { 1, 2, 3,
				4, 5, 6 }))))
		{
			assertArrayEquals(new byte[] { 1, 3, 5, 2, 4, 6 }, rgb(source));
		}
		try (BioFormatsSource source = open(new SmallTiff().add(new Page(2, 1, 3,
			16, SmallTiff.UNSIGNED, SmallTiff.RGB, false, false, "", SmallTiff.bytes(
				16, SmallTiff.UNSIGNED, 256, 512, 65535, 0, 300, 25600)))))
		{
			assertArrayEquals(new byte[] { 1, 2, (byte) 255, 0, 1, 100 }, rgb(
				source));
			assertTrue(source.info().warnings().toString().contains("16-bit"));
		}
	}

	@Test
	void alphaIsLeftOut() throws IOException {
		try (BioFormatsSource source = open(new SmallTiff().add(new Page(2, 1, 4, 8,
			SmallTiff.UNSIGNED, SmallTiff.RGB, false, false, "", new byte[] { 1, 2, 3,
				-1, 4, 5, 6, -1 }))))
		{
			assertArrayEquals(new byte[] { 1, 2, 3, 4, 5, 6 }, rgb(source));
		}
	}

	private static byte[] rgb(final BioFormatsSource source) {
		assertTrue(source.info().rgb());
		assertEquals(3, source.info().channels().size());
		final byte[] rgb = new byte[(int) (3 * source.info().bounds().size())];
		source.readRgb(0, source.info().bounds(), rgb);
		return rgb;
	}

	@Test
	void pagesOfFallingSizeAreLevelsOfOnePicture() throws IOException {
		for (final boolean marked : new boolean[] { true, false }) {
			try (BioFormatsSource source = open(new SmallTiff().addRgb(401, 200,
				false, "", 10, 20, 30).addRgb(200, 100, marked, "", 11, 21, 31).addRgb(
					100, 50, marked, "", 12, 22, 32)))
			{
				assertEquals(List.of(new PyramidLevel(401, 200, 1), new PyramidLevel(
					200, 100, 2), new PyramidLevel(100, 50, 4)), source.info().levels(),
					"pages marked as reduced: " + marked);
				assertEquals(1, ImageSources.list(file).size());
				for (int level = 0; level < 3; level++) {
					final byte[] pixel = new byte[3];
					source.readRgb(level, new Region(99, 49, 1, 1), pixel);
					assertArrayEquals(new byte[] { (byte) (10 + level), (byte) (20 +
						level), (byte) (30 + level) }, pixel);
				}
			}
		}
	}

	@Test
	void pagesOfAnotherShapeAreSeriesOfTheirOwn() throws IOException {
		try (BioFormatsSource source = open(new SmallTiff().addRgb(400, 200, false,
			"", 1, 2, 3).addRgb(100, 100, false, "", 4, 5, 6)))
		{
			assertEquals(1, source.info().levels().size());
			final List<ImageInfo> pictures = ImageSources.list(file);
			assertEquals(2, pictures.size());
			assertEquals(100, pictures.get(1).width());
			assertEquals(1, pictures.get(1).series());
		}
		try (BioFormatsSource second = ImageSources.open(file, OpenOptions.DEFAULTS
			.withSeries(2)))
		{
			assertEquals(4, rgb(second)[0]);
		}
	}

	@Test
	void reducedPagesThatAreLabelsAreNoLevels() throws IOException {
		try (BioFormatsSource source = open(new SmallTiff().addRgb(400, 200, false,
			"", 1, 2, 3).addRgb(200, 100, true, "label 200x100", 4, 5, 6)))
		{
			assertEquals(1, source.info().levels().size());
		}
	}

	@Test
	void palettesAreExpandedAndFalseColoursAreNot() throws IOException {
		final byte[] indices = { 0, 7, 100 };
		try (BioFormatsSource source = open(new SmallTiff().add(new Page(3, 1, 1, 8,
			SmallTiff.UNSIGNED, SmallTiff.PALETTE, false, false, "", indices))))
		{
			final byte[] expected = new byte[9];
			for (int i = 0; i < 9; i++)
				expected[i] = (byte) SmallTiff.palette(indices[i / 3], i % 3);
			assertArrayEquals(expected, rgb(source));
		}
		try (BioFormatsSource source = open(new SmallTiff().add(new Page(3, 1, 1, 8,
			SmallTiff.UNSIGNED, SmallTiff.PALETTE, false, false, "ramp", indices))))
		{
			assertFalse(source.info().rgb());
			final float[] values = new float[3];
			source.readChannel(0, 0, source.info().bounds(), values);
			assertArrayEquals(new float[] { 0, 7, 100 }, values);
		}
	}

	@Test
	void theStatedScaleOfAperioIsBelieved() throws IOException {
		try (BioFormatsSource source = open(new SmallTiff().addRgb(40, 20, false,
			"Exported|AppMag = 20|MPP = 0.4990|x", 1, 2, 3)))
		{
			assertEquals(0.499, source.info().pixelSizeUm());
		}
		try (BioFormatsSource source = open(new SmallTiff().addRgb(40, 20, false,
			"", 1, 2, 3)))
		{
			assertFalse(source.info().hasPixelSize());
		}
	}
}
