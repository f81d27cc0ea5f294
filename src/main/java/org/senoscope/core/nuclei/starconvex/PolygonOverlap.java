
package org.senoscope.core.nuclei.starconvex;

/**
 * The area that two polygons have in common. A polygon is the signed sum of the
 * trapezoids under its edges, so the common area is the signed sum over pairs
 * of edges of what two trapezoids share: no clipping, no special cases where
 * corners or edges fall together. Corners are whole pixels, cut towards zero,
 * because StarDist compares polygons so.
 */
final class PolygonOverlap {

	private PolygonOverlap() {}

	/**
	 * A polygon ready for comparison; reused.
	 * <p>
	 * Edges run from left to right: {@code y = y0 + slope * (x - x0)} for x0 to
	 * x1, with sign -1 where the outline runs from right to left.
	 */
	static final class Shape {

		int edges;
		final int[] x0;
		final int[] x1;
		final double[] y0;
		final double[] slope;
		final int[] sign;
		int left, right, top, bottom;
		double area;

		Shape(final int rays) {
			x0 = new int[rays];
			x1 = new int[rays];
			y0 = new double[rays];
			slope = new double[rays];
			sign = new int[rays];
		}

		void set(final Candidates c, final int i) {
			edges = 0;
			left = top = Integer.MAX_VALUE;
			right = bottom = Integer.MIN_VALUE;
			long twice = 0;
			int fromX = (int) c.cornerX(i, c.rays - 1), fromY = (int) c.cornerY(i,
				c.rays - 1);
			for (int k = 0; k < c.rays; k++) {
				final int toX = (int) c.cornerX(i, k), toY = (int) c.cornerY(i, k);
				twice += (long) fromX * toY - (long) toX * fromY;
				if (fromX != toX) {
					final boolean forward = fromX < toX;
					x0[edges] = forward ? fromX : toX;
					x1[edges] = forward ? toX : fromX;
					y0[edges] = forward ? fromY : toY;
					slope[edges] = (double) (toY - fromY) / (toX - fromX);
					sign[edges++] = forward ? 1 : -1;
				}
				left = Math.min(left, toX);
				right = Math.max(right, toX);
				top = Math.min(top, toY);
				bottom = Math.max(bottom, toY);
				fromX = toX;
				fromY = toY;
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

	/** Returns the common area in square pixels. */
	static double area(final Shape a, final Shape b) {
		final int left = Math.max(a.left, b.left), right = Math.min(a.right,
			b.right);
		// heights count from a line above both
		final int base = Math.min(a.top, b.top);
		double sum = 0;
		for (int i = 0; i < a.edges; i++) {
			final int ax0 = a.x0[i], ax1 = a.x1[i];
			if (ax1 <= left || ax0 >= right) continue;
			final double ay = a.y0[i] - base, am = a.slope[i];
			double under = 0;
			for (int j = 0; j < b.edges; j++) {
				final int from = Math.max(ax0, b.x0[j]), to = Math.min(ax1, b.x1[j]);
				if (from >= to) continue;
				final double by = b.y0[j] - base, bm = b.slope[j];
				final double a0 = ay + am * (from - ax0), b0 = by + bm * (from -
					b.x0[j]);
				final double a1 = ay + am * (to - ax0), b1 = by + bm * (to - b.x0[j]);
				final double d0 = a0 - b0, d1 = a1 - b1;
				double twice = Math.min(a0, b0) + Math.min(a1, b1);
				// where the edges cross, the lower of both rises above that line
				if (d0 * d1 < 0) twice -= d0 * d1 / Math.abs(d0 - d1);
				under += b.sign[j] * 0.5 * (to - from) * twice;
			}
			sum += a.sign[i] * under;
		}
		return Math.abs(sum);
	}
}
