
package org.senoscope.core.image;

import java.util.ArrayList;
import java.util.List;

/**
 * A picture in memory, with one level: for tests, phantoms and small pictures
 * that were computed.
 */
public final class ArrayPixelSource extends TiledPixelSource {

	private final ImageInfo info;
	private final Object[] planes;
	private final TileGrid grid;

	private ArrayPixelSource(final ImageInfo info, final Object... planes) {
		super(1);
		this.info = info;
		this.planes = planes;
		grid = new TileGrid(info.width(), info.height(), info.width(), info
			.height());
	}

	/**
	 * An RGB picture.
	 *
	 * @param name name as a file name with extension
	 * @param width width in pixels
	 * @param height height in pixels
	 * @param pixelSizeUm side of a pixel in µm, NaN where unknown
	 * @param rgb red, green, blue interleaved, row by row; not copied
	 */
	public static ArrayPixelSource rgb(final String name, final int width,
		final int height, final double pixelSizeUm, final byte[] rgb)
	{
		if (rgb.length != 3 * width * height) throw new IllegalArgumentException(
			rgb.length + " samples for " + width + " x " + height);
		return new ArrayPixelSource(info(name, width, height, pixelSizeUm,
			PixelType.UINT8, true, List.of("Red", "Green", "Blue")), rgb);
	}

	/**
	 * A picture of one or several channels.
	 *
	 * @param name name as a file name with extension
	 * @param width width in pixels
	 * @param height height in pixels
	 * @param pixelSizeUm side of a pixel in µm, NaN where unknown
	 * @param channels names of the channels
	 * @param planes the samples of each channel row by row, all {@code byte[]},
	 *          all {@code short[]} (both unsigned) or all {@code float[]}; not
	 *          copied
	 */
	public static ArrayPixelSource channels(final String name, final int width,
		final int height, final double pixelSizeUm, final List<String> channels,
		final Object... planes)
	{
		if (planes.length != channels.size()) throw new IllegalArgumentException(
			planes.length + " planes for " + channels);
		final PixelType type = planes[0] instanceof byte[] ? PixelType.UINT8
			: planes[0] instanceof short[] ? PixelType.UINT16 : PixelType.FLOAT;
		for (final Object plane : planes) {
			if (java.lang.reflect.Array.getLength(plane) != width * height || plane
				.getClass() != planes[0].getClass()) throw new IllegalArgumentException(
					"planes of different type or size");
		}
		return new ArrayPixelSource(info(name, width, height, pixelSizeUm, type,
			false, channels), planes);
	}

	private static ImageInfo info(final String name, final int width,
		final int height, final double pixelSizeUm, final PixelType type,
		final boolean rgb, final List<String> names)
	{
		final List<Channel> channels = new ArrayList<>();
		for (int c = 0; c < names.size(); c++) {
			channels.add(new Channel(c, names.get(c), ChannelColours.standard(c, names
				.size(), rgb)));
		}
		return new ImageInfo(name, 0, "", "array", type, rgb, channels, List.of(
			new PyramidLevel(width, height, 1)), 1, 1, pixelSizeUm, pixelSizeUm, List
				.of());
	}

	@Override
	public ImageInfo info() {
		return info;
	}

	@Override
	public TileGrid grid(final int level) {
		if (level != 0) throw new IndexOutOfBoundsException("level " + level);
		return grid;
	}

	/** Hands out the array itself: the one tile is the picture. */
	@Override
	protected Object loadTile(final int level, final int channel,
		final Region region)
	{
		return planes[channel == RGB ? 0 : channel];
	}
}
