
package org.senoscope.core.run;

import java.util.Arrays;

import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.nuclei.NuclearSignalReader;

/**
 * The nuclear signal of a fluorescence picture: its nuclear channel; of a grey
 * brightfield picture: what the channel lacks to white.
 */
final class ChannelSignal implements NuclearSignalReader {

	private final PixelSource source;
	private final int[] channels;
	private final double white;
	private float[] values = new float[0];

	/**
	 * Reads one channel, or the mean of several.
	 *
	 * @param source the picture
	 * @param channels channel indices
	 * @param white value from which the channel is subtracted where nuclei are
	 *          dark on bright, NaN where they are bright on dark
	 */
	ChannelSignal(final PixelSource source, final int[] channels,
		final double white)
	{
		this.source = source;
		this.channels = channels;
		this.white = white;
	}

	@Override
	public void read(final Region working, final int f, final float[] out) {
		final Region pixels = new Region(working.x() * f, working.y() * f, working
			.width() * f, working.height() * f);
		final int n = (int) pixels.size(), w = working.width(), h = working
			.height(), pw = pixels.width();
		if (values.length < n) values = new float[n];
		Arrays.fill(out, 0, w * h, 0);
		final float share = 1f / (f * f * channels.length);
		for (final int channel : channels) {
			source.readChannel(0, channel, pixels, values);
			for (int y = 0; y < h; y++)
				for (int x = 0; x < w; x++) {
					float sum = 0;
					for (int dy = 0; dy < f; dy++) {
						final int row = (y * f + dy) * pw + x * f;
						for (int dx = 0; dx < f; dx++)
							sum += values[row + dx];
					}
					out[y * w + x] += sum * share;
				}
		}
		if (!Double.isNaN(white)) for (int i = 0; i < w * h; i++)
			out[i] = Math.max(0, (float) white - out[i]);
	}
}
