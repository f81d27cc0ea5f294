
package org.senoscope.core.image;

import java.util.Arrays;

/**
 * Evens out the light over a brightfield picture: {@code (value - dark) * gain}
 * with gains that vary slowly over the field, so that clear glass is as bright
 * everywhere as where it is brightest. The colour of the lamp stays. Immutable,
 * thread-safe.
 */
public final class FlatField {

	/** Points of the lattice on which gain and dark level are known, a side. */
	private static final int NODES = 33;
	/** Half width in grey levels of what is averaged around a median. */
	private static final int AROUND_MEDIAN = 4;
	/** Points of the picture at which the light is estimated, a side. */
	private static final int POINTS = 160;
	/** Quantile of brightness that the light follows: glass, not cells. */
	private static final double GLASS_QUANTILE = 0.75;
	/** A point within this of the surface (natural logarithm) is glass. */
	private static final double ON_SURFACE = 0.03;
	/** Share of such points, overall and in each ninth of the field. */
	private static final double LEAST_GLASS = 0.25, LEAST_IN_NINTH = 0.1;
	/** Light that varies by less is even. */
	private static final double EVEN = 0.015;
	/** Light that varies by more is no light: the model is wrong. */
	private static final double MOST = 1.2;

	private final float[][] gains;
	private final float[][] dark;
	private final String origin;

	private FlatField(final float[][] gains, final float[][] dark,
		final String origin)
	{
		this.gains = gains;
		this.dark = dark;
		this.origin = origin;
	}

	/**
	 * Takes the light from a blank field.
	 *
	 * @param blank clear glass, of the same camera and lens as the picture; may
	 *          be of another resolution
	 * @param dark a frame without light, null where there is none
	 */
	public static FlatField of(final RgbField blank, final RgbField dark) {
		final float[][] level = nodes(blank);
		final float[][] black = dark == null ? new float[3][NODES * NODES] : nodes(
			dark);
		for (int c = 0; c < 3; c++) {
			float top = 0;
			for (int i = 0; i < level[c].length; i++) {
				level[c][i] = Math.max(1, level[c][i] - black[c][i]);
				top = Math.max(top, level[c][i]);
			}
			for (int i = 0; i < level[c].length; i++)
				level[c][i] = top / level[c][i];
		}
		return new FlatField(level, black, "blank field" + (dark == null ? ""
			: " and dark frame"));
	}

	/**
	 * Only takes a dark frame off.
	 *
	 * @param dark a frame without light
	 */
	public static FlatField ofDark(final RgbField dark) {
		final float[][] even = new float[3][NODES * NODES];
		for (final float[] e : even)
			Arrays.fill(e, 1);
		return new FlatField(even, nodes(dark), "dark frame");
	}

	/**
	 * Finds the light from the picture itself: a surface of second order through
	 * its brightest parts, the same for all colours (quantile regression by
	 * iteratively reweighted least squares, then least squares on what lies on
	 * it).
	 *
	 * @param picture the whole picture, of any resolution
	 * @return null where the light is even, or where too little glass is seen to
	 *         tell
	 */
	public static FlatField estimate(final RgbField picture) {
		final int nx = Math.min(POINTS, picture.width() / 2), ny = Math.min(POINTS,
			picture.height() / 2), n = nx * ny;
		final double[][] terms = new double[n][];
		final double[] light = new double[n];
		for (int i = 0; i < n; i++) {
			final int x = (int) ((i % nx + 0.5) * picture.width() / nx) - 1, y =
				(int) ((i / nx + 0.5) * picture.height() / ny) - 1;
			terms[i] = terms(2.0 * x / picture.width() - 1, 2.0 * y / picture
				.height() - 1);
			double sum = 0;
			for (int c = 0; c < 3; c++) {
				double box = 0;
				for (int k = 0; k < 4; k++)
					box += picture.rgb()[3 * ((y + k / 2) * picture.width() + x + k % 2) +
						c] & 255;
				sum += Math.log(Math.max(1, box / 4));
			}
			light[i] = sum / 3;
		}
		final double[] weight = new double[n];
		Arrays.fill(weight, 1);
		double[] surface = fit(terms, light, weight);
		for (int round = 0; round < 25; round++) {
			for (int i = 0; i < n; i++) {
				final double r = light[i] - value(surface, terms[i]);
				weight[i] = (r > 0 ? GLASS_QUANTILE : 1 - GLASS_QUANTILE) / Math.max(
					0.003, Math.abs(r));
			}
			surface = fit(terms, light, weight);
		}
		for (int round = 0; round < 3; round++) {
			for (int i = 0; i < n; i++)
				weight[i] = Math.abs(light[i] - value(surface, terms[i])) < ON_SURFACE
					? 1 : 0;
			surface = fit(terms, light, weight);
		}
		final int[] on = new int[9], all = new int[9];
		double lowest = Double.MAX_VALUE, highest = -Double.MAX_VALUE;
		for (int i = 0; i < n; i++) {
			final int ninth = i % nx * 3 / nx + 3 * (i / nx * 3 / ny);
			final double v = value(surface, terms[i]);
			all[ninth]++;
			if (Math.abs(light[i] - v) < ON_SURFACE) on[ninth]++;
			lowest = Math.min(lowest, v);
			highest = Math.max(highest, v);
		}
		boolean glass = Arrays.stream(on).sum() >= LEAST_GLASS * n;
		for (int k = 0; k < 9; k++)
			glass &= on[k] >= LEAST_IN_NINTH * all[k];
		final double range = highest - lowest;
		if (!glass || range < EVEN || range > MOST) return null;
		final float[] gain = new float[NODES * NODES];
		for (int i = 0; i < gain.length; i++)
			gain[i] = (float) Math.exp(highest - value(surface, terms(2.0 * (i %
				NODES) / (NODES - 1) - 1, 2.0 * (i / NODES) / (NODES - 1) - 1)));
		return new FlatField(new float[][] { gain, gain, gain },
			new float[3][NODES * NODES], "estimated from the picture");
	}

	private static double[] terms(final double u, final double v) {
		return new double[] { 1, u, v, u * u, u * v, v * v };
	}

	private static double value(final double[] surface, final double[] terms) {
		double s = 0;
		for (int k = 0; k < terms.length; k++)
			s += surface[k] * terms[k];
		return s;
	}

	/** Weighted least squares by the normal equations. */
	private static double[] fit(final double[][] terms, final double[] values,
		final double[] weight)
	{
		final int k = terms[0].length;
		final double[][] m = new double[k][k + 1];
		for (int i = 0; i < terms.length; i++)
			for (int a = 0; a < k; a++) {
				final double w = weight[i] * terms[i][a];
				for (int b = 0; b < k; b++)
					m[a][b] += w * terms[i][b];
				m[a][k] += w * values[i];
			}
		for (int a = 0; a < k; a++) {
			m[a][a] += 1e-9;
			for (int b = 0; b < k; b++) {
				if (b == a) continue;
				final double f = m[b][a] / m[a][a];
				for (int c = a; c <= k; c++)
					m[b][c] -= f * m[a][c];
			}
		}
		final double[] solution = new double[k];
		for (int a = 0; a < k; a++)
			solution[a] = m[a][k] / m[a][a];
		return solution;
	}

	/**
	 * Level at each node of the lattice: the mean around the median of the pixels
	 * next to it, so that dust does not count.
	 */
	private static float[][] nodes(final RgbField field) {
		final float[][] levels = new float[3][NODES * NODES];
		final double halfX = Math.max(2, field.width() / (NODES - 1) / 2.0), halfY =
			Math.max(2, field.height() / (NODES - 1) / 2.0);
		final int[] histogram = new int[256];
		for (int i = 0; i < NODES * NODES; i++) {
			final double x = (double) (i % NODES) / (NODES - 1) * field.width(), y =
				(double) (i / NODES) / (NODES - 1) * field.height();
			final int x0 = (int) Math.max(0, x - halfX), x1 = (int) Math.min(field
				.width(), x + halfX), y0 = (int) Math.max(0, y - halfY), y1 = (int) Math
					.min(field.height(), y + halfY);
			for (int c = 0; c < 3; c++) {
				Arrays.fill(histogram, 0);
				for (int yy = y0; yy < y1; yy++)
					for (int xx = x0; xx < x1; xx++)
						histogram[field.rgb()[3 * (yy * field.width() + xx) + c] & 255]++;
				int median = 0, below = histogram[0];
				while (2 * below < (x1 - x0) * (y1 - y0))
					below += histogram[++median];
				double sum = 0;
				int count = 0;
				for (int v = Math.max(0, median - AROUND_MEDIAN); v <= Math.min(255,
					median + AROUND_MEDIAN); v++)
				{
					sum += (double) v * histogram[v];
					count += histogram[v];
				}
				levels[c][i] = (float) (sum / count);
			}
		}
		return levels;
	}

	/** Returns where the light was taken from, in words. */
	public String origin() {
		return origin;
	}

	/** Returns the largest gain: how much darker the darkest part was. */
	public double largestGain() {
		float most = 0;
		for (final float[] g : gains)
			for (final float v : g)
				most = Math.max(most, v);
		return most;
	}

	/**
	 * Evens out samples of one colour.
	 *
	 * @param channel 0 red, 1 green, 2 blue
	 * @param region where they lie, in pixels of their level
	 * @param width width of the level in pixels
	 * @param height height of it
	 * @param samples a sink and source of the samples of the region
	 */
	void correct(final int channel, final Region region, final int width,
		final int height, final Samples samples)
	{
		final float[] gain = gains[channel], black = dark[channel];
		final float stepX = (NODES - 1f) / width, stepY = (NODES - 1f) / height;
		int i = 0;
		for (int y = region.y(); y < region.bottom(); y++) {
			final float v = (y + 0.5f) * stepY;
			final int row = Math.min(NODES - 2, (int) v);
			final float fy = v - row;
			for (int x = region.x(); x < region.right(); x++, i++) {
				final float u = (x + 0.5f) * stepX;
				final int column = Math.min(NODES - 2, (int) u);
				final float fx = u - column;
				final int at = row * NODES + column;
				samples.set(i, (samples.get(i) - between(black, at, fx, fy)) * between(
					gain, at, fx, fy));
			}
		}
	}

	private static float between(final float[] a, final int at, final float fx,
		final float fy)
	{
		final float top = a[at] + fx * (a[at + 1] - a[at]);
		final float bottom = a[at + NODES] + fx * (a[at + NODES + 1] - a[at +
			NODES]);
		return top + fy * (bottom - top);
	}

	/** Samples of one colour by number. */
	interface Samples {

		float get(int i);

		void set(int i, float value);
	}
}
