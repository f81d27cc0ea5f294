
package org.senoscope.io.validation;

import java.awt.image.BufferedImage;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealVector;

/**
 * How one brightfield panel of a tissue is bent against another: around the
 * {@link PanelShift}, windows all over the panels are moved to where they
 * correlate most, and a polynomial of the second degree in x and y, far stiffer
 * than a nucleus is wide, is laid through their displacements. Found from the
 * panels alone, never from a truth.
 */
final class PanelBend {

	/** Half the side of a window: some nuclei must lie in it. */
	private static final int HALF_PX = 64;

	private static final int STEP_PX = 32;

	/** Farthest that a window is moved beyond the shift. */
	private static final int FARTHEST_PX = 8;

	/** Correlation from which the place of a window is believed. */
	private static final double BELIEVED = 0.3;

	private static final int TERMS = 6;

	private final int width, height;
	private final double[] right, down;

	private PanelBend(final int width, final int height, final double[] right,
		final double[] down)
	{
		this.width = width;
		this.height = height;
		this.right = right;
		this.down = down;
	}

	/**
	 * Looks how the second panel is bent against the first.
	 *
	 * @param from first panel, and the second of the same size
	 * @param shift shift between them
	 */
	static PanelBend between(final BufferedImage from, final BufferedImage to,
		final PanelShift shift)
	{
		final int w = from.getWidth(), h = from.getHeight();
		final float[] a = PanelShift.density(from), b = PanelShift.density(to);
		final PolynomialFit fit = new PolynomialFit();
		final int reach = FARTHEST_PX + Math.max(Math.abs(shift.x()), Math.abs(shift
			.y()));
		for (int y = reach + HALF_PX; y < h - reach - HALF_PX; y += STEP_PX)
			for (int x = reach + HALF_PX; x < w - reach - HALF_PX; x += STEP_PX) {
				double best = BELIEVED;
				int bestX = FARTHEST_PX, bestY = FARTHEST_PX;
				for (int v = -FARTHEST_PX; v <= FARTHEST_PX; v++)
					for (int u = -FARTHEST_PX; u <= FARTHEST_PX; u++) {
						final double c = correlation(a, b, w, x, y, shift.x() + u, shift
							.y() + v);
						if (c > best) {
							best = c;
							bestX = u;
							bestY = v;
						}
					}
				// at the border of what was tried the best place lies elsewhere
				if (Math.max(Math.abs(bestX), Math.abs(bestY)) < FARTHEST_PX) fit.add(
					terms(x, y, w, h), shift.x() + bestX, shift.y() + bestY, best);
			}
		return fit.bend(w, h, shift);
	}

	private static double[] terms(final double x, final double y, final int w,
		final int h)
	{
		final double u = 2 * x / w - 1, v = 2 * y / h - 1;
		return new double[] { 1, u, v, u * u, u * v, v * v };
	}

	/** Correlation of the window at x, y of b with a, that far away. */
	private static double correlation(final float[] a, final float[] b,
		final int w, final int x, final int y, final int dx, final int dy)
	{
		double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0;
		long n = 0;
		for (int v = y - HALF_PX; v < y + HALF_PX; v += 2)
			for (int u = x - HALF_PX; u < x + HALF_PX; u += 2, n++) {
				final float p = a[(v - dy) * w + u - dx], q = b[v * w + u];
				sa += p;
				sb += q;
				saa += p * p;
				sbb += q * q;
				sab += p * q;
			}
		return (sab - sa * sb / n) / Math.sqrt((saa - sa * sa / n) * (sbb - sb *
			sb / n));
	}

	/** Least squares, windows weighted by how well they correlate. */
	private static final class PolynomialFit {

		private final Array2DRowRealMatrix normal = new Array2DRowRealMatrix(TERMS,
			TERMS);
		private final RealVector right = new ArrayRealVector(TERMS), down =
			new ArrayRealVector(TERMS);
		private int windows;

		void add(final double[] terms, final double dx, final double dy,
			final double weight)
		{
			windows++;
			for (int i = 0; i < TERMS; i++) {
				for (int j = 0; j < TERMS; j++)
					normal.addToEntry(i, j, weight * terms[i] * terms[j]);
				right.addToEntry(i, weight * terms[i] * dx);
				down.addToEntry(i, weight * terms[i] * dy);
			}
		}

		/** The shift alone where too few windows are believed. */
		PanelBend bend(final int w, final int h, final PanelShift shift) {
			if (windows < 2 * TERMS) return new PanelBend(w, h, new double[] { shift
				.x(), 0, 0, 0, 0, 0 }, new double[] { shift.y(), 0, 0, 0, 0, 0 });
			final var solver = new QRDecomposition(normal).getSolver();
			return new PanelBend(w, h, solver.solve(right).toArray(), solver.solve(
				down).toArray());
		}
	}

	/** Displacement at a place of the second panel: to the right, down. */
	double[] at(final double x, final double y) {
		final double[] terms = terms(x, y, width, height);
		double dx = 0, dy = 0;
		for (int i = 0; i < TERMS; i++) {
			dx += right[i] * terms[i];
			dy += down[i] * terms[i];
		}
		return new double[] { dx, dy };
	}

	/** Moves labels of the first panel to where they lie in the second. */
	int[] apply(final int[] labels) {
		final int[] moved = new int[labels.length];
		for (int v = 0; v < height; v++)
			for (int u = 0; u < width; u++) {
				final double[] d = at(u, v);
				final int x = (int) Math.round(u - d[0]), y = (int) Math.round(v -
					d[1]);
				if (x >= 0 && y >= 0 && x < width && y < height) moved[v * width + u] =
					labels[y * width + x];
			}
		return moved;
	}
}
