
package org.senoscope.core.nuclei.starconvex;

import java.util.Arrays;

/**
 * The area that two polygons have in common, as StarDist sees it: corners are
 * whole pixels, cut towards zero, and so are the points where outlines cross,
 * rounded to the nearest. The outline of what is common consists of the parts
 * of either outline inside the other polygon; its area is a sum along them. One
 * object a thread; buffers are reused.
 */
final class PolygonOverlap {

	/**
	 * The second polygon is moved by less than matters, so that no corner lies on
	 * an edge and no edges lie upon each other.
	 */
	private static final double SHIFT_X = 0.7548776662e-6;
	private static final double SHIFT_Y = 0.5698402910e-6;

	/** A half, and the error of a sum: halves are rounded up. */
	private static final double HALF = 0.5 + 1e-9;

	/** A polygon ready for comparison; reused. */
	static final class Shape {

		/** Corners; the first is there again behind the last. */
		final int[] x;
		final int[] y;
		int n;
		int left, right, top, bottom;
		double area;

		Shape(final int corners) {
			x = new int[corners + 1];
			y = new int[corners + 1];
		}

		void set(final Candidates c, final int i) {
			n = 0;
			for (int k = 0; k < c.rays; k++)
				add((int) c.cornerX(i, k), (int) c.cornerY(i, k));
			close();
		}

		/** Adds a corner; what lies on a line with its neighbours is no corner. */
		void add(final int cornerX, final int cornerY) {
			x[n] = cornerX;
			y[n] = cornerY;
			while (n > 1 && straight(n - 2, n - 1, n) || n == 1 && x[0] == cornerX &&
				y[0] == cornerY)
			{
				n--;
				x[n] = cornerX;
				y[n] = cornerY;
			}
			n++;
		}

		private boolean straight(final int a, final int b, final int c) {
			return (long) (x[b] - x[a]) * (y[c] - y[b]) == (long) (x[c] - x[b]) *
				(y[b] - y[a]);
		}

		/** Settles the box and the area. */
		void close() {
			while (n > 2 && straight(n - 2, n - 1, 0))
				n--;
			while (n > 2 && straight(n - 1, 0, 1)) {
				n--;
				System.arraycopy(x, 1, x, 0, n);
				System.arraycopy(y, 1, y, 0, n);
			}
			x[n] = x[0];
			y[n] = y[0];
			left = right = x[0];
			top = bottom = y[0];
			long twice = 0;
			for (int k = 0; k < n; k++) {
				left = Math.min(left, x[k]);
				right = Math.max(right, x[k]);
				top = Math.min(top, y[k]);
				bottom = Math.max(bottom, y[k]);
				twice += (long) x[k] * y[k + 1] - (long) x[k + 1] * y[k];
			}
			area = 0.5 * Math.abs(twice);
		}

		/** Area of the rectangle that two bounding boxes share. */
		double box(final Shape o) {
			final double w = Math.min(right, o.right) - Math.max(left, o.left), h =
				Math.min(bottom, o.bottom) - Math.max(top, o.top);
			return w <= 0 || h <= 0 ? 0 : w * h;
		}
	}

	private final double[] ax;
	private final double[] ay;
	private final double[] bx;
	private final double[] by;
	private int crossings;
	private double[] onA = new double[64];
	private double[] onB = new double[64];
	private int[] crossX = new int[64];
	private int[] crossY = new int[64];

	PolygonOverlap(final int corners) {
		ax = new double[corners + 1];
		ay = new double[corners + 1];
		bx = new double[corners + 1];
		by = new double[corners + 1];
	}

	/** Returns the common area in square pixels. */
	double area(final Shape a, final Shape b) {
		final int originX = a.left, originY = a.top;
		for (int k = 0; k <= a.n; k++) {
			ax[k] = a.x[k] - originX;
			ay[k] = a.y[k] - originY;
		}
		for (int k = 0; k <= b.n; k++) {
			bx[k] = b.x[k] - originX + SHIFT_X;
			by[k] = b.y[k] - originY + SHIFT_Y;
		}
		cross(a.n, b.n);
		double twice = along(a.x, a.y, a.n, originX, originY, onA, isInside(ax[0],
			ay[0], bx, by, b.n));
		twice += along(b.x, b.y, b.n, originX, originY, onB, isInside(bx[0], by[0],
			ax, ay, a.n));
		return 0.5 * Math.abs(twice);
	}

	/**
	 * Finds where the outlines cross; a place on an outline is the number of the
	 * corner before it and the part of the way to the next.
	 */
	private void cross(final int n, final int m) {
		crossings = 0;
		for (int i = 0; i < n; i++) {
			final double px = ax[i], py = ay[i], dx = ax[i + 1] - px, dy = ay[i + 1] -
				py;
			double before = dx * (by[0] - py) - dy * (bx[0] - px);
			for (int j = 0; j < m; j++) {
				// which side of the edge of a the corners of b lie on
				final double after = dx * (by[j + 1] - py) - dy * (bx[j + 1] - px);
				if (before * after < 0) {
					final double ex = bx[j + 1] - bx[j], ey = by[j + 1] - by[j];
					final double from = ex * (py - by[j]) - ey * (px - bx[j]);
					final double to = from + ex * dy - ey * dx;
					if (from * to < 0) {
						// where the edges cross without the shift, as halves decide
						final double t = Math.max(0, Math.min(1, (from + ex * SHIFT_Y - ey *
							SHIFT_X) / (from - to)));
						add(i + from / (from - to), j + before / (before - after), px + t *
							dx, py + t * dy);
						settle(n, m, i, j, py + t * dy);
					}
				}
				before = after;
			}
		}
	}

	private void add(final double a, final double b, final double x,
		final double y)
	{
		if (crossings == onA.length) {
			onA = Arrays.copyOf(onA, 2 * crossings);
			onB = Arrays.copyOf(onB, 2 * crossings);
			crossX = Arrays.copyOf(crossX, 2 * crossings);
			crossY = Arrays.copyOf(crossY, 2 * crossings);
		}
		onA[crossings] = a;
		onB[crossings] = b;
		crossX[crossings] = (int) Math.floor(x + HALF);
		crossY[crossings++] = (int) Math.floor(y + HALF);
	}

	/**
	 * Moves the last crossing to where the Clipper library, which StarDist uses,
	 * sees it. It sweeps from line to line through all corners, from high to low
	 * y, and notices that two edges have changed sides when their columns on a
	 * line, rounded, have; where these are the same the crossing comes to lie on
	 * that line.
	 */
	private void settle(final int n, final int m, final int i, final int j,
		final double y)
	{
		final double bottomA = Math.max(ay[i], ay[i + 1]), topA = Math.min(ay[i],
			ay[i + 1]);
		final double bottomB = Math.max(by[j], by[j + 1]) - SHIFT_Y, topB = Math
			.min(by[j], by[j + 1]) - SHIFT_Y;
		// level edges cross others on their own line
		if (topA == bottomA || Math.rint(topB) == Math.rint(bottomB)) return;
		double line = above(n, m, y);
		while (line >= topA && line >= Math.rint(topB)) {
			final int a = column(ax[i], ay[i], ax[i + 1], ay[i + 1], line), b =
				column(bx[j] - SHIFT_X, by[j] - SHIFT_Y, bx[j + 1] - SHIFT_X, by[j +
					1] - SHIFT_Y, line);
			if (a != b) return;
			crossX[crossings - 1] = a;
			crossY[crossings - 1] = (int) line;
			line = above(n, m, line);
		}
	}

	/** The nearest line through a corner with a lower y. */
	private double above(final int n, final int m, final double y) {
		double nearest = Double.NEGATIVE_INFINITY;
		for (int k = 0; k < n; k++)
			if (ay[k] < y && ay[k] > nearest) nearest = ay[k];
		for (int k = 0; k < m; k++) {
			final double b = Math.rint(by[k]);
			if (b < y && b > nearest) nearest = b;
		}
		return nearest;
	}

	/** The column of an edge on a line, rounded from its lower end. */
	private static int column(final double x0, final double y0, final double x1,
		final double y1, final double line)
	{
		final boolean down = y0 > y1;
		final double fromX = Math.rint(down ? x0 : x1), fromY = Math.rint(down ? y0
			: y1);
		final double toX = Math.rint(down ? x1 : x0), toY = Math.rint(down ? y1
			: y0);
		final double by = (toX - fromX) / (toY - fromY) * (line - fromY);
		return (int) (fromX + (by < 0 ? Math.ceil(by - 0.5) : Math.floor(by +
			0.5)));
	}

	/** Twice the area under the parts of an outline inside the other polygon. */
	private double along(final int[] xs, final int[] ys, final int n,
		final int originX, final int originY, final double[] place,
		final boolean startsInside)
	{
		sort(place);
		boolean inside = startsInside;
		int c = 0;
		double twice = 0;
		for (int k = 0; k < n; k++) {
			double x = xs[k] - originX, y = ys[k] - originY;
			for (; c < crossings && place[c] < k + 1; c++) {
				if (inside) twice += x * crossY[c] - crossX[c] * y;
				inside = !inside;
				x = crossX[c];
				y = crossY[c];
			}
			if (inside) twice += x * (ys[k + 1] - originY) - (xs[k + 1] - originX) *
				y;
		}
		return twice;
	}

	/** Brings the crossings, which are few, in the order of an outline. */
	private void sort(final double[] place) {
		for (int i = 1; i < crossings; i++)
			for (int j = i; j > 0 && place[j] < place[j - 1]; j--) {
				swap(onA, j);
				swap(onB, j);
				swap(crossX, j);
				swap(crossY, j);
			}
	}

	private static void swap(final double[] values, final int j) {
		final double v = values[j];
		values[j] = values[j - 1];
		values[j - 1] = v;
	}

	private static void swap(final int[] values, final int j) {
		final int v = values[j];
		values[j] = values[j - 1];
		values[j - 1] = v;
	}

	private static boolean isInside(final double x, final double y,
		final double[] xs, final double[] ys, final int n)
	{
		boolean inside = false;
		for (int k = 0; k < n; k++)
			if (ys[k] <= y != ys[k + 1] <= y && x < xs[k] + (y - ys[k]) * (xs[k + 1] -
				xs[k]) / (ys[k + 1] - ys[k])) inside = !inside;
		return inside;
	}
}
