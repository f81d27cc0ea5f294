
package org.senoscope.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;

class FlatFieldTest {

	private static final int SIDE = 320;

	/** Light of a lamp beside the axis, 1 where it is brightest, about 0.75. */
	private static double light(final int x, final int y) {
		final double u = 2.0 * x / SIDE - 1, v = 2.0 * y / SIDE - 1;
		return 0.9 + 0.08 * u - 0.04 * v - 0.06 * (u * u + v * v);
	}

	/**
	 * A picture under that light with dark squares on it.
	 *
	 * @param every distance of the squares, 0 for none
	 */
	private static byte[] picture(final int every, final int offset) {
		final byte[] rgb = new byte[3 * SIDE * SIDE];
		final int[] white = { 240, 236, 220 };
		for (int i = 0; i < SIDE * SIDE; i++) {
			final int x = i % SIDE, y = i / SIDE;
			final boolean cell = every > 0 && x % every < every / 2 && y %
				every < every / 2;
			for (int c = 0; c < 3; c++)
				rgb[3 * i + c] = (byte) (int) (offset + light(x, y) * white[c] * (cell
					? 0.4 + 0.2 * c : 1) + 0.5);
		}
		return rgb;
	}

	private static ArrayPixelSource source(final byte[] rgb) {
		return ArrayPixelSource.rgb("field.tif", SIDE, SIDE, 0.5, rgb);
	}

	/** Spread of glass over the field, in levels. */
	private static int spread(final PixelSource source) {
		final byte[] rgb = new byte[3 * SIDE * SIDE];
		source.readRgb(0, source.info().bounds(), rgb);
		int lowest = 255, highest = 0;
		for (int y = 30; y < SIDE; y += 40)
			for (int x = 30; x < SIDE; x += 40) {
				final int green = rgb[3 * (y * SIDE + x) + 1] & 255;
				lowest = Math.min(lowest, green);
				highest = Math.max(highest, green);
			}
		return highest - lowest;
	}

	@Test
	void aBlankFieldEvensOutTheLight() {
		final PixelSource field = source(picture(40, 0));
		assertTrue(spread(field) > 30, "the light is uneven at first");
		final PixelSource even = FlatFieldSource.of(field, source(picture(0, 0)),
			null, 1);
		assertTrue(spread(even) <= 2, spread(even) + " levels");
	}

	@Test
	void theLightIsFoundInThePictureItself() {
		final PixelSource field = source(picture(40, 0));
		final FlatField light = FlatField.estimate(new RgbField(SIDE, SIDE, picture(
			40, 0)));
		assertNotNull(light);
		final int spread = spread(new FlatFieldSource(field, light));
		assertTrue(spread <= 3, spread + " levels");
	}

	@Test
	void evenLightAndPicturesWithoutGlassAreLeftAlone() {
		final byte[] even = new byte[3 * SIDE * SIDE], texture = new byte[3 * SIDE *
			SIDE];
		final java.util.Random random = new java.util.Random(1);
		for (int i = 0; i < even.length; i++) {
			even[i] = (byte) 230;
			texture[i] = (byte) (60 + random.nextInt(190));
		}
		assertNull(FlatField.estimate(new RgbField(SIDE, SIDE, even)));
		assertNull(FlatField.estimate(new RgbField(SIDE, SIDE, texture)));
	}

	@Test
	void aDarkFrameIsTakenOff() {
		final byte[] dark = new byte[3 * SIDE * SIDE];
		java.util.Arrays.fill(dark, (byte) 10);
		final PixelSource even = FlatFieldSource.of(source(picture(40, 10)), source(
			picture(0, 10)), source(dark), 1);
		final byte[] rgb = new byte[3];
		// in a square the red light is 0.4 of that of glass
		even.readRgb(0, new Region(165, 165, 1, 1), rgb);
		final int cell = rgb[0] & 255;
		even.readRgb(0, new Region(190, 190, 1, 1), rgb);
		assertEquals(0.4, (double) cell / (rgb[0] & 255), 0.01);
	}

	@Test
	void aCorrectedPixelDoesNotDependOnTheRegionRead() {
		final PixelSource even = FlatFieldSource.of(source(picture(40, 0)), source(
			picture(0, 0)), null, 1);
		final byte[] all = new byte[3 * SIDE * SIDE], part = new byte[3 * 50 * 20];
		even.readRgb(0, even.info().bounds(), all);
		even.readRgb(0, new Region(77, 123, 50, 20), part);
		for (int i = 0; i < part.length; i++)
			assertEquals(all[3 * ((123 + i / 150) * SIDE + 77) + i % 150], part[i]);
	}

	@Test
	void aFrameOfAnotherShapeIsRefused() {
		final ArrayPixelSource other = ArrayPixelSource.rgb("blank.tif", 100, 50,
			0.5, new byte[15000]);
		final String message = assertThrows(UserException.class,
			() -> FlatFieldSource.of(source(picture(40, 0)), other, null, 1))
			.getMessage();
		assertTrue(message.startsWith("blank.tif: has 100 x 50 pixels"), message);
	}
}
