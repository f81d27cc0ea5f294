
package org.senoscope.core.registration;

import java.util.Arrays;

import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * Phase correlation of square planes (Kuglin and Hines 1975): where the
 * cross-power spectrum, each frequency of like weight and high ones dampened,
 * has its peak, there the planes match. One object a thread; buffers are
 * reused.
 */
final class Correlation {

	/** How far frequencies are made alike: 0 not at all, 1 wholly. */
	private static final double WHITENING = 0.75;

	/** Standard deviation, in pixels, of the blur that dampens noise. */
	private static final double BLUR_PX = 1.2;

	/** Pixels about the peak that are its own. */
	private static final int OWN_PX = 8;

	/**
	 * A match.
	 *
	 * @param dx how much further right the second plane has what the first has
	 * @param dy how much further down
	 * @param standout height of the peak in standard deviations of the rest
	 */
	record Peak(double dx, double dy, double standout) {
	}

	private final int side;
	private final double[][] first;
	private final double[][] second;
	private final double[] surface;
	private final double[][] row = new double[2][];
	private final double[] window;
	private final double[] dampening;

	/**
	 * Makes buffers.
	 *
	 * @param side side of the planes, a power of two
	 */
	Correlation(final int side) {
		this.side = side;
		first = new double[2][side * side];
		second = new double[2][side * side];
		surface = new double[side * side];
		window = new double[side];
		dampening = new double[side];
		for (int i = 0; i < side; i++) {
			// flat in the middle, falling over the outer quarters
			final double t = Math.min(1, 4 * Math.min(i + 0.5, side - i - 0.5) /
				side);
			window[i] = 0.5 - 0.5 * Math.cos(Math.PI * t);
			final double f = 2 * Math.PI * Math.min(i, side - i) / side * BLUR_PX;
			dampening[i] = Math.exp(-f * f / 2);
		}
	}

	/** Sets the first plane: {@code side * side} values, row by row. */
	void first(final float[] plane) {
		transform(plane, first);
	}

	/** Matches a second plane with the first alone. */
	Peak match(final float[] plane, final int reach) {
		clear();
		add(plane);
		return peak(reach);
	}

	/** Forgets the surfaces that were added. */
	void clear() {
		Arrays.fill(surface, 0);
	}

	/**
	 * Correlates a second plane with the first and adds the surface to those
	 * before.
	 *
	 * @param plane {@code side * side} values, row by row
	 */
	void add(final float[] plane) {
		transform(plane, second);
		final double[] ar = first[0], ai = first[1], br = second[0], bi = second[1];
		for (int y = 0; y < side; y++)
			for (int x = 0; x < side; x++) {
				final int i = y * side + x;
				final double re = ar[i] * br[i] + ai[i] * bi[i];
				final double im = ar[i] * bi[i] - ai[i] * br[i];
				final double power = Math.sqrt(re * re + im * im);
				final double w = power == 0 ? 0 : dampening[x] * dampening[y] / Math
					.pow(power, WHITENING);
				br[i] = re * w;
				bi[i] = im * w;
			}
		fourier(second, TransformType.INVERSE);
		for (int i = 0; i < surface.length; i++)
			surface[i] += br[i];
	}

	/**
	 * Returns the peak of the surfaces that were added.
	 *
	 * @param most largest shift looked at, in pixels
	 */
	Peak peak(final int most) {
		final int reach = Math.min(most, side / 2 - 2);
		int px = 0, py = 0;
		for (int y = -reach; y <= reach; y++)
			for (int x = -reach; x <= reach; x++)
				if (at(x, y) > at(px, py)) {
					px = x;
					py = y;
				}
		double n = 0, sum = 0, squares = 0;
		for (int y = 0; y < side; y++)
			for (int x = 0; x < side; x++) {
				final int ox = Math.floorMod(x - px + OWN_PX, side), oy = Math.floorMod(
					y - py + OWN_PX, side);
				if (ox <= 2 * OWN_PX && oy <= 2 * OWN_PX) continue;
				final double v = surface[y * side + x];
				n++;
				sum += v;
				squares += v * v;
			}
		final double mean = sum / n, deviation = Math.sqrt(Math.max(0, squares / n -
			mean * mean));
		final double top = at(px, py);
		return new Peak(px + vertex(at(px - 1, py), top, at(px + 1, py)), py +
			vertex(at(px, py - 1), top, at(px, py + 1)), deviation > 0 ? (top -
				mean) / deviation : 0);
	}

	/** The vertex of the parabola through three neighbours. */
	private static double vertex(final double before, final double top,
		final double after)
	{
		final double bend = before - 2 * top + after;
		return bend < 0 ? Math.max(-0.5, Math.min(0.5, 0.5 * (before - after) /
			bend)) : 0;
	}

	private double at(final int x, final int y) {
		return surface[Math.floorMod(y, side) * side + Math.floorMod(x, side)];
	}

	private void transform(final float[] plane, final double[][] out) {
		double sum = 0, weights = 0;
		for (int y = 0; y < side; y++)
			for (int x = 0; x < side; x++) {
				final double w = window[x] * window[y];
				sum += w * plane[y * side + x];
				weights += w;
			}
		final double mean = sum / weights;
		for (int y = 0; y < side; y++)
			for (int x = 0; x < side; x++) {
				out[0][y * side + x] = window[x] * window[y] * (plane[y * side + x] -
					mean);
				out[1][y * side + x] = 0;
			}
		fourier(out, TransformType.FORWARD);
	}

	private void fourier(final double[][] data, final TransformType type) {
		row[0] = new double[side];
		row[1] = new double[side];
		for (int pass = 0; pass < 2; pass++)
			for (int k = 0; k < side; k++) {
				final int start = pass == 0 ? k * side : k, step = pass == 0 ? 1 : side;
				for (int i = 0; i < side; i++) {
					row[0][i] = data[0][start + i * step];
					row[1][i] = data[1][start + i * step];
				}
				FastFourierTransformer.transformInPlace(row, DftNormalization.UNITARY,
					type);
				for (int i = 0; i < side; i++) {
					data[0][start + i * step] = row[0][i];
					data[1][start + i * step] = row[1][i];
				}
			}
	}
}
