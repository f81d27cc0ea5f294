
package org.senoscope.core.cell;

/**
 * A simple closed polygon in continuous level-0 pixel coordinates (the centre
 * of the first pixel is 0.5, 0.5). The last point joins the first.
 *
 * @param x horizontal coordinates of the corners
 * @param y vertical coordinates of the corners
 */
public record Outline(float[] x, float[] y) {

	/** Checks that the outline is a polygon. */
	public Outline {
		if (x.length != y.length || x.length < 3)
			throw new IllegalArgumentException(
				"an outline needs at least three corners, each with x and y");
	}

	/** Returns the number of corners. */
	public int corners() {
		return x.length;
	}

	/** Returns the enclosed area in square pixels. */
	public double area() {
		double twice = 0;
		for (int i = 0, j = x.length - 1; i < x.length; j = i++)
			twice += (double) x[j] * y[i] - (double) x[i] * y[j];
		return Math.abs(twice) / 2;
	}

	/** Returns the length of the boundary in pixels. */
	public double perimeter() {
		double length = 0;
		for (int i = 0, j = x.length - 1; i < x.length; j = i++)
			length += Math.hypot(x[i] - x[j], y[i] - y[j]);
		return length;
	}
}
