
package org.senoscope.core.assay;

import java.util.Arrays;

import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;

/**
 * The full-resolution pixels of one region, read when an analyzer first asks
 * for them and kept until the next region, so that markers of one picture share
 * a read. One object a thread; the arrays are reused and may be longer than the
 * region.
 */
public final class BlockPixels {

	private final PixelSource source;
	private final PixelSource beside;
	private Region region;
	private byte[] rgb = new byte[0];
	private boolean hasRgb;
	private final float[][] channels;
	private final boolean[] hasChannel;

	/**
	 * Makes a reader.
	 *
	 * @param source the picture
	 */
	public BlockPixels(final PixelSource source) {
		this(source, null);
	}

	/**
	 * Makes a reader of two pictures of one field.
	 *
	 * @param source the picture whose red, green, blue is read
	 * @param channels the picture whose channels are, which lies on it; null: the
	 *          same
	 */
	public BlockPixels(final PixelSource source, final PixelSource channels) {
		this.source = source;
		beside = channels == null ? source : channels;
		final int n = beside.info().channels().size();
		this.channels = new float[n][];
		hasChannel = new boolean[n];
	}

	/**
	 * Turns to another region; what was read is forgotten.
	 *
	 * @param next rectangle in level-0 pixels, inside the picture
	 */
	public void moveTo(final Region next) {
		region = next;
		hasRgb = false;
		Arrays.fill(hasChannel, false);
	}

	/** Returns the rectangle in level-0 pixels. */
	public Region region() {
		return region;
	}

	/** Returns how many pixels the region has. */
	public int size() {
		return (int) region.size();
	}

	/** Returns the width of the region in pixels. */
	public int width() {
		return region.width();
	}

	/** Returns the height of the region in pixels. */
	public int height() {
		return region.height();
	}

	/**
	 * Returns red, green, blue interleaved, row by row, of an RGB picture; not to
	 * be written to.
	 *
	 * @throws org.senoscope.core.UserException if the file fails to give them
	 */
	public byte[] rgb() {
		if (!hasRgb) {
			if (rgb.length < 3 * size()) rgb = new byte[3 * size()];
			source.readRgb(0, region, rgb);
			hasRgb = true;
		}
		return rgb;
	}

	/**
	 * Returns the samples of a channel as the file's own numbers, row by row; not
	 * to be written to. For channels that several analyzers need.
	 *
	 * @param channel index of the channel
	 * @throws org.senoscope.core.UserException if the file fails to give them
	 */
	public float[] channel(final int channel) {
		if (!hasChannel[channel]) {
			if (channels[channel] == null || channels[channel].length < size())
				channels[channel] = new float[size()];
			beside.readChannel(0, channel, region, channels[channel]);
			hasChannel[channel] = true;
		}
		return channels[channel];
	}

	/**
	 * Copies the samples of a channel, without keeping them unless they are kept
	 * already.
	 *
	 * @param channel index of the channel
	 * @param out receives the samples row by row
	 * @throws org.senoscope.core.UserException if the file fails to give them
	 */
	public void channel(final int channel, final float[] out) {
		if (hasChannel[channel]) System.arraycopy(channels[channel], 0, out, 0,
			size());
		else beside.readChannel(0, channel, region, out);
	}
}
