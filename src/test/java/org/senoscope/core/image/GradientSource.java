
package org.senoscope.core.image;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A computed picture of two levels whose every sample says where it is: at full
 * resolution sample c of pixel x, y is {@code (7 x + 13 y + 50 c) mod 251}; one
 * is added a level.
 */
final class GradientSource extends TiledPixelSource {

	private final ImageInfo info;
	private final int tileWidth, tileHeight;
	private final PixelType type;
	final AtomicInteger loads = new AtomicInteger();
	/** Milliseconds that a tile takes. */
	int delayMs;

	GradientSource(final int width, final int height, final int channels,
		final PixelType type, final boolean rgb, final int tileWidth,
		final int tileHeight, final long cacheBytes)
	{
		super(cacheBytes);
		this.type = type;
		this.tileWidth = tileWidth;
		this.tileHeight = tileHeight;
		final List<Channel> list = new ArrayList<>();
		for (int c = 0; c < channels; c++)
			list.add(new Channel(c, "c" + c, 0xffffff));
		info = new ImageInfo("gradient", 0, "", "test", type, rgb, list, List.of(
			new PyramidLevel(width, height, 1), new PyramidLevel(width / 2, height /
				2, 2)), 1, 1, 0.5, 0.5, List.of());
	}

	static int value(final int level, final int channel, final int x,
		final int y)
	{
		return (7 * x + 13 * y + 50 * channel) % 251 + level;
	}

	@Override
	public ImageInfo info() {
		return info;
	}

	@Override
	public TileGrid grid(final int level) {
		final PyramidLevel size = info.levels().get(level);
		return new TileGrid(size.width(), size.height(), tileWidth, tileHeight);
	}

	@Override
	protected Object loadTile(final int level, final int channel,
		final Region region)
	{
		loads.incrementAndGet();
		if (delayMs > 0) try {
			Thread.sleep(delayMs);
		}
		catch (final InterruptedException exc) {
			throw new IllegalStateException(exc);
		}
		final int samples = channel == RGB ? 3 : 1;
		final int count = (int) region.size() * samples;
		final byte[] bytes = new byte[count];
		final short[] shorts = new short[count];
		final float[] floats = new float[count];
		int i = 0;
		for (int y = region.y(); y < region.bottom(); y++) {
			for (int x = region.x(); x < region.right(); x++) {
				for (int s = 0; s < samples; s++, i++) {
					final int v = value(level, channel == RGB ? s : channel, x, y);
					bytes[i] = (byte) v;
					// Beyond the signed range, so that a sign would show.
					shorts[i] = (short) (v + 60_000);
					floats[i] = v + 0.25f;
				}
			}
		}
		return switch (type) {
			case UINT8 -> bytes;
			case UINT16 -> shorts;
			case FLOAT -> floats;
		};
	}
}
