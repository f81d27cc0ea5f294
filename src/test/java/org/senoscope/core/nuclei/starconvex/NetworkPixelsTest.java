
package org.senoscope.core.nuclei.starconvex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.senoscope.core.image.Region;

class NetworkPixelsTest {

	private static final int W = 61, H = 47;
	private final float[] slide = new float[2 * W * H];

	NetworkPixelsTest() {
		final Random random = new Random(1);
		for (int i = 0; i < slide.length; i++)
			slide[i] = random.nextInt(256);
	}

	private void read(final Region r, final float[] out) {
		for (int y = 0; y < r.height(); y++)
			System.arraycopy(slide, 2 * ((r.y() + y) * W + r.x()), out, 2 * y * r
				.width(), 2 * r.width());
	}

	private float[] window(final double step, final Region window) {
		final float[] out = new float[2 * (int) window.size()];
		new NetworkPixels(this::read, 2, W, H, step).read(window, out);
		return out;
	}

	/** Bit by bit, because seams between windows must not show. */
	@Test
	void aPixelIsTheSameInEveryWindow() {
		for (final double step : new double[] { 0.6, 1, 1.37, 2, 3.9 }) {
			final int w = NetworkPixels.size(W, step), h = NetworkPixels.size(H,
				step);
			final float[] whole = window(step, new Region(0, 0, w, h));
			final Region part = new Region(w / 3, h / 4, w / 3, h / 2);
			final float[] seen = window(step, part);
			for (int y = 0; y < part.height(); y++)
				for (int i = 0; i < 2 * part.width(); i++)
					assertEquals(whole[2 * ((part.y() + y) * w + part.x()) + i], seen[2 *
						y * part.width() + i], "step " + step);
		}
	}

	/** By hand: 2.5 pixels of a row of 61, weights 1, 1, 0.5 and 0.5, 1, 1. */
	@Test
	void shrinkingAveragesByArea() {
		final double step = 2.5;
		for (int i = 0; i < slide.length; i++)
			slide[i] = i / 2 % W;
		final float[] seen = window(step, new Region(0, 0, 24, 19));
		assertEquals((0 + 1 + 0.5 * 2) / 2.5, seen[0], 1e-5);
		assertEquals((0.5 * 2 + 3 + 4) / 2.5, seen[2], 1e-5);
		// 61 / 2.5 = 24.4: the rest is less than half a pixel
		assertEquals(24, NetworkPixels.size(W, step));
	}

	/** Centres of half-size pixels lie a quarter before and behind a centre. */
	@Test
	void enlargingIsBilinear() {
		for (int i = 0; i < slide.length; i++)
			slide[i] = i / 2 % W;
		final float[] seen = window(0.5, new Region(0, 0, 2 * W, 2 * H));
		assertArrayEquals(new float[] { 0, 0.25f, 0.75f, 1.25f }, new float[] {
			seen[0], seen[2], seen[4], seen[6] }, 1e-6f);
		assertEquals(W - 1, seen[2 * (2 * W - 1)], 1e-6f);
	}

	/** As numpy.pad(mode="reflect"): the outermost pixel is not doubled. */
	@Test
	void beyondTheSlideThePictureIsMirrored() {
		final float[] seen = window(1, new Region(40, 20, 24, 32));
		for (int y = 0; y < 32; y++)
			for (int x = 0; x < 24; x++)
				for (int c = 0; c < 2; c++)
					assertEquals(slide[2 * ((20 + y < H ? 20 + y : 2 * H - 2 - 20 - y) *
						W + (40 + x < W ? 40 + x : 2 * W - 2 - 40 - x)) + c], seen[2 * (y *
							24 + x) + c], x + " " + y);
	}
}
