
package org.senoscope.io.output;

import org.senoscope.core.cell.Outline;

/**
 * Extent and orientation of a polygon as scikit-image's {@code regionprops}
 * defines them, from the polygon's own moments. Not thread-safe.
 */
final class PolygonShape {

	private Outline outline;
	private double extent;
	private double orientation;

	/** Measures an outline; one that was measured last is not measured again. */
	PolygonShape of(final Outline o) {
		if (o != outline) measure(o);
		return this;
	}

	/** Returns area over area of the bounding box. */
	double extent() {
		return extent;
	}

	/**
	 * Returns the angle between the vertical axis and the major axis in radians,
	 * -π/2 to π/2.
	 */
	double orientation() {
		return orientation;
	}

	private void measure(final Outline o) {
		outline = o;
		final float[] x = o.x(), y = o.y();
		final double ox = x[0], oy = y[0];
		double minX = ox, maxX = ox, minY = oy, maxY = oy;
		double a = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
		for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
			minX = Math.min(minX, x[i]);
			maxX = Math.max(maxX, x[i]);
			minY = Math.min(minY, y[i]);
			maxY = Math.max(maxY, y[i]);
			final double x0 = x[j] - ox, y0 = y[j] - oy, x1 = x[i] - ox, y1 = y[i] -
				oy;
			final double c = x0 * y1 - x1 * y0;
			a += c;
			sx += (x0 + x1) * c;
			sy += (y0 + y1) * c;
			sxx += (x0 * x0 + x0 * x1 + x1 * x1) * c;
			syy += (y0 * y0 + y0 * y1 + y1 * y1) * c;
			sxy += (x0 * y1 + 2 * x0 * y0 + 2 * x1 * y1 + x1 * y0) * c;
		}
		final double box = (maxX - minX) * (maxY - minY);
		if (a == 0 || box == 0) {
			extent = Double.NaN;
			orientation = Double.NaN;
			return;
		}
		extent = Math.abs(a) / 2 / box;
		final double mx = sx / (3 * a), my = sy / (3 * a);
		final double varX = sxx / (6 * a) - mx * mx, varY = syy / (6 * a) - my * my;
		final double cov = sxy / (12 * a) - mx * my;
		orientation = 0.5 * Math.atan2(2 * cov, varY - varX);
	}
}
