
package org.senoscope.core.nuclei.starconvex;

import java.util.Arrays;

import org.senoscope.core.image.Region;

/**
 * Brings polygons into a label raster: a pixel belongs to a polygon that holds
 * its centre (even-odd rule, boundary included), as scikit-image's
 * {@code draw.polygon} has it. One object a thread.
 */
final class PolygonPainter {

	private final double[] xs;
	private final double[] ys;
	private final double[] cuts;
	private int[] runs = new int[256];
	private int n;

	PolygonPainter(final int corners) {
		xs = new double[corners];
		ys = new double[corners];
		cuts = new double[corners];
	}

	/**
	 * Finds the pixels of a polygon. They are kept for what is done next.
	 *
	 * @param c polygons in pixels of the network
	 * @param i number of the polygon
	 * @param scale pixels of the raster that make one of the network
	 * @param region the raster in its own pixels, counted from the origin of the
	 *          slide; what lies outside is left out
	 * @return number of pixels
	 */
	int find(final Candidates c, final int i, final double scale,
		final Region region)
	{
		double top = Double.POSITIVE_INFINITY, bottom = Double.NEGATIVE_INFINITY;
		for (int k = 0; k < c.rays; k++) {
			// an integer is the centre of a pixel in both frames
			xs[k] = (c.cornerX(i, k) + 0.5) * scale - 0.5 - region.x();
			ys[k] = (c.cornerY(i, k) + 0.5) * scale - 0.5 - region.y();
			top = Math.min(top, ys[k]);
			bottom = Math.max(bottom, ys[k]);
		}
		final int y0 = (int) Math.max(0, Math.ceil(top)), y1 = (int) Math.min(region
			.height() - 1, Math.floor(bottom));
		int pixels = 0;
		n = 0;
		for (int y = y0; y <= y1; y++) {
			int m = 0;
			for (int k = 0, before = c.rays - 1; k < c.rays; before = k++)
				if (ys[k] <= y != ys[before] <= y) cuts[m++] = xs[k] + (y - ys[k]) *
					(xs[before] - xs[k]) / (ys[before] - ys[k]);
			Arrays.sort(cuts, 0, m);
			for (int s = 0; s + 1 < m; s += 2) {
				final int from = (int) Math.max(0, Math.ceil(cuts[s])), to = 1 +
					(int) Math.min(region.width() - 1, Math.floor(cuts[s + 1]));
				if (to <= from) continue;
				if (n + 3 > runs.length) runs = Arrays.copyOf(runs, 2 * runs.length);
				runs[n++] = y;
				runs[n++] = from;
				runs[n++] = to;
				pixels += to - from;
			}
		}
		return pixels;
	}

	/** Paints the pixels last found over what is there. */
	void paint(final int[] labels, final int width, final int label) {
		for (int r = 0; r < n; r += 3)
			Arrays.fill(labels, runs[r] * width + runs[r + 1], runs[r] * width +
				runs[r + 2], label);
	}

	/**
	 * Paints those of the pixels last found that are free.
	 *
	 * @return how many that were
	 */
	int paintFree(final int[] labels, final int width, final int label) {
		int free = 0;
		for (int r = 0; r < n; r += 3)
			for (int p = runs[r] * width + runs[r + 1]; p < runs[r] * width + runs[r +
				2]; p++)
				if (labels[p] == 0) {
					labels[p] = label;
					free++;
				}
		return free;
	}

	/** Frees those of the pixels last found that have a label. */
	void erase(final int[] labels, final int width, final int label) {
		for (int r = 0; r < n; r += 3)
			for (int p = runs[r] * width + runs[r + 1]; p < runs[r] * width + runs[r +
				2]; p++)
				if (labels[p] == label) labels[p] = 0;
	}

	/** Whether a label lies in one piece, at the pixels last found. */
	boolean isOnePiece(final int[] labels, final Region region, final int label,
		final int pixels, final LabelPieces pieces)
	{
		for (int r = 0; r < n; r += 3)
			for (int p = runs[r] * region.width() + runs[r + 1]; p < runs[r] * region
				.width() + runs[r + 2]; p++)
				if (labels[p] == label) {
					final boolean whole = pieces.fill(labels, region.width(), region
						.height(), p, label, -label) == pixels;
					pieces.fill(labels, region.width(), region.height(), p, -label,
						label);
					return whole;
				}
		return false;
	}
}
