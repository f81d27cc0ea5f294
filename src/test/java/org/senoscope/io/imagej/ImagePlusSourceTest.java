
package org.senoscope.io.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.IndexColorModel;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.senoscope.core.UserException;
import org.senoscope.core.image.Channel;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.PixelType;
import org.senoscope.core.image.Region;
import org.senoscope.io.image.OpenOptions;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;

/** Images of 3 x 2 pixels, or of 300 x 200 where tiles matter. */
class ImagePlusSourceTest {

	private static final OpenOptions SMALL_TILES = new OpenOptions(1, "best", 1,
		64, 0, 1);

	private static ImagePlusSource source(final ImagePlus image) {
		return new ImagePlusSource(image, OpenOptions.DEFAULTS);
	}

	private static ImagePlus image(final ImageProcessor processor) {
		return new ImagePlus("cells.tif", processor);
	}

	private static float[] channel(final PixelSource source, final int channel) {
		final float[] values = new float[(int) source.info().bounds().size()];
		source.readChannel(0, channel, source.info().bounds(), values);
		return values;
	}

	@Test
	void greyImagesKeepTheirValues() {
		final PixelSource bytes = source(image(new ByteProcessor(3, 2, new byte[] {
			0, 1, 2, 127, (byte) 128, (byte) 255 })));
		assertEquals(PixelType.UINT8, bytes.info().type());
		assertArrayEquals(new float[] { 0, 1, 2, 127, 128, 255 }, channel(bytes,
			0));
		final PixelSource shorts = source(image(new ShortProcessor(3, 2,
			new short[] { 0, 1, 2, 32767, (short) 40000, (short) 65535 }, null)));
		assertEquals(PixelType.UINT16, shorts.info().type());
		assertArrayEquals(new float[] { 0, 1, 2, 32767, 40000, 65535 }, channel(
			shorts, 0));
		final float[] real = { -1.5f, 0, 0.25f, 1e6f, 3, 4 };
		final PixelSource floats = source(image(new FloatProcessor(3, 2, real)));
		assertEquals(PixelType.FLOAT, floats.info().type());
		assertArrayEquals(real, channel(floats, 0));
	}

	@Test
	void signedSixteenBitImagesAreReadAsReals() {
		final ImagePlus image = image(new ShortProcessor(3, 1, new short[] {
			(short) 32768, (short) 32767, (short) 40000 }, null));
		image.getCalibration().setSigned16BitCalibration();
		final PixelSource source = source(image);
		assertEquals(PixelType.FLOAT, source.info().type());
		assertArrayEquals(new float[] { 0, -1, 7232 }, channel(source, 0));
	}

	@Test
	void rgbImagesAreRedGreenBlue() {
		final PixelSource source = source(image(new ColorProcessor(2, 1, new int[] {
			0xff0a14c8, 0x00010203 })));
		assertTrue(source.info().rgb());
		final byte[] rgb = new byte[6];
		source.readRgb(0, new Region(0, 0, 2, 1), rgb);
		assertArrayEquals(new byte[] { 10, 20, (byte) 200, 1, 2, 3 }, rgb);
		assertArrayEquals(new float[] { 200, 3 }, channel(source, 2));
	}

	@Test
	void eightBitColourIsExpanded() {
		final byte[] red = new byte[256], green = new byte[256], blue =
			new byte[256];
		// Colours in no order, as a palette has them.
		final Random random = new Random(3);
		random.nextBytes(red);
		random.nextBytes(green);
		random.nextBytes(blue);
		final ImagePlus image = image(new ByteProcessor(2, 1, new byte[] { 5, 6 },
			new IndexColorModel(8, 256, red, green, blue)));
		// A look-up table alone is a matter of display.
		assertFalse(source(image).info().rgb());
		image.setTypeToColor256();
		final PixelSource source = source(image);
		assertTrue(source.info().rgb());
		final byte[] rgb = new byte[6];
		source.readRgb(0, new Region(0, 0, 2, 1), rgb);
		assertArrayEquals(new byte[] { red[5], green[5], blue[5], red[6], green[6],
			blue[6] }, rgb);
	}

	/** Slice c, z, t holds 100 c + 10 z + t everywhere, planes are textured. */
	private static ImagePlus hyperstack(final String... labels) {
		final ImageStack stack = new ImageStack(20, 10);
		for (int t = 0; t < 2; t++) {
			for (int z = 0; z < 3; z++) {
				for (int c = 0; c < 2; c++) {
					final short[] pixels = new short[200];
					for (int i = 0; i < 200; i++) {
						pixels[i] = (short) (100 * c + 10 * z + t);
						// The second plane alone has a step that is sharp.
						if (z == 1 && i % 20 > 10) pixels[i] += 2;
					}
					stack.addSlice(labels[c], pixels);
				}
			}
		}
		final ImagePlus image = new ImagePlus("stack.tif", stack);
		image.setDimensions(2, 3, 2);
		return image;
	}

	@Test
	void hyperstacksGiveTheChosenPlaneAndTime() {
		final ImagePlus image = hyperstack("DAPI", "Ki-67");
		for (int z = 0; z < 3; z++) {
			for (int t = 0; t < 2; t++) {
				final PixelSource source = new ImagePlusSource(image, new OpenOptions(1,
					"" + (z + 1), t + 1, 1024, 0, 1));
				assertEquals(10 * z + t, channel(source, 0)[0]);
				assertEquals(100 + 10 * z + t, channel(source, 1)[0]);
			}
		}
		assertEquals(List.of("DAPI", "Ki-67"), source(image).info().channels()
			.stream().map(Channel::name).toList());
		assertEquals(120, channel(new ImagePlusSource(image, new OpenOptions(1,
			"max", 1, 1024, 0, 1)), 1)[0]);
		final ImagePlusSource best = source(image);
		assertEquals(10, channel(best, 0)[0]);
		assertTrue(best.info().warnings().get(0).contains("plane 2"));
		assertThrows(UserException.class, () -> new ImagePlusSource(image,
			new OpenOptions(1, "4", 1, 1024, 0, 1)));
		assertThrows(UserException.class, () -> new ImagePlusSource(image,
			new OpenOptions(1, "1", 3, 1024, 0, 1)));
		// The projection did not write into the open image.
		assertEquals(100, ((short[]) image.getStack().getPixels(2))[0]);
	}

	@Test
	void compositesGiveTheirColoursAndLabelsThatCountAreNoNames() {
		final CompositeImage image = new CompositeImage(hyperstack(
			"c:1/2 z:1/3 t:1/2 - stack.tif", "c:2/2 z:1/3 t:1/2 - stack.tif"));
		image.setChannelLut(LUT.createLutFromColor(Color.MAGENTA), 1);
		image.setChannelLut(LUT.createLutFromColor(Color.GREEN), 2);
		assertEquals(List.of(new Channel(0, "Channel 1", 0xff00ff), new Channel(1,
			"Channel 2", 0x00ff00)), source(image).info().channels());
	}

	@Test
	void slicesNamedRedGreenBlueAreOneRgbPicture() {
		final ImageStack stack = new ImageStack(2, 1);
		stack.addSlice("Red", new byte[] { 1, 4 });
		stack.addSlice("Green", new byte[] { 2, 5 });
		stack.addSlice("Blue", new byte[] { 3, 6 });
		final PixelSource source = source(new ImagePlus("a.tif", stack));
		assertTrue(source.info().rgb());
		assertEquals(1, source.info().sizeZ());
		final byte[] rgb = new byte[6];
		source.readRgb(0, new Region(0, 0, 2, 1), rgb);
		assertArrayEquals(new byte[] { 1, 2, 3, 4, 5, 6 }, rgb);
	}

	@ParameterizedTest
	@CsvSource({ "micron, 0.5, 0.5", "µm, 0.5, 0.5", "um, 0.5, 0.5",
		"mm, 0.0005, 0.5", "nm, 500, 0.5", "cm, 0.00005, 0.5",
		"inch, 0.00002, 0.508", "pixel, 1, NaN", "pixels, 0.5, NaN",
		"inch, 0.0138889, NaN" })
	void calibrationBecomesMicrometres(final String unit, final double width,
		final double um)
	{
		final ImagePlus image = image(new ByteProcessor(3, 2));
		final Calibration calibration = new Calibration();
		calibration.setUnit(unit);
		calibration.pixelWidth = width;
		calibration.pixelHeight = width;
		image.setCalibration(calibration);
		final PixelSource source = source(image);
		assertEquals(um, source.info().pixelSizeUm(), 1e-9);
		assertEquals(!Double.isNaN(um), source.info().hasPixelSize());
	}

	@Test
	void tilesAndSelectionDoNotMatter() {
		final float[] pixels = new float[300 * 200];
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = i;
		final ImagePlus image = image(new FloatProcessor(300, 200, pixels));
		image.setRoi(10, 10, 5, 5);
		try (PixelSource source = new ImagePlusSource(image, SMALL_TILES)) {
			assertArrayEquals(pixels, channel(source, 0));
			final float[] part = new float[2];
			source.readChannel(0, 0, new Region(299, 63, 1, 2), part);
			assertArrayEquals(new float[] { 63 * 300 + 299, 64 * 300 + 299 }, part);
		}
		assertFalse(image.getProcessor() == null, "the image stays open");
		assertEquals(17, image.getProcessor().getf(17));
	}
}
