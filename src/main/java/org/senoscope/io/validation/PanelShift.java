
package org.senoscope.io.validation;

import java.awt.image.BufferedImage;

/**
 * By how many whole pixels one brightfield panel of a tissue lies beside
 * another: the shift at which their optical densities correlate most. Found
 * from the panels alone, never from a truth.
 *
 * @param x pixels to add to a place of the first panel to come to the second
 * @param y the same downwards
 * @param correlation correlation of the panels at that shift, 1 at best
 */
record PanelShift(int x, int y, double correlation) {

	/** Shifts looked at to either side: more is no pair of panels. */
	private static final int FARTHEST_PX = 15;

	/** Blur that makes two stainings of one nucleus alike. */
	private static final int BLUR_PX = 2;

	/** @param from first panel, and the second of the same size */
	static PanelShift between(final BufferedImage from, final BufferedImage to) {
		final int w = from.getWidth(), h = from.getHeight();
		if (to.getWidth() != w || to.getHeight() != h)
			throw new IllegalArgumentException("panels of one size, not " + w +
				" x " + h + " and " + to.getWidth() + " x " + to.getHeight());
		final float[] a = density(from), b = density(to);
		PanelShift best = new PanelShift(0, 0, Double.NEGATIVE_INFINITY);
		for (int y = -FARTHEST_PX; y <= FARTHEST_PX; y++)
			for (int x = -FARTHEST_PX; x <= FARTHEST_PX; x++) {
				final double c = correlation(a, b, w, h, x, y);
				if (c > best.correlation) best = new PanelShift(x, y, c);
			}
		return best;
	}

	/** Moves labels of the first panel to where they lie in the second. */
	int[] apply(final int[] labels, final int width, final int height) {
		final int[] moved = new int[labels.length];
		for (int v = Math.max(0, y); v < Math.min(height, height + y); v++)
			for (int u = Math.max(0, x); u < Math.min(width, width + x); u++)
				moved[v * width + u] = labels[(v - y) * width + u - x];
		return moved;
	}

	private static double correlation(final float[] a, final float[] b,
		final int w, final int h, final int x, final int y)
	{
		double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
		long n = 0;
		for (int v = Math.max(0, y); v < Math.min(h, h + y); v++)
			for (int u = Math.max(0, x); u < Math.min(w, w + x); u++) {
				final float p = a[(v - y) * w + u - x], q = b[v * w + u];
				sa += p;
				sb += q;
				saa += p * p;
				sbb += q * q;
				sab += p * q;
				n++;
			}
		return (sab - sa * sb / n) / Math.sqrt((saa - sa * sa / n) * (sbb - sb *
			sb / n));
	}

	/** Optical density, mean of the three colours, in a box of pixels. */
	static float[] density(final BufferedImage image) {
		final int w = image.getWidth(), h = image.getHeight();
		final int[] rgb = image.getRGB(0, 0, w, h, null, 0, w);
		final float[] density = new float[rgb.length];
		for (int i = 0; i < rgb.length; i++)
			for (int shift = 0; shift <= 16; shift += 8)
				density[i] -= (float) Math.log10(Math.max(1, rgb[i] >> shift & 255) /
					255.0) / 3;
		final float[] smooth = new float[rgb.length];
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				int n = 0;
				for (int v = Math.max(0, y - BLUR_PX); v <= Math.min(h - 1, y +
					BLUR_PX); v++)
					for (int u = Math.max(0, x - BLUR_PX); u <= Math.min(w - 1, x +
						BLUR_PX); u++, n++)
						smooth[y * w + x] += density[v * w + u];
				smooth[y * w + x] /= n;
			}
		return smooth;
	}
}
