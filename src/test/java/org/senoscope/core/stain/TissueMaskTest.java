
package org.senoscope.core.stain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.senoscope.core.image.Region;
import org.senoscope.core.image.RgbField;

/**
 * Tests {@link TissueMask} on a drawn slide, seen at 8 µm a pixel.
 *
 * <pre>
 *   +----------------------------+
 *   |   ####        shade shade  |   #  pink tissue, with a hole (o) in it
 *   |  ##o###       shade shade  |   -  faint tissue
 *   |   ####   ----              |   .  a speck of dust
 *   |          ----      .   P   |   P  pen
 *   +----------------------------+
 * </pre>
 */
class TissueMaskTest {

	private static final int W = 300, H = 200;
	private static final double OVERVIEW_UM = 8;
	private static final int FACTOR = 32;

	private static RgbField drawn() {
		final Random random = new Random(5);
		final byte[] rgb = new byte[3 * W * H];
		for (int y = 0; y < H; y++)
			for (int x = 0; x < W; x++) {
				double[] c = { 242, 240, 236 };
				final double d = Math.hypot(x - 70, y - 80);
				if (d < 45 && d >= 3) c = new double[] { 215, 150 + 20 * Math.sin(x),
					190 };
				else if (x >= 110 && x < 150 && y >= 130 && y < 170) c = new double[] {
					232, 218, 230 };
				else if (x >= 180 && y < 90) {
					final double shade = 1 - 0.15 * Math.min(1, (x - 180) / 60.0) * Math
						.min(1, (90 - y) / 60.0);
					for (int k = 0; k < 3; k++)
						c[k] *= shade;
				}
				else if (x >= 200 && x < 203 && y >= 150 && y < 153) c = new double[] {
					90, 90, 90 };
				else if (x >= 250 && x < 270 && y >= 130 && y < 180) c = new double[] {
					20, 40, 160 };
				for (int k = 0; k < 3; k++)
					rgb[3 * (y * W + x) + k] = (byte) Math.max(0, Math.min(255, Math
						.round(c[k] + 1.5 * random.nextGaussian())));
			}
		return new RgbField(W, H, rgb);
	}

	private static TissueMask mask() {
		final RgbField f = drawn();
		return TissueMask.of(f, W * FACTOR, H * FACTOR, WhiteReference.estimate(List
			.of(f)), OVERVIEW_UM / FACTOR, 1000);
	}

	private static boolean seen(final TissueMask m, final int x, final int y) {
		return m.at(x * FACTOR + 5, y * FACTOR + 5);
	}

	@Test
	void strongAndFaintTissueIsFoundWithItsSmallHoles() {
		final TissueMask m = mask();
		for (int y = 0; y < H; y++)
			for (int x = 0; x < W; x++) {
				if (Math.hypot(x - 70, y - 80) < 45) assertTrue(seen(m, x, y));
				if (x >= 110 && x < 150 && y >= 130 && y < 170) assertTrue(seen(m, x,
					y), "faint " + x + "," + y);
			}
	}

	@Test
	void glassShadowAndDustAreLeftOut() {
		final TissueMask m = mask();
		for (int y = 0; y < H; y++)
			for (int x = 0; x < W; x++) {
				final boolean near = Math.hypot(x - 70, y - 80) < 50 || x >= 105 &&
					x < 155 && y >= 125 && y < 175 || x >= 245 && x < 275 && y >= 125 &&
						y < 185;
				if (!near) assertFalse(seen(m, x, y), x + "," + y);
			}
	}

	@Test
	void countsAgreeWithSinglePixelsForAnyRegion() {
		// A size that is no multiple of the overview's.
		final RgbField f = drawn();
		final TissueMask m = TissueMask.of(f, 1013, 677, WhiteReference.estimate(
			List.of(f)), 2.4, 1000);
		for (final Region r : List.of(new Region(0, 0, 1013, 677), new Region(-9,
			200, 333, 222), new Region(401, 433, 1, 1), new Region(999, 600, 500,
				500), new Region(2000, 2000, 9, 9)))
		{
			long n = 0;
			for (int y = r.y(); y < r.bottom(); y++)
				for (int x = r.x(); x < r.right(); x++)
					if (m.at(x, y)) n++;
			assertEquals(n, m.count(r), r.toString());
			assertEquals(n > 0, m.any(r));
		}
		assertTrue(m.count() > 0.1 * 1013 * 677 && m.count() < 0.3 * 1013 * 677);
	}

	@Test
	void glassAtTheBorderOfASmallPictureIsNoHole() {
		// 24 x 16 pixels of 8 µm: a pink left half, a strip of glass at the right.
		final int w = 24, h = 16;
		final byte[] rgb = new byte[3 * w * h];
		for (int i = 0; i < w * h; i++) {
			final boolean pink = i % w < 12;
			rgb[3 * i] = (byte) (pink ? 220 : 240);
			rgb[3 * i + 1] = (byte) (pink ? 150 : 240);
			rgb[3 * i + 2] = (byte) (pink ? 190 : 240);
		}
		final TissueMask m = TissueMask.of(new RgbField(w, h, rgb), w, h,
			new WhiteReference(240, 240, 240, true, "drawn"), OVERVIEW_UM, 1000);
		assertTrue(m.at(5, 8));
		assertFalse(m.at(20, 8));
	}

	@Test
	void aPictureWithoutGlassIsTissueThroughout() {
		final RgbField f = drawn();
		final TissueMask m = TissueMask.of(f, W, H, WhiteReference.FULL, 0.25,
			1000);
		assertEquals((long) W * H, m.count());
		final TissueMask all = TissueMask.everything(7, 5, 700, 500);
		assertTrue(all.at(699, 499));
		assertFalse(all.at(700, 0));
	}
}
