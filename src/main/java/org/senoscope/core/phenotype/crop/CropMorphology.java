
package org.senoscope.core.phenotype.crop;

import java.util.Arrays;
import java.util.List;

/**
 * Plain readings of a {@link NucleusCrop}: what a network of crops is compared
 * with, and by which crops unlike those of training are told.
 */
public final class CropMorphology {

	/**
	 * Names of the readings: area in µm², long over short axis of the ellipse of
	 * the same second moments, share of that ellipse's area (less than 1: bays
	 * and lobes), mean level in units of the picture's median nucleus, total
	 * level (mean times area), standard deviation over mean, root mean square
	 * difference of a pixel and its neighbours over mean (grain), and the share
	 * of the area above one and a half times the mean (bright spots).
	 */
	public static final List<String> NAMES = List.of("crop_area_um2",
		"crop_elongation", "crop_compactness", "crop_level", "crop_total",
		"crop_variation", "crop_grain", "crop_bright_share");

	private CropMorphology() {}

	/**
	 * Reads crops.
	 *
	 * @param crops {@code cells x SIZE}
	 * @return {@code cells x NAMES}; NaN for an empty crop
	 */
	public static float[] of(final float[] crops) {
		final int n = crops.length / NucleusCrop.SIZE, f = NAMES.size();
		final float[] out = new float[n * f];
		for (int i = 0; i < n; i++)
			read(crops, i * NucleusCrop.SIZE, out, i * f);
		return out;
	}

	private static void read(final float[] crop, final int at, final float[] out,
		final int to)
	{
		final int side = NucleusCrop.SIDE;
		double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0, sum = 0, squares =
			0, grain = 0;
		for (int y = 0; y < side; y++)
			for (int x = 0; x < side; x++) {
				final double v = crop[at + y * side + x];
				if (v <= 0) continue;
				n++;
				sx += x;
				sy += y;
				sxx += x * x;
				syy += y * y;
				sxy += x * y;
				sum += v;
				squares += v * v;
				final double around = 0.25 * (neighbour(crop, at, x - 1, y, v) +
					neighbour(crop, at, x + 1, y, v) + neighbour(crop, at, x, y - 1, v) +
					neighbour(crop, at, x, y + 1, v));
				grain += (v - around) * (v - around);
			}
		if (n == 0) {
			Arrays.fill(out, to, to + NAMES.size(), Float.NaN);
			return;
		}
		final double mean = sum / n;
		// a pixel is a square, not a point
		final double mxx = sxx / n - sx * sx / n / n + 1 / 12.0, myy = syy / n -
			sy * sy / n / n + 1 / 12.0, mxy = sxy / n - sx * sy / n / n;
		final double half = Math.sqrt((mxx - myy) * (mxx - myy) / 4 + mxy * mxy);
		final double large = (mxx + myy) / 2 + half, small = Math.max(1e-6, (mxx +
			myy) / 2 - half);
		int bright = 0;
		for (int i = at; i < at + side * side; i++)
			if (crop[i] > 1.5 * mean) bright++;
		final double area = n * NucleusCrop.PIXEL_UM * NucleusCrop.PIXEL_UM;
		final double[] readings = { area, Math.sqrt(large / small), n / (4 *
			Math.PI * Math.sqrt(large * small)), mean, mean * area, Math.sqrt(Math
				.max(0, squares / n - mean * mean)) / mean, Math.sqrt(grain / n) / mean,
			bright / n };
		for (int j = 0; j < readings.length; j++)
			out[to + j] = (float) readings[j];
	}

	/** A neighbour inside the nucleus, else the pixel itself. */
	private static double neighbour(final float[] crop, final int at, final int x,
		final int y, final double own)
	{
		final int side = NucleusCrop.SIDE;
		if (x < 0 || y < 0 || x >= side || y >= side) return own;
		final float v = crop[at + y * side + x];
		return v > 0 ? v : own;
	}
}
