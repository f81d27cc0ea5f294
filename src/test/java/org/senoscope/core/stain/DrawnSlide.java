
package org.senoscope.core.stain;

import java.util.Random;

import org.senoscope.core.image.RgbField;

/**
 * A drawn stained field with known stains: round nuclei on a grid under
 * Beer-Lambert absorption, in front of a lamp of known colour.
 *
 * <pre>
 *   H . H . D .      every nucleus (disc of radius 8) lies in the middle of a
 *   . H . H . H      24 px cell; "D" nuclei carry chromogen over counterstain,
 *   H . D . H .      "." stands for the weakly stained ground
 * </pre>
 */
final class DrawnSlide {

	static final int CELL = 24;
	static final int RADIUS = 8;

	final RgbField field;
	/** Amounts of counterstain and chromogen of each pixel. */
	final float[][] amount;

	private DrawnSlide(final RgbField field, final float[][] amount) {
		this.field = field;
		this.amount = amount;
	}

	/** What is drawn. */
	static final class Recipe {

		double[] counterstain = { 0.65, 0.70, 0.29 };
		double[] chromogen = { 0.27, 0.57, 0.78 };
		double[] white = { 243, 241, 238 };
		double counterstained = 0.6, positive = 0.2;
		double groundCounterstain = 0.03, groundChromogen = 0.02;
		double underChromogen = 0.3;
		double noiseLevels = 2;
		boolean jpeg;
		/** Left part of the picture without anything: clear glass. */
		double glass = 0.2;
		int width = 480, height = 360;
		long seed = 1;
	}

	static DrawnSlide draw(final Recipe r) {
		final Random random = new Random(r.seed);
		final int w = r.width, h = r.height;
		final float[][] amount = new float[2][w * h];
		final double[][] u = { StainVectors.unit(r.counterstain), StainVectors.unit(
			r.chromogen) };
		for (int y = 0; y < h; y++)
			for (int x = (int) (r.glass * w); x < w; x++) {
				amount[0][y * w + x] = (float) r.groundCounterstain;
				amount[1][y * w + x] = (float) r.groundChromogen;
			}
		for (int cy = CELL / 2; cy + RADIUS < h; cy += CELL)
			for (int cx = (int) (r.glass * w) + CELL / 2; cx + RADIUS < w; cx +=
				CELL)
			{
				final double kind = random.nextDouble();
				final double strength = 0.3 + 0.7 * random.nextDouble();
				if (kind > r.positive + r.counterstained) continue;
				final boolean positive = kind < r.positive;
				final double under = r.underChromogen * random.nextDouble();
				for (int y = -RADIUS; y <= RADIUS; y++)
					for (int x = -RADIUS; x <= RADIUS; x++) {
						if (x * x + y * y > RADIUS * RADIUS) continue;
						final int i = (cy + y) * w + cx + x;
						amount[0][i] = (float) (positive ? under * strength : strength);
						amount[1][i] = (float) (positive ? 1.3 * strength
							: r.groundChromogen);
					}
			}
		final double[] rgb = new double[3 * w * h];
		for (int i = 0; i < w * h; i++)
			for (int c = 0; c < 3; c++)
				rgb[3 * i + c] = r.white[c] * Math.pow(10, -amount[0][i] * u[0][c] -
					amount[1][i] * u[1][c]) + r.noiseLevels * random.nextGaussian();
		if (r.jpeg) subsampleChroma(rgb, w, h);
		final byte[] bytes = new byte[rgb.length];
		for (int i = 0; i < bytes.length; i++)
			bytes[i] = (byte) Math.max(0, Math.min(255, Math.round(rgb[i])));
		return new DrawnSlide(new RgbField(w, h, bytes), amount);
	}

	/** As JPEG 4:2:0: colour at half the resolution, levels in steps of 4. */
	private static void subsampleChroma(final double[] rgb, final int w,
		final int h)
	{
		for (int y = 0; y + 1 < h; y += 2)
			for (int x = 0; x + 1 < w; x += 2) {
				final int p = 3 * (y * w + x);
				final int[] block = { p, p + 3, p + 3 * w, p + 3 * w + 3 };
				double meanRed = 0, meanBlue = 0;
				for (final int q : block) {
					meanRed += (rgb[q] - luma(rgb, q)) / 4;
					meanBlue += (rgb[q + 2] - luma(rgb, q)) / 4;
				}
				meanRed = 4 * Math.round(meanRed / 4);
				meanBlue = 4 * Math.round(meanBlue / 4);
				for (final int q : block) {
					final double l = 4 * Math.round(luma(rgb, q) / 4);
					rgb[q] = l + meanRed;
					rgb[q + 2] = l + meanBlue;
					rgb[q + 1] = (l - 0.299 * rgb[q] - 0.114 * rgb[q + 2]) / 0.587;
				}
			}
	}

	private static double luma(final double[] rgb, final int q) {
		return 0.299 * rgb[q] + 0.587 * rgb[q + 1] + 0.114 * rgb[q + 2];
	}
}
