
package org.senoscope.core.assay.costain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;

/**
 * Backgrounds of a channel of 600 x 400 pixels whose level rises from 200 to
 * 320 from left to right, with discs of radius 8 and 900 counts on it, 50
 * pixels apart, and noise of 6 counts.
 */
class ChannelBackgroundTest {

	private static final int W = 600, H = 400;

	private static PixelSource source(final double wideHill) {
		final short[] counts = new short[W * H];
		final Random random = new Random(5);
		for (int i = 0; i < counts.length; i++) {
			final int x = i % W, y = i / W;
			final double disc = Math.hypot(x % 50 - 25, y % 50 - 25) < 8 ? 900 : 0,
					hill = wideHill * Math.exp(-(Math.pow(x - 300, 2) + Math.pow(y - 200,
						2)) / (2 * 90 * 90));
			counts[i] = (short) Math.round(level(x) + disc + hill + 6 * random
				.nextGaussian());
		}
		return ArrayPixelSource.channels("b.tif", W, H, 0.5, List.of("c"), counts);
	}

	private static double level(final double x) {
		return 200 + 120 * x / W;
	}

	/** Means of what is left between discs, and in discs. */
	private static double[] left(final ChannelBackground background,
		final PixelSource source)
	{
		final float[] values = new float[W * H];
		source.readChannel(0, 0, new Region(0, 0, W, H), values);
		final double[] sums = new double[4];
		for (int y = 0; y < H; y++) {
			background.take(y, 0, W, values, y * W, 1, values, false);
			for (int x = 0; x < W; x++) {
				final double d = Math.hypot(x % 50 - 25, y % 50 - 25);
				if (d > 12 || d < 6) {
					sums[d < 6 ? 2 : 0] += values[y * W + x];
					sums[d < 6 ? 3 : 1]++;
				}
			}
		}
		return new double[] { sums[0] / sums[1], sums[2] / sums[3] };
	}

	@Test
	void theLocalLevelFollowsARisingBackgroundAndLeavesCells() {
		final PixelSource source = source(0);
		final ChannelBackground local = ChannelBackground.local(source, 0);
		// the noise of a pixel, from neighbours
		assertEquals(6, local.noise(), 0.5);
		final double[] left = left(local, source);
		// in a window of 150 pixels the level rises by 30: its low percentile lies
		// nearly half of that below the middle
		assertEquals(13, left[0], 6);
		assertEquals(913, left[1], 6);
		// levels at the middles of the outermost windows: not clipped to one
		final float[] range = local.range();
		assertTrue(range[0] < 215 && range[1] > 260, range[0] + " to " + range[1]);
	}

	@Test
	void aBallRollsUnderCellsAndOverWideHills() {
		final PixelSource source = source(150);
		final ChannelBackground ball = ChannelBackground.local(source, 0).rolled(
			source, 0, 40);
		final double[] left = left(ball, source);
		// the ball lies on the least values of squares, three times the noise
		// below the level
		assertEquals(14, left[0], 8);
		assertEquals(914, left[1], 8);
		// a ball too small for the discs would go into them
		final double inside = left(ChannelBackground.local(source, 0).rolled(source,
			0, 4), source)[1];
		assertTrue(inside < 500, "" + inside);
	}

	@Test
	void theLevelOfABlankIsItsMedianEverywhere() {
		final short[] blank = new short[W * H];
		java.util.Arrays.fill(blank, (short) 260);
		final ChannelBackground constant = ChannelBackground.local(source(0), 0)
			.constant(ChannelBackground.median(ArrayPixelSource.channels("blank.tif",
				W, H, 0.5, List.of("c"), blank), 0));
		final float[] row = new float[W];
		constant.take(7, 0, W, row, 0, 2, row, false);
		for (final float v : row)
			assertEquals(-520, v, 1e-3);
	}

	@Test
	void aRowIsTheSameFromWhereverItIsTaken() {
		final ChannelBackground local = ChannelBackground.local(source(0), 0);
		final float[] whole = new float[W], part = new float[W];
		local.take(33, 0, W, whole, 0, 1, whole, false);
		local.take(33, 0, 217, part, 0, 1, part, false);
		local.take(33, 217, W - 217, part, 217, 1, part, false);
		for (int x = 0; x < W; x++)
			assertEquals(whole[x], part[x], 1e-3, "" + x);
	}
}
