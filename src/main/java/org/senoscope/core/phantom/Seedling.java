
package org.senoscope.core.phantom;

/**
 * A candidate of the hard-core process: an ellipse at a place, before its
 * outline is drawn.
 *
 * @param x centre in µm
 * @param y centre in µm
 * @param a longer semi-axis in µm
 * @param b shorter semi-axis in µm
 * @param angle direction of the longer axis in radians
 * @param type kind of cell
 * @param bits identity, and where all its random numbers come from
 */
record Seedling(double x, double y, double a, double b, double angle,
		CellType type, long bits) {

	/** Returns the radius of the ellipse in a direction. */
	double radius(final double cos, final double sin) {
		final double c = StrictMath.cos(angle), s = StrictMath.sin(angle);
		final double u = cos * c + sin * s, v = sin * c - cos * s;
		return a * b / Math.sqrt(b * b * u * u + a * a * v * v);
	}

	/**
	 * Returns whether two ellipses come closer than they may: pairs differ, most
	 * keep a gap, some touch, a few overlap a little.
	 */
	boolean conflicts(final Seedling o, final double closest,
		final double farthest)
	{
		final double dx = o.x - x, dy = o.y - y;
		final double d2 = dx * dx + dy * dy;
		final double reach = (a + o.a) * farthest;
		if (d2 >= reach * reach) return false;
		final double d = Math.sqrt(d2);
		if (d < 1e-9) return true;
		final double factor = closest + (farthest - closest) * Hash.uniform(bits ^
			o.bits, 7);
		return d < factor * (radius(dx / d, dy / d) + o.radius(dx / d, dy / d));
	}
}
