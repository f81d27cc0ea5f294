
package org.senoscope.io.output;

import java.util.Arrays;

import org.senoscope.core.cell.Outline;

/**
 * Finds the pixels whose centres lie inside a polygon, row by row. A centre on
 * the boundary belongs to the polygon if the inside lies to its right or, on a
 * horizontal edge, below, so that two polygons that share an edge never share a
 * pixel and leave none between them. Not thread-safe.
 */
final class PolygonScan {

	/** Takes the pixels {@code from} (inclusive) to {@code to} (exclusive). */
	@FunctionalInterface
	interface Span {

		void row(int y, int from, int to);
	}

	private double[] crossings = new double[16];

	/**
	 * Visits the inside in rows {@code top} (inclusive) to {@code bottom}
	 * (exclusive) and columns {@code left} to {@code right}, likewise.
	 *
	 * @return number of pixels visited
	 */
	long visit(final Outline outline, final int left, final int top,
		final int right, final int bottom, final Span span)
	{
		final float[] x = outline.x(), y = outline.y();
		double minY = y[0], maxY = y[0];
		for (final float v : y) {
			minY = Math.min(minY, v);
			maxY = Math.max(maxY, v);
		}
		final int firstRow = Math.max(top, (int) Math.floor(minY - 0.5));
		final int lastRow = Math.min(bottom - 1, (int) Math.ceil(maxY - 0.5));
		long pixels = 0;
		for (int row = firstRow; row <= lastRow; row++) {
			final double cy = row + 0.5;
			int n = 0;
			for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
				if (y[i] <= cy == y[j] <= cy) continue;
				if (n == crossings.length) crossings = Arrays.copyOf(crossings, 2 * n);
				crossings[n++] = crossing(x[j], y[j], x[i], y[i], cy);
			}
			if (n > 2) Arrays.sort(crossings, 0, n);
			else if (n == 2 && crossings[0] > crossings[1]) {
				final double first = crossings[1];
				crossings[1] = crossings[0];
				crossings[0] = first;
			}
			for (int k = 0; k + 1 < n; k += 2) {
				final int from = Math.max(left, (int) Math.ceil(crossings[k] - 0.5));
				final int to = Math.min(right, (int) Math.ceil(crossings[k + 1] - 0.5));
				if (from >= to) continue;
				pixels += to - from;
				span.row(row, from, to);
			}
		}
		return pixels;
	}

	/** The same for both directions of an edge, so that neighbours agree. */
	private static double crossing(final double x0, final double y0,
		final double x1, final double y1, final double cy)
	{
		return y0 < y1 ? x0 + (cy - y0) / (y1 - y0) * (x1 - x0) : x1 + (cy - y1) /
			(y0 - y1) * (x0 - x1);
	}
}
