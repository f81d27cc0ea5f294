
package org.senoscope.core.image;

/** Colours for channels that have none of their own. */
public final class ChannelColours {

	private static final int WHITE = 0xffffff;
	private static final int[] PRIMARIES = { 0xff0000, 0x00ff00, 0x0000ff };
	/** A blue that is bright enough to be seen, then the usual colours. */
	private static final int[] PALETTE = { 0x3c78ff, 0x00ff00, 0xff0000, 0x00ffff,
		0xff00ff, 0xffff00, 0xff8000, 0xffffff };

	private ChannelColours() {}

	/**
	 * Returns a colour.
	 *
	 * @param channel channel index, from 0
	 * @param channels number of channels of the image; a single one is white
	 * @param rgb whether the image is RGB
	 * @return 0xRRGGBB
	 */
	public static int standard(final int channel, final int channels,
		final boolean rgb)
	{
		if (rgb) return PRIMARIES[channel];
		if (channels == 1) return WHITE;
		return PALETTE[channel % PALETTE.length];
	}
}
