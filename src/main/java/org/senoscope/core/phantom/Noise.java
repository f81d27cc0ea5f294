
package org.senoscope.core.phantom;

/**
 * Smooth value noise over the plane, a pure function of seed and position. Its
 * grain is 1: scale the coordinates.
 */
final class Noise {

	private Noise() {}

	/** Returns noise in [-1, 1], uniform at the lattice points. */
	static float at(final int seed, final double x, final double y) {
		final int ix = (int) Math.floor(x), iy = (int) Math.floor(y);
		final float fx = (float) (x - ix), fy = (float) (y - iy);
		final float u = fx * fx * (3 - 2 * fx), v = fy * fy * (3 - 2 * fy);
		final float a = corner(seed, ix, iy), b = corner(seed, ix + 1, iy);
		final float c = corner(seed, ix, iy + 1), d = corner(seed, ix + 1, iy + 1);
		final float top = a + u * (b - a), bottom = c + u * (d - c);
		return top + v * (bottom - top);
	}

	/** Returns noise of several octaves, each half as strong and coarse. */
	static float octaves(final int seed, final double x, final double y,
		final int count)
	{
		float sum = 0, weight = 1, total = 0;
		// Each octave is turned, or the lattice would show as squares.
		double u = 0.866 * x + 0.5 * y, v = 0.866 * y - 0.5 * x;
		for (int k = 0; k < count; k++) {
			sum += weight * at(seed + 101 * k, u, v);
			total += weight;
			weight *= 0.5f;
			final double turned = 2.03 * (0.75 * u + 0.66 * v) + 17.3;
			v = 2.03 * (0.75 * v - 0.66 * u) - 9.1;
			u = turned;
		}
		return sum / total;
	}

	private static float corner(final int seed, final int ix, final int iy) {
		int h = seed ^ ix * 0x9E3779B1 ^ iy * 0x85EBCA77;
		h = (h ^ h >>> 16) * 0x7FEB352D;
		h = (h ^ h >>> 15) * 0x846CA68B;
		return (h ^ h >>> 16) * 0x1.0p-31f;
	}
}
