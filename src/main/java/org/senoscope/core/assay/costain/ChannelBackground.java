
package org.senoscope.core.assay.costain;

import java.util.Arrays;

import org.senoscope.core.cell.Selection;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;

/**
 * The background of a channel: levels on a coarse lattice over the picture,
 * interpolated between. Found once for a slide, so that it does not depend on
 * blocks, tiles or threads. Immutable.
 */
final class ChannelBackground {

	/** Windows along a side of the picture, and their side in pixels. */
	private static final int WINDOWS = 6, WINDOW = 256;

	/** Share of a window's pixels that lie below its level. */
	private static final double LOW = 0.05;

	private final int columns, rows;
	private final double pitchX, pitchY;
	private final float[] levels;
	private final double noise;

	private ChannelBackground(final int columns, final int rows,
		final double pitchX, final double pitchY, final float[] levels,
		final double noise)
	{
		this.columns = columns;
		this.rows = rows;
		this.pitchX = pitchX;
		this.pitchY = pitchY;
		this.levels = levels;
		this.noise = noise;
	}

	/** Finds the slowly changing level around cells. */
	static ChannelBackground local(final PixelSource source, final int channel) {
		final int w = source.info().width(), h = source.info().height();
		final int nx = Math.max(1, Math.min(WINDOWS, w * 2 / WINDOW)), ny = Math
			.max(1, Math.min(WINDOWS, h * 2 / WINDOW));
		final float[] levels = new float[nx * ny];
		final double[] noises = new double[nx * ny];
		float[] values = new float[0];
		for (int j = 0; j < ny; j++)
			for (int i = 0; i < nx; i++) {
				final int ww = Math.min(w / nx, WINDOW), wh = Math.min(h / ny, WINDOW);
				final Region r = new Region(start((i + 0.5) * w / nx, ww), start((j +
					0.5) * h / ny, wh), ww, wh);
				if (values.length < r.size()) values = new float[(int) r.size()];
				source.readChannel(0, channel, r, values);
				noises[j * nx + i] = noise(values, ww, wh);
				final int last = (int) r.size() - 1;
				// where nothing but noise is, the level is so much above its 5th
				// percentile
				levels[j * nx + i] = (float) (Selection.select(values, 0, last,
					(int) (LOW * last)) + 1.645 * noises[j * nx + i]);
			}
		Arrays.sort(noises);
		return new ChannelBackground(nx, ny, (double) w / nx, (double) h / ny,
			median(levels, nx, ny), noises[noises.length / 2]);
	}

	/** A whole window lies in one tile of a file, as tiles usually are. */
	private static int start(final double middle, final int side) {
		final int start = (int) middle - side / 2;
		return side < WINDOW ? start : start / WINDOW * WINDOW;
	}

	/** One level everywhere. */
	ChannelBackground constant(final double level) {
		return new ChannelBackground(1, 1, 1, 1, new float[] { (float) level },
			noise);
	}

	/** The median of a channel in the middle of a picture. */
	static double median(final PixelSource source, final int channel) {
		final int w = source.info().width(), h = source.info().height(), ww = Math
			.min(w, 1024), wh = Math.min(h, 1024);
		final float[] values = new float[ww * wh];
		source.readChannel(0, channel, new Region((w - ww) / 2, (h - wh) / 2, ww,
			wh), values);
		return Selection.select(values, 0, values.length - 1, values.length / 2);
	}

	/**
	 * Rolls a ball under the channel (Sternberg 1983), on the least values of
	 * squares an eighth of its radius wide, as ImageJ does; a pixel is as high as
	 * a count.
	 */
	ChannelBackground rolled(final PixelSource source, final int channel,
		final double radiusPx)
	{
		final int w = source.info().width(), h = source.info().height();
		final int g = Math.max(1, (int) (radiusPx / 8)), nx = (w + g - 1) / g, ny =
			(h + g - 1) / g;
		final float[] least = new float[nx * ny];
		float[] values = new float[0];
		for (int j = 0; j < ny; j++) {
			final Region r = new Region(0, j * g, w, Math.min(g, h - j * g));
			if (values.length < r.size()) values = new float[(int) r.size()];
			source.readChannel(0, channel, r, values);
			Arrays.fill(least, j * nx, (j + 1) * nx, Float.MAX_VALUE);
			for (int y = 0; y < r.height(); y++)
				for (int x = 0; x < w; x++) {
					final int k = j * nx + x / g;
					least[k] = Math.min(least[k], values[y * w + x]);
				}
		}
		final int reach = (int) (radiusPx / g);
		final float[] ball = new float[(2 * reach + 1) * (2 * reach + 1)];
		for (int dy = -reach, k = 0; dy <= reach; dy++)
			for (int dx = -reach; dx <= reach; dx++, k++) {
				final double d2 = (double) g * g * (dx * dx + dy * dy);
				ball[k] = d2 > radiusPx * radiusPx ? Float.NaN : (float) Math.sqrt(
					radiusPx * radiusPx - d2);
			}
		return new ChannelBackground(nx, ny, g, g, slide(slide(least, nx, ny, ball,
			reach, true), nx, ny, ball, reach, false), noise);
	}

	/** Height of the ball's centre under each place, or of its upper side. */
	private static float[] slide(final float[] in, final int nx, final int ny,
		final float[] ball, final int reach, final boolean under)
	{
		final float[] out = new float[in.length];
		for (int y = 0; y < ny; y++)
			for (int x = 0; x < nx; x++) {
				float best = under ? Float.MAX_VALUE : -Float.MAX_VALUE;
				for (int dy = -reach, k = 0; dy <= reach; dy++)
					for (int dx = -reach; dx <= reach; dx++, k++) {
						final int u = x + dx, v = y + dy;
						if (Float.isNaN(ball[k]) || u < 0 || v < 0 || u >= nx || v >= ny)
							continue;
						best = under ? Math.min(best, in[v * nx + u] - ball[k]) : Math.max(
							best, in[v * nx + u] + ball[k]);
					}
				out[y * nx + x] = best;
			}
		return out;
	}

	/** A window full of stained cells shall not lift the level: 3 x 3 medians. */
	private static float[] median(final float[] in, final int nx, final int ny) {
		final float[] out = new float[in.length];
		final float[] near = new float[9];
		for (int y = 0; y < ny; y++)
			for (int x = 0; x < nx; x++) {
				int n = 0;
				for (int v = Math.max(0, y - 1); v <= Math.min(ny - 1, y + 1); v++)
					for (int u = Math.max(0, x - 1); u <= Math.min(nx - 1, x + 1); u++)
						near[n++] = in[v * nx + u];
				Arrays.sort(near, 0, n);
				out[y * nx + x] = near[(n - 1) / 2];
			}
		return out;
	}

	/**
	 * Noise of a pixel: spread of the difference of neighbours, where edges of
	 * cells are few.
	 */
	private static double noise(final float[] values, final int w, final int h) {
		final float[] steps = new float[(w - 1) * h];
		int n = 0;
		for (int y = 0; y < h; y++)
			for (int x = 1; x < w; x++)
				steps[n++] = Math.abs(values[y * w + x] - values[y * w + x - 1]);
		return n == 0 ? 0 : 1.4826 / Math.sqrt(2) * Selection.select(steps, 0, n -
			1, n / 2);
	}

	/** Returns the noise of a pixel, in the unit of the channel. */
	double noise() {
		return noise;
	}

	/** Returns the lowest and the highest level. */
	float[] range() {
		float low = levels[0], high = low;
		for (final float v : levels) {
			low = Math.min(low, v);
			high = Math.max(high, v);
		}
		return new float[] { low, high };
	}

	/**
	 * Takes the background off a row of pixels and adds what is left to another,
	 * times a weight.
	 *
	 * @param y row in level-0 pixels
	 * @param x first column
	 * @param n number of pixels
	 * @param from the samples
	 * @param at where the row begins in both arrays
	 * @param weight factor
	 * @param to receives the sum; may be {@code from} if {@code add} is not set
	 * @param add whether to add rather than to set
	 */
	void take(final int y, final int x, final int n, final float[] from,
		final int at, final float weight, final float[] to, final boolean add)
	{
		final double v = Math.max(0, Math.min(rows - 1, (y + 0.5) / pitchY - 0.5));
		final int v0 = Math.min((int) v, Math.max(0, rows - 2)), v1 = Math.min(
			rows - 1, v0 + 1);
		final float fy = (float) (v - v0);
		int done = 0;
		while (done < n) {
			// from one column of the lattice to the next the level is a straight
			// line, told from the picture's edge so that blocks do not matter
			final double u = (x + done + 0.5) / pitchX - 0.5;
			final int u0 = (int) Math.max(0, Math.min(columns - 1, Math.floor(u))),
					u1 = u < 0 ? u0 : Math.min(columns - 1, u0 + 1);
			final double a = levels[v0 * columns + u0] * (1 - fy) + levels[v1 *
				columns + u0] * fy, b = levels[v0 * columns + u1] * (1 - fy) +
					levels[v1 * columns + u1] * fy;
			final double step = (b - a) / pitchX, start = a - step * (u0 + 0.5) *
				pitchX;
			final double next = u < 0 ? 0.5 * pitchX : u0 == columns - 1
				? Double.MAX_VALUE : (u0 + 1.5) * pitchX;
			final int end = Math.max(done + 1, (int) Math.min(n, Math.ceil(next -
				0.5 - x)));
			for (int k = done; k < end; k++) {
				final float left = weight * (from[at + k] - (float) (start + step * (x +
					k + 0.5)));
				to[at + k] = add ? to[at + k] + left : left;
			}
			done = end;
		}
	}
}
