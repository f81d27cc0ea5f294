
package org.senoscope.core.spatial;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

import org.senoscope.core.cell.Outline;
import org.senoscope.core.cell.OutlineTracer;

/**
 * Where a slide has most positive cells, in the two ways that are in use: the
 * window of at least so many cells with the highest share of positive ones, and
 * the region around the peak of the density of positive cells.
 */
public final class HotSpots {

	/**
	 * A hot spot.
	 *
	 * @param outline polygon in level-0 pixels
	 * @param measured cells in it
	 * @param positive positive ones
	 * @param areaPx area in square pixels of level 0
	 */
	public record HotSpot(Outline outline, long measured, long positive,
			double areaPx) {

		/** Returns the share of positive cells in percent. */
		public double percent() {
			return 100.0 * positive / measured;
		}
	}

	/** Share of the peak's density at which its region ends. */
	private static final double REGION_FROM = 0.75;

	private HotSpots() {}

	/**
	 * Finds the best window: around every square of the grid the smallest square
	 * of whole grid squares that holds enough cells is taken, and of these the
	 * one with the highest share of positive cells (of equal ones the one with
	 * more cells, then the uppermost, then the leftmost). A window may be at most
	 * three times as large as one that holds so many cells where cells lie as
	 * densely as on the whole, so that scattered cells at an edge make no hot
	 * spot.
	 *
	 * @param grid the cells
	 * @param cells fewest cells of a window
	 * @return null where there are fewer cells
	 */
	public static HotSpot window(final CellGrid grid, final int cells) {
		final int w = grid.columns(), h = grid.rows();
		if (w == 0) return null;
		final int[] counts = grid.counts(false);
		final long[] all = sums(counts, w, h), hits = sums(grid.counts(true), w, h);
		if (all[all.length - 1] < cells) return null;
		long used = 0;
		for (final int c : counts)
			if (c > 0) used++;
		final double usual = Math.sqrt(cells * (double) used / all[all.length - 1]);
		final int most = Math.max(1, (int) Math.ceil(1.7 * usual));
		double best = -1;
		long bestCells = 0, bestHits = 0;
		int[] found = null;
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				if (counts[y * w + x] == 0) continue;
				for (int side = 1; side <= most; side++) {
					final int left = Math.max(0, Math.min(w - side, x - side / 2)), top =
						Math.max(0, Math.min(h - side, y - side / 2));
					final int right = Math.min(w, left + side), bottom = Math.min(h, top +
						side);
					final long n = inside(all, w, left, top, right, bottom);
					if (n < cells) continue;
					final long k = inside(hits, w, left, top, right, bottom);
					final double share = (double) k / n;
					if (share > best || share == best && n > bestCells) {
						best = share;
						bestCells = n;
						bestHits = k;
						found = new int[] { left, top, right, bottom };
					}
					break;
				}
			}
		if (found == null) return null;
		final float x0 = (float) ((grid.firstColumn() + found[0]) * grid
			.squarePx()), y0 = (float) ((grid.firstRow() + found[1]) * grid
				.squarePx()), x1 = (float) ((grid.firstColumn() + found[2]) * grid
					.squarePx()), y1 = (float) ((grid.firstRow() + found[3]) * grid
						.squarePx());
		return new HotSpot(new Outline(new float[] { x0, x1, x1, x0 }, new float[] {
			y0, y0, y1, y1 }), bestCells, bestHits, (double) (x1 - x0) * (y1 - y0));
	}

	/**
	 * Finds the region around the peak of the density of positive cells: counts
	 * are smoothed by a Gaussian, and the region is what is joined to the peak
	 * and has at least three quarters of its density.
	 *
	 * @param grid the cells
	 * @param sigmaPx deviation of the Gaussian in level-0 pixels
	 * @return null where no cell is positive
	 */
	public static HotSpot peak(final CellGrid grid, final double sigmaPx) {
		final int w = grid.columns(), h = grid.rows();
		if (w == 0) return null;
		final int[] all = grid.counts(false), hits = grid.counts(true);
		final int around = (int) Math.ceil(3 * sigmaPx / grid.squarePx()), pw = w +
			2 * around, ph = h + 2 * around;
		if ((long) pw * ph > Integer.MAX_VALUE - 8) return null;
		final float[] density = smoothed(hits, w, h, around, sigmaPx / grid
			.squarePx());
		int top = 0;
		for (int i = 1; i < density.length; i++)
			if (density[i] > density[top]) top = i;
		if (!(density[top] > 0)) return null;
		final int[] labels = new int[pw * ph];
		final float from = (float) (REGION_FROM * density[top]);
		final ArrayDeque<Integer> open = new ArrayDeque<>();
		open.add(top);
		labels[top] = 1;
		long measured = 0, positive = 0, squares = 0;
		int first = top;
		while (!open.isEmpty()) {
			final int i = open.poll(), x = i % pw, y = i / pw;
			squares++;
			first = Math.min(first, i);
			final int gx = x - around, gy = y - around;
			if (gx >= 0 && gy >= 0 && gx < w && gy < h) {
				measured += all[gy * w + gx];
				positive += hits[gy * w + gx];
			}
			final int[] next = { x > 0 ? i - 1 : -1, x + 1 < pw ? i + 1 : -1, y > 0
				? i - pw : -1, y + 1 < ph ? i + pw : -1 };
			for (final int k : next)
				if (k >= 0 && labels[k] == 0 && density[k] >= from) {
					labels[k] = 1;
					open.add(k);
				}
		}
		if (measured == 0) return null;
		final Outline traced = new OutlineTracer().trace(labels, pw, ph, first % pw,
			first / pw, 1, 0, 0, 1);
		final float[] x = new float[traced.corners()], y = new float[traced
			.corners()];
		for (int i = 0; i < x.length; i++) {
			x[i] = (float) ((traced.x()[i] + grid.firstColumn() - around) * grid
				.squarePx());
			y[i] = (float) ((traced.y()[i] + grid.firstRow() - around) * grid
				.squarePx());
		}
		return new HotSpot(new Outline(x, y), measured, positive, squares * grid
			.squarePx() * grid.squarePx());
	}

	/** Counts smoothed by a Gaussian, with a rim of so many squares. */
	private static float[] smoothed(final int[] counts, final int w, final int h,
		final int around, final double sigma)
	{
		final int pw = w + 2 * around, ph = h + 2 * around;
		final float[] kernel = new float[2 * around + 1];
		float total = 0;
		for (int k = -around; k <= around; k++) {
			kernel[k + around] = (float) Math.exp(-k * k / (2 * sigma * sigma));
			total += kernel[k + around];
		}
		for (int k = 0; k < kernel.length; k++)
			kernel[k] /= total;
		final float[] rows = new float[pw * h], out = new float[pw * ph];
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				final int c = counts[y * w + x];
				if (c == 0) continue;
				for (int k = 0; k < kernel.length; k++)
					rows[y * pw + x + k] += c * kernel[k];
			}
		for (int y = 0; y < h; y++)
			for (int k = 0; k < kernel.length; k++) {
				final float f = kernel[k];
				final int to = (y + k) * pw, from = y * pw;
				for (int x = 0; x < pw; x++)
					out[to + x] += f * rows[from + x];
			}
		return out;
	}

	/** Summed-area table with a row and a column of zeros. */
	private static long[] sums(final int[] counts, final int w, final int h) {
		final long[] sums = new long[(w + 1) * (h + 1)];
		for (int y = 0; y < h; y++) {
			long row = 0;
			for (int x = 0; x < w; x++) {
				row += counts[y * w + x];
				sums[(y + 1) * (w + 1) + x + 1] = sums[y * (w + 1) + x + 1] + row;
			}
		}
		return sums;
	}

	private static long inside(final long[] sums, final int w, final int left,
		final int top, final int right, final int bottom)
	{
		final int s = w + 1;
		return sums[bottom * s + right] - sums[top * s + right] - sums[bottom * s +
			left] + sums[top * s + left];
	}

	/** Returns the corners of an outline, x and y in turn, for the summary. */
	public static List<Object> corners(final Outline outline) {
		final List<Object> corners = new ArrayList<>();
		for (int i = 0; i < outline.corners(); i++)
			corners.add(List.of(Math.round(10.0 * outline.x()[i]) / 10.0, Math.round(
				10.0 * outline.y()[i]) / 10.0));
		return corners;
	}
}
