
package org.senoscope.core.nuclei.starconvex;

import java.util.Arrays;

import org.senoscope.core.image.Region;

/**
 * Reads a slide in the pixels of a network: averaged by area where the network
 * sees it smaller than it is, bilinear where it sees it larger. Network pixel i
 * covers the level-0 pixels from {@code i * step} to {@code (i + 1) * step},
 * counted from the slide's origin, wherever the window lies. One object a
 * thread.
 */
final class NetworkPixels {

	/** Level-0 values held at a time. */
	private static final int AT_ONCE = 3 << 20;

	private final PixelReader reader;
	private final int channels;
	private final int slideWidth;
	private final int slideHeight;
	private final double step;
	private float[] strip = new float[0];
	private float[] line = new float[0];

	/**
	 * @param reader the slide
	 * @param channels its channels
	 * @param slideWidth width of the slide in level-0 pixels
	 * @param slideHeight height of it
	 * @param step level-0 pixels a network pixel
	 */
	NetworkPixels(final PixelReader reader, final int channels,
		final int slideWidth, final int slideHeight, final double step)
	{
		this.reader = reader;
		this.channels = channels;
		this.slideWidth = slideWidth;
		this.slideHeight = slideHeight;
		this.step = step;
	}

	/** Pixels of the network along a side of so many level-0 pixels. */
	static int size(final int level0, final double step) {
		return (int) Math.max(1, Math.round(level0 / step));
	}

	/**
	 * Reads a window. Beyond the right and lower edge of the slide the picture is
	 * mirrored at its outermost pixels.
	 *
	 * @param window rectangle in network pixels, right and below of the origin
	 * @param out receives the values row by row, channels fastest
	 */
	void read(final Region window, final float[] out) {
		final Region inside = window.intersect(new Region(0, 0, size(slideWidth,
			step), size(slideHeight, step)));
		final int row = window.width() * channels;
		if (step == 1) {
			final int n = (int) inside.size() * channels;
			if (strip.length < n) strip = new float[n];
			reader.read(inside, strip);
			for (int y = 0; y < inside.height(); y++)
				System.arraycopy(strip, y * inside.width() * channels, out, y * row,
					inside.width() * channels);
		}
		else resample(inside, out, row);
		mirror(inside, window, out);
	}

	private void resample(final Region inside, final float[] out, final int row) {
		final Taps columns = new Taps(inside.x(), inside.width(), slideWidth, step);
		final Taps rows = new Taps(inside.y(), inside.height(), slideHeight, step);
		final int n = inside.width() * channels;
		if (line.length < n) line = new float[n];
		for (int y = 0; y < inside.height(); y++)
			Arrays.fill(out, y * row, y * row + n, 0);
		final int sourceWidth = columns.end() - columns.start();
		final int most = Math.max(rows.longest(), AT_ONCE / (sourceWidth *
			channels));
		int from = 0;
		while (from < inside.height()) {
			int to = from + 1;
			while (to < inside.height() && rows.first[to] + rows.count[to] -
				rows.first[from] <= most)
				to++;
			final int y0 = rows.first[from], y1 = rows.first[to - 1] + rows.count[to -
				1];
			final int values = sourceWidth * (y1 - y0) * channels;
			if (strip.length < values) strip = new float[values];
			reader.read(new Region(columns.start(), y0, sourceWidth, y1 - y0), strip);
			int begin = from;
			for (int sy = y0; sy < y1; sy++) {
				shrink(columns, (sy - y0) * sourceWidth * channels);
				while (rows.first[begin] + rows.count[begin] <= sy)
					begin++;
				for (int y = begin; y < to && rows.first[y] <= sy; y++) {
					final float weight = rows.weight[y * rows.taps + sy - rows.first[y]];
					for (int i = 0, at = y * row; i < n; i++, at++)
						out[at] += weight * line[i];
				}
			}
			from = to;
		}
	}

	/** Brings one row of the strip to the columns of the network. */
	private void shrink(final Taps columns, final int at) {
		final int n = columns.first.length;
		for (int x = 0; x < n; x++) {
			final int source = at + (columns.first[x] - columns.start()) * channels;
			for (int c = 0; c < channels; c++) {
				float sum = 0;
				for (int t = 0; t < columns.count[x]; t++)
					sum += columns.weight[x * columns.taps + t] * strip[source + t *
						channels + c];
				line[x * channels + c] = sum;
			}
		}
	}

	private void mirror(final Region inside, final Region window,
		final float[] out)
	{
		final int w = window.width(), row = w * channels;
		for (int x = inside.width(); x < w; x++) {
			final int from = mirrored(x, inside.width());
			for (int y = 0; y < inside.height(); y++)
				for (int c = 0; c < channels; c++)
					out[y * row + x * channels + c] = out[y * row + from * channels + c];
		}
		for (int y = inside.height(); y < window.height(); y++)
			System.arraycopy(out, mirrored(y, inside.height()) * row, out, y * row,
				row);
	}

	/** Index inside of n pixels that stands for one beyond them. */
	private static int mirrored(final int i, final int n) {
		if (n == 1) return 0;
		final int period = 2 * (n - 1), at = i % period;
		return at < n ? at : period - at;
	}

	/** Which level-0 pixels make a network pixel along one axis, and how much. */
	private static final class Taps {

		private final int[] first;
		private final int[] count;
		private final float[] weight;
		private final int taps;

		Taps(final int from, final int n, final int size, final double step) {
			first = new int[n];
			count = new int[n];
			taps = step > 1 ? (int) Math.ceil(step) + 1 : 2;
			weight = new float[n * taps];
			for (int i = 0; i < n; i++) {
				if (step > 1) average(i, (from + i) * step, (from + i + 1) * step,
					size);
				else interpolate(i, (from + i + 0.5) * step - 0.5, size);
			}
		}

		private void average(final int i, final double from, final double to,
			final int size)
		{
			final double end = Math.min(to, size);
			// the last pixel may hang over the edge
			first[i] = (int) Math.min(Math.floor(from), size - 1);
			final double start = Math.min(from, end - 1e-6);
			int t = 0;
			for (int p = first[i]; p < end && t < taps; p++)
				weight[i * taps + t++] = (float) Math.max(0, (Math.min(end, p + 1) -
					Math.max(start, p)) / (end - start));
			count[i] = t;
		}

		private void interpolate(final int i, final double at, final int size) {
			final double clamped = Math.max(0, Math.min(size - 1, at));
			first[i] = (int) Math.max(0, Math.min(Math.floor(clamped), size - 2));
			count[i] = Math.min(2, size);
			final float share = (float) (clamped - first[i]);
			weight[i * taps] = 1 - share;
			weight[i * taps + 1] = share;
		}

		int start() {
			return first[0];
		}

		int end() {
			int end = 0;
			for (int i = 0; i < first.length; i++)
				end = Math.max(end, first[i] + count[i]);
			return end;
		}

		int longest() {
			return taps;
		}
	}
}
