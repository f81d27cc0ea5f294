
package org.senoscope.core.image;

import java.util.ArrayList;
import java.util.List;

/**
 * A picture with the channels of others of the same size behind its own, as one
 * picture. Closing it closes none of them.
 */
public final class JoinedChannels implements PixelSource {

	/**
	 * A channel of another picture.
	 *
	 * @param source the picture, with the levels of the first one
	 * @param index channel of that picture, from 0
	 * @param name name of the channel in the whole
	 */
	public record Added(PixelSource source, int index, String name) {
	}

	private final PixelSource first;
	private final List<Added> added;
	private final ImageInfo info;

	/**
	 * Joins channels.
	 *
	 * @param first the picture whose channels come first
	 * @param added the channels behind them
	 */
	public JoinedChannels(final PixelSource first, final List<Added> added) {
		this.first = first;
		this.added = List.copyOf(added);
		final ImageInfo i = first.info();
		final List<Channel> channels = new ArrayList<>(i.channels());
		for (final Added a : added)
			channels.add(new Channel(channels.size(), a.name, a.source.info()
				.channels().get(a.index).rgb()));
		info = new ImageInfo(i.name(), i.series(), i.seriesName(), i.format(), i
			.type(), i.rgb(), channels, i.levels(), i.sizeZ(), i.sizeT(), i
				.pixelSizeXUm(), i.pixelSizeYUm(), i.warnings());
	}

	@Override
	public ImageInfo info() {
		return info;
	}

	@Override
	public void readRgb(final int level, final Region region, final byte[] rgb) {
		first.readRgb(level, region, rgb);
	}

	@Override
	public void readChannel(final int level, final int channel,
		final Region region, final float[] values)
	{
		final int own = first.info().channels().size();
		if (channel < own) first.readChannel(level, channel, region, values);
		else added.get(channel - own).source.readChannel(level, added.get(channel -
			own).index, region, values);
	}

	@Override
	public void close() {
		// whoever opened the pictures closes them
	}
}
