
package org.senoscope.core.registration;

import org.senoscope.core.image.Region;

/**
 * Where the places of one picture lie in another: a rotation about the origin,
 * then a shift. Coordinates are continuous level-0 pixels, the centre of the
 * first pixel is 0.5, 0.5.
 *
 * @param angle rotation in radians; positive turns x towards y (clockwise on
 *          the screen)
 * @param dx shift in pixels
 * @param dy likewise
 */
public record RigidTransform(double angle, double dx, double dy) {

	/** Nothing moves. */
	public static final RigidTransform IDENTITY = new RigidTransform(0, 0, 0);

	/** Rotation about a point, then a shift. */
	public static RigidTransform about(final double x, final double y,
		final double angle, final double dx, final double dy)
	{
		final RigidTransform turn = new RigidTransform(angle, 0, 0);
		return new RigidTransform(angle, x + dx - turn.x(x, y), y + dy - turn.y(x,
			y));
	}

	/** Returns where a point lies: its column. */
	public double x(final double x, final double y) {
		return Math.cos(angle) * x - Math.sin(angle) * y + dx;
	}

	/** Returns where a point lies: its row. */
	public double y(final double x, final double y) {
		return Math.sin(angle) * x + Math.cos(angle) * y + dy;
	}

	/** Returns the longest way that a corner of a picture moves, in pixels. */
	public double largestMove(final Region bounds) {
		double most = 0;
		for (final double x : new double[] { bounds.x(), bounds.right() })
			for (final double y : new double[] { bounds.y(), bounds.bottom() })
				most = Math.max(most, Math.hypot(x(x, y) - x, y(x, y) - y));
		return most;
	}
}
