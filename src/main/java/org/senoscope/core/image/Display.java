
package org.senoscope.core.image;

import java.util.Arrays;
import java.util.List;

/**
 * How a picture is shown to people: RGB as it is; channels each stretched
 * between two percentiles, in their colours, added up. For overlays and reports
 * only, never for measuring. Thread-safe.
 */
public final class Display {

	private static final double LOW_PERCENT = 1;
	private static final double HIGH_PERCENT = 99.8;
	/** A level up to this long is looked at as a whole. */
	private static final int OVERVIEW_PX = 2048;
	/** Else so many windows a side are looked at. */
	private static final int WINDOWS = 5;
	private static final int WINDOW_PX = 256;

	private final PixelSource source;
	/** Shown black and shown full, by channel; empty for RGB. */
	private final float[] low;
	private final float[] high;

	private Display(final PixelSource source, final float[] low,
		final float[] high)
	{
		this.source = source;
		this.low = low;
		this.high = high;
	}

	/**
	 * Finds the display range of every channel (nothing is read for RGB).
	 *
	 * @param source the picture, kept
	 * @throws org.senoscope.core.UserException if the file fails to give the
	 *           pixels
	 */
	public static Display of(final PixelSource source) {
		final int channels = source.info().rgb() ? 0 : source.info().channels()
			.size();
		final float[] low = new float[channels], high = new float[channels];
		for (int c = 0; c < channels; c++) {
			final float[] samples = samples(source, c);
			Arrays.sort(samples);
			low[c] = percentile(samples, LOW_PERCENT);
			high[c] = percentile(samples, HIGH_PERCENT);
		}
		return new Display(source, low, high);
	}

	/** Returns the value of a channel that is shown black. */
	public float low(final int channel) {
		return low[channel];
	}

	/** Returns the value of a channel that is shown in its full colour. */
	public float high(final int channel) {
		return high[channel];
	}

	/**
	 * Returns a region as it is shown.
	 *
	 * @param level pyramid level
	 * @param region rectangle in pixels of that level, inside it
	 * @return red, green, blue interleaved, row by row
	 * @throws org.senoscope.core.UserException if the file fails to give the
	 *           pixels
	 */
	public byte[] rgb(final int level, final Region region) {
		final int count = Math.toIntExact(region.size());
		final byte[] rgb = new byte[Math.multiplyExact(3, count)];
		if (source.info().rgb()) {
			source.readRgb(level, region, rgb);
			return rgb;
		}
		final float[] values = new float[count];
		final float[] sum = new float[rgb.length];
		final List<Channel> channels = source.info().channels();
		for (int c = 0; c < channels.size(); c++) {
			source.readChannel(level, c, region, values);
			final float scale = 1 / Math.max(high[c] - low[c], Float.MIN_NORMAL);
			final int colour = channels.get(c).rgb();
			final int red = colour >> 16 & 255, green = colour >> 8 & 255, blue =
				colour & 255;
			for (int i = 0, o = 0; i < count; i++, o += 3) {
				final float shown = Math.min(1, Math.max(0, (values[i] - low[c]) *
					scale));
				sum[o] += shown * red;
				sum[o + 1] += shown * green;
				sum[o + 2] += shown * blue;
			}
		}
		for (int i = 0; i < rgb.length; i++) {
			rgb[i] = (byte) Math.min(255, Math.round(sum[i]));
		}
		return rgb;
	}

	private static float percentile(final float[] sorted, final double percent) {
		// NaN sorts to the end and is no reading.
		int count = sorted.length;
		while (count > 0 && Float.isNaN(sorted[count - 1]))
			count--;
		return count == 0 ? 0 : sorted[(int) Math.round((count - 1) * percent /
			100)];
	}

	/** Returns values of a channel from all over the picture. */
	private static float[] samples(final PixelSource source, final int channel) {
		final List<PyramidLevel> levels = source.info().levels();
		for (int level = 0; level < levels.size(); level++) {
			final PyramidLevel size = levels.get(level);
			if (Math.max(size.width(), size.height()) > OVERVIEW_PX) continue;
			final float[] all = new float[size.width() * size.height()];
			source.readChannel(level, channel, new Region(0, 0, size.width(), size
				.height()), all);
			return all;
		}
		final int level = levels.size() - 1;
		final PyramidLevel size = levels.get(level);
		final int width = Math.min(WINDOW_PX, size.width());
		final int height = Math.min(WINDOW_PX, size.height());
		final float[] window = new float[width * height];
		final float[] all = new float[WINDOWS * WINDOWS * window.length];
		for (int i = 0; i < WINDOWS * WINDOWS; i++) {
			final int x = (int) ((long) (size.width() - width) * (i % WINDOWS) /
				(WINDOWS - 1));
			final int y = (int) ((long) (size.height() - height) * (i / WINDOWS) /
				(WINDOWS - 1));
			source.readChannel(level, channel, new Region(x, y, width, height),
				window);
			System.arraycopy(window, 0, all, i * window.length, window.length);
		}
		return all;
	}
}
