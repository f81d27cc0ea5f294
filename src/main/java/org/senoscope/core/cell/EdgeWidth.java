
package org.senoscope.core.cell;

import java.util.Arrays;

/**
 * Measures how wide the edge of a nucleus is, in µm: the nucleus' contrast to
 * its surroundings over the slope of its steeper edges. Neither brightness nor
 * contrast change it; a Gaussian blur of sigma s makes it about 2.5 s. Profiles
 * run across the outline, so that a nucleus' value depends on the pixels around
 * its own outline only and is the same in every block, tiling and thread. One
 * object a thread; buffers are reused.
 */
public final class EdgeWidth {

	/** How far a profile runs to either side of the outline, µm. */
	private static final double REACH_UM = 5;

	/** Distance between samples of a profile and between profiles, µm. */
	private static final double STEP_UM = 0.5;

	/** Samples a profile to either side. */
	private static final int SIDE = (int) (REACH_UM / STEP_UM);
	private static final int LENGTH = 2 * SIDE + 1;

	/** Samples to either side of the outline among which the edge is sought. */
	private static final int SOUGHT = 3;

	/**
	 * Share of the outline that may be less steep than what counts as its edge.
	 */
	private static final double STEEP = 0.9;

	/** Profiles below which nothing is said: crowded all around, or too small. */
	private static final int FEWEST = 8;

	private float[] profiles = new float[0];
	private int[] reached = new int[0];
	private float[] slopes = new float[0];

	/** Returns how far from an outline pixels are looked at, µm. */
	public static double reach(final double pixelSizeUm) {
		return SIDE * Math.max(STEP_UM, pixelSizeUm) + pixelSizeUm;
	}

	/**
	 * Returns the width of the sharpest edge that pixels of this size can show,
	 * µm.
	 */
	public static double finest(final double pixelSizeUm) {
		return 2 * Math.max(STEP_UM, pixelSizeUm);
	}

	/**
	 * Measures a nucleus.
	 *
	 * @param outline its outline as {@link OutlineTracer} gives it, the nucleus
	 *          on the right hand, level-0 pixels
	 * @param label its label in the raster
	 * @param raster nuclei; profiles stop where another one begins
	 * @param scale level-0 pixels a working pixel
	 * @param originX level-0 column of the left edge of raster and plane
	 * @param originY level-0 row of their upper edge
	 * @param plane nuclear signal at level 0, bright nuclei on dark,
	 *          {@code raster.width() * scale} by {@code raster.height() * scale}
	 * @param halfWidthUm half the short axis of the nucleus
	 * @param pixelSizeUm width of a level-0 pixel
	 * @return width of its edge in µm, NaN where it cannot be told
	 */
	public double measure(final Outline outline, final int label,
		final CellRaster raster, final int scale, final int originX,
		final int originY, final float[] plane, final double halfWidthUm,
		final double pixelSizeUm)
	{
		final double stepUm = Math.max(STEP_UM, pixelSizeUm), step = stepUm /
			pixelSizeUm;
		final int corners = outline.corners(), stride = (int) Math.max(1, Math
			.round(step / scale)), n = corners / stride;
		if (n < FEWEST) return Double.NaN;
		// the direction of the outline is that over about 3 µm: pixels make stairs
		final int chord = (int) Math.max(1, Math.min(corners / 8, Math.round(3 *
			step / scale)));
		if (reached.length < n) {
			profiles = new float[2 * n * LENGTH];
			reached = new int[2 * n];
			slopes = new float[2 * n];
		}
		final int depth = (int) Math.max(2, Math.min(SIDE, halfWidthUm / stepUm));
		double contrast = 0;
		int whole = 0;
		for (int i = 0; i < n; i++) {
			final int at = i * stride, next = (at + chord) % corners, last = (at +
				corners - chord) % corners;
			final double dx = outline.x()[next] - outline.x()[last], dy = outline
				.y()[next] - outline.y()[last], length = Math.hypot(dx, dy);
			reached[i] = length == 0 ? -1 : profile(outline.x()[at] - originX, outline
				.y()[at] - originY, dy / length * step, -dx / length * step, depth, i,
				label, raster, scale, plane);
			if (reached[i] < SOUGHT + 1) continue;
			contrast += contrast(i, depth);
			whole++;
		}
		if (whole < FEWEST || contrast <= 0) return Double.NaN;
		int found = 0;
		for (int i = 0; i < n; i++)
			if (reached[i] > SOUGHT) slopes[found++] = steepest(i, n, depth);
		Arrays.sort(slopes, 0, found);
		final double slope = slopes[(int) (STEEP * (found - 1))] / (2 * stepUm);
		return slope <= 0 ? Double.NaN : contrast / whole / slope;
	}

	/** Mean of the inner half of a profile above the mean of its far end. */
	private double contrast(final int i, final int depth) {
		final int middle = i * LENGTH + SIDE;
		double inside = 0;
		for (int k = depth / 2; k <= depth; k++)
			inside += profiles[middle - k];
		return inside / (depth - depth / 2 + 1) - 0.5 * (profiles[middle +
			reached[i]] + profiles[middle + reached[i] - 1]);
	}

	/**
	 * Steepest fall near the outline, over two steps, of the mean of a profile
	 * and its two neighbours, against noise.
	 */
	private float steepest(final int i, final int n, final int depth) {
		float best = 0;
		for (int k = Math.max(-SOUGHT, 1 - depth); k <= SOUGHT; k++) {
			float sum = 0;
			int of = 0;
			for (int j = i - 1; j <= i + 1; j++) {
				final int p = (j + n) % n;
				if (reached[p] <= SOUGHT) continue;
				final int at = p * LENGTH + SIDE + k;
				sum += profiles[at - 1] - profiles[at + 1];
				of++;
			}
			best = Math.max(best, sum / of);
		}
		return best;
	}

	/**
	 * Samples across the outline, from inside to outside.
	 *
	 * @return outermost sample before another nucleus or the end of the plane, -1
	 *         if the inside lies beyond it
	 */
	private int profile(final double x0, final double y0, final double stepX,
		final double stepY, final int depth, final int i, final int label,
		final CellRaster raster, final int scale, final float[] plane)
	{
		final int w = raster.width() * scale, h = raster.height() * scale;
		for (int k = -depth; k <= SIDE; k++) {
			final double px = x0 + k * stepX, py = y0 + k * stepY;
			// pixels hold their values at their centres
			final double x = px - 0.5, y = py - 0.5;
			if (x < 0 || y < 0 || x >= w - 1 || y >= h - 1) return k - 1 < 0 ? -1
				: k - 1;
			final int of = raster.nuclei()[(int) py / scale * raster.width() +
				(int) px / scale];
			if (k > 0 && of != 0 && of != label) return k - 1;
			final int ix = (int) x, iy = (int) y, at = iy * w + ix;
			final float fx = (float) (x - ix), fy = (float) (y - iy);
			final float upper = plane[at] + fx * (plane[at + 1] - plane[at]), lower =
				plane[at + w] + fx * (plane[at + w + 1] - plane[at + w]);
			profiles[i * LENGTH + SIDE + k] = upper + fy * (lower - upper);
		}
		return SIDE;
	}
}
