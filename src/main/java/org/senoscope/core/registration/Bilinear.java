
package org.senoscope.core.registration;

/** Values of planes between their pixels, and blurred planes. */
final class Bilinear {

	private Bilinear() {}

	/**
	 * Returns the value at a place; the centre of the first pixel is 0.5, 0.5 and
	 * the edge repeats.
	 */
	static double at(final float[] plane, final int w, final int h,
		final double x, final double y)
	{
		final double px = Math.max(0, Math.min(w - 1, x - 0.5)), py = Math.max(0,
			Math.min(h - 1, y - 0.5));
		final int x0 = Math.min((int) px, Math.max(0, w - 2)), y0 = Math.min(
			(int) py, Math.max(0, h - 2));
		final int x1 = Math.min(w - 1, x0 + 1), y1 = Math.min(h - 1, y0 + 1);
		final double fx = px - x0, fy = py - y0;
		return (1 - fy) * ((1 - fx) * plane[y0 * w + x0] + fx * plane[y0 * w +
			x1]) + fy * ((1 - fx) * plane[y1 * w + x0] + fx * plane[y1 * w + x1]);
	}

	/**
	 * Blurs a square plane in place, by three box filters that make about a
	 * Gaussian; the edge repeats.
	 */
	static void blur(final float[] plane, final int side, final double sigma) {
		// variance of three boxes of half width r: ((2r + 1)² - 1) / 4
		final int r = Math.max(1, (int) Math.round((Math.sqrt(4 * sigma * sigma +
			1) - 1) / 2));
		final float[] line = new float[side];
		for (int pass = 0; pass < 3; pass++) {
			for (int k = 0; k < side; k++)
				box(plane, k * side, 1, side, r, line);
			for (int k = 0; k < side; k++)
				box(plane, k, side, side, r, line);
		}
	}

	private static void box(final float[] plane, final int start, final int step,
		final int n, final int r, final float[] line)
	{
		for (int i = 0; i < n; i++)
			line[i] = plane[start + i * step];
		double sum = 0;
		for (int i = -r; i <= r; i++)
			sum += line[Math.max(0, Math.min(n - 1, i))];
		for (int i = 0; i < n; i++) {
			plane[start + i * step] = (float) (sum / (2 * r + 1));
			sum += line[Math.min(n - 1, i + r + 1)] - line[Math.max(0, i - r)];
		}
	}
}
