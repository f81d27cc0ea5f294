
package org.senoscope.core.cell;

import java.util.Arrays;

/**
 * Shape of a nucleus, in µm.
 *
 * @param areaUm2 area of its pixels
 * @param perimeterUm length of its outline
 * @param circularity 4 π area / perimeter², 1 for a circle
 * @param solidity area over area of the convex hull
 * @param eccentricity of the ellipse with the same second moments, 0 for a
 *          circle
 * @param majorAxisUm long axis of that ellipse
 * @param minorAxisUm short axis of it
 */
public record NucleusShape(double areaUm2, double perimeterUm,
		double circularity, double solidity, double eccentricity,
		double majorAxisUm, double minorAxisUm) {

	/**
	 * Measures a nucleus.
	 *
	 * @param outline its outline in level-0 pixels
	 * @param perimeterPx length of the outline in level-0 pixels, smoothed
	 * @param pixels its working pixels
	 * @param sxx sum over them of (x - mean x)²
	 * @param syy likewise for y
	 * @param sxy likewise for the product
	 * @param scale level-0 pixels a working pixel
	 * @param pixelSizeUm µm a level-0 pixel
	 */
	public static NucleusShape of(final Outline outline, final double perimeterPx,
		final long pixels, final double sxx, final double syy, final double sxy,
		final int scale, final double pixelSizeUm)
	{
		final double unit = scale * pixelSizeUm;
		final double area = outline.area(), perimeter = perimeterPx;
		// a pixel is a square: 1/12 is its own second moment
		final double mxx = sxx / pixels + 1.0 / 12, myy = syy / pixels + 1.0 / 12,
				mxy = sxy / pixels;
		final double mean = (mxx + myy) / 2, half = Math.sqrt((mxx - myy) * (mxx -
			myy) / 4 + mxy * mxy);
		final double major = mean + half, minor = Math.max(0, mean - half);
		return new NucleusShape(pixels * unit * unit, perimeter * pixelSizeUm, Math
			.min(1, 4 * Math.PI * area / (perimeter * perimeter)), Math.min(1, area /
				hullArea(outline)), Math.sqrt(1 - minor / major), 4 * Math.sqrt(major) *
					unit, 4 * Math.sqrt(minor) * unit);
	}

	/** Area of the convex hull (monotone chain). */
	private static double hullArea(final Outline outline) {
		final int n = outline.corners();
		final long[] order = new long[n];
		for (int i = 0; i < n; i++)
			order[i] = (long) Float.floatToIntBits(outline.x()[i] + 0f) << 32 | i;
		// coordinates are not negative, so that their bits sort like their values
		Arrays.sort(order);
		final float[] x = new float[n], y = new float[n];
		for (int i = 0; i < n; i++) {
			x[i] = outline.x()[(int) order[i]];
			y[i] = outline.y()[(int) order[i]];
		}
		for (int from = 0; from < n;) {
			int to = from + 1;
			while (to < n && x[to] == x[from])
				to++;
			Arrays.sort(y, from, to);
			from = to;
		}
		final int[] hull = new int[2 * n];
		int k = 0;
		for (int pass = 0; pass < 2; pass++) {
			final int base = k;
			for (int step = 0; step < n; step++) {
				final int i = pass == 0 ? step : n - 1 - step;
				while (k - base >= 2 && cross(x, y, hull[k - 2], hull[k - 1], i) <= 0)
					k--;
				hull[k++] = i;
			}
			k--;
		}
		double twice = 0;
		for (int i = 0, j = k - 1; i < k; j = i++)
			twice += (double) x[hull[j]] * y[hull[i]] - (double) x[hull[i]] *
				y[hull[j]];
		return Math.abs(twice) / 2;
	}

	private static double cross(final float[] x, final float[] y, final int o,
		final int a, final int b)
	{
		return (double) (x[a] - x[o]) * (y[b] - y[o]) - (double) (y[a] - y[o]) *
			(x[b] - x[o]);
	}
}
