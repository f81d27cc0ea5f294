
package org.senoscope.core.image;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A pixel source that reads tiles and keeps the recent ones in a cache bounded
 * by bytes. A tile that several threads want at once is loaded once; the others
 * wait for it.
 * <p>
 * A tile of an RGB image is a {@code byte[]}, red, green, blue interleaved; of
 * other images there is a tile for each channel, a {@code byte[]},
 * {@code short[]} (both unsigned) or {@code float[]} by {@link PixelType}. All
 * are row by row.
 */
public abstract class TiledPixelSource implements PixelSource {

	/** Stands for all three samples of an RGB image in place of a channel. */
	protected static final int RGB = -1;

	private static final int BYTES_PER_ENTRY = 128;

	private record TileKey(int level, int channel, int column, int row) {
	}

	/** From the tile asked for longest ago on; guarded by itself. */
	private final Map<TileKey, Object> cache = new LinkedHashMap<>(64, 0.75f,
		true);
	private final long most;
	private long held;
	private final ConcurrentMap<TileKey, FutureTask<Object>> loading =
		new ConcurrentHashMap<>();

	/**
	 * Sets up an empty cache.
	 *
	 * @param cacheBytes bytes of pixels that are kept at most; 0: a quarter of
	 *          the Java heap
	 */
	protected TiledPixelSource(final long cacheBytes) {
		// Least recently used goes first: a run sweeps over the picture, and what
		// was asked for often is what the sweep has left.
		most = cacheBytes > 0 ? cacheBytes : Runtime.getRuntime().maxMemory() / 4;
	}

	/** Returns how a level is cut into tiles; always the same for a level. */
	public abstract TileGrid grid(int level);

	/**
	 * Reads a tile from where the pixels come from. Called by many threads at
	 * once, never twice at once for the same tile.
	 *
	 * @param level pyramid level
	 * @param channel channel index, {@link #RGB} for an RGB image
	 * @param region the tile, in pixels of the level
	 * @return a new array as the class description says
	 * @throws org.senoscope.core.UserException if the file fails to give the
	 *           pixels
	 */
	protected abstract Object loadTile(int level, int channel, Region region);

	/**
	 * Reads one tile in the middle of the picture, so that a file whose pixels
	 * cannot be had is refused before a run begins.
	 *
	 * @throws org.senoscope.core.UserException if the file fails to give the
	 *           pixels
	 */
	public final void probe() {
		final TileGrid grid = grid(0);
		tile(0, info().rgb() ? RGB : 0, grid.columns() / 2, grid.rows() / 2);
	}

	/** Returns how many bytes of pixels the cache holds now. */
	public final long cachedBytes() {
		synchronized (cache) {
			return held;
		}
	}

	@Override
	public final void readRgb(final int level, final Region region,
		final byte[] rgb)
	{
		if (!info().rgb()) throw new IllegalStateException(info().name() +
			" is not an RGB image");
		final TileGrid grid = checked(level, region);
		for (int row = region.y() / grid.tileHeight(); row * grid
			.tileHeight() < region.bottom(); row++)
		{
			for (int column = region.x() / grid.tileWidth(); column * grid
				.tileWidth() < region.right(); column++)
			{
				final byte[] tile = (byte[]) tile(level, RGB, column, row);
				final Region at = grid.tile(column, row);
				final Region part = at.intersect(region);
				for (int y = part.y(); y < part.bottom(); y++) {
					System.arraycopy(tile, 3 * offset(at, part.x(), y), rgb, 3 * offset(
						region, part.x(), y), 3 * part.width());
				}
			}
		}
	}

	@Override
	public final void readChannel(final int level, final int channel,
		final Region region, final float[] values)
	{
		if (channel < 0 || channel >= info().channels().size())
			throw new IndexOutOfBoundsException("channel " + channel + " of " + info()
				.channels().size());
		final TileGrid grid = checked(level, region);
		final boolean rgb = info().rgb();
		for (int row = region.y() / grid.tileHeight(); row * grid
			.tileHeight() < region.bottom(); row++)
		{
			for (int column = region.x() / grid.tileWidth(); column * grid
				.tileWidth() < region.right(); column++)
			{
				final Object tile = tile(level, rgb ? RGB : channel, column, row);
				final Region at = grid.tile(column, row);
				final Region part = at.intersect(region);
				for (int y = part.y(); y < part.bottom(); y++) {
					final int from = offset(at, part.x(), y);
					final int to = offset(region, part.x(), y);
					if (rgb) copy((byte[]) tile, 3 * from + channel, 3, values, to, part
						.width());
					else if (tile instanceof byte[] bytes) copy(bytes, from, 1, values,
						to, part.width());
					else if (tile instanceof short[] shorts) copy(shorts, from, values,
						to, part.width());
					else System.arraycopy(tile, from, values, to, part.width());
				}
			}
		}
	}

	/** Forgets all tiles; implementations release their readers as well. */
	@Override
	public void close() {
		synchronized (cache) {
			cache.clear();
			held = 0;
		}
	}

	/** Returns a tile from the cache, loading it where it is not there. */
	final Object tile(final int level, final int channel, final int column,
		final int row)
	{
		final TileKey key = new TileKey(level, channel, column, row);
		final Object cached = kept(key);
		if (cached != null) return cached;
		final FutureTask<Object> task = new FutureTask<>(() -> load(key));
		final FutureTask<Object> other = loading.putIfAbsent(key, task);
		if (other != null) return await(other);
		try {
			task.run();
		}
		finally {
			loading.remove(key, task);
		}
		return await(task);
	}

	private Object load(final TileKey key) {
		// Another thread may have finished it since the first look.
		final Object cached = kept(key);
		if (cached != null) return cached;
		final Object tile = loadTile(key.level, key.channel, grid(key.level).tile(
			key.column, key.row));
		keep(key, tile);
		return tile;
	}

	private Object kept(final TileKey key) {
		synchronized (cache) {
			return cache.get(key);
		}
	}

	private void keep(final TileKey key, final Object tile) {
		synchronized (cache) {
			final Object before = cache.put(key, tile);
			held += weight(tile) - (before == null ? 0 : weight(before));
			for (final Iterator<Object> oldest = cache.values()
				.iterator(); held > most; oldest.remove())
				held -= weight(oldest.next());
		}
	}

	private static long weight(final Object tile) {
		return bytes(tile) + (long) BYTES_PER_ENTRY;
	}

	private static Object await(final FutureTask<Object> task) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return task.get();
				}
				catch (final InterruptedException exc) {
					interrupted = true;
				}
			}
		}
		catch (final ExecutionException exc) {
			if (exc.getCause() instanceof RuntimeException cause) throw cause;
			if (exc.getCause() instanceof Error cause) throw cause;
			throw new IllegalStateException(exc.getCause());
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
	}

	private TileGrid checked(final int level, final Region region) {
		final TileGrid grid = grid(level);
		if (region.x() < 0 || region.y() < 0 || region.right() > grid.width() ||
			region.bottom() > grid.height()) throw new IndexOutOfBoundsException(
				"region " + region + " outside level " + level + " of " + grid.width() +
					" x " + grid.height());
		return grid;
	}

	/** Returns the index of a pixel in an array that holds a region. */
	private static int offset(final Region region, final int x, final int y) {
		return Math.addExact(Math.multiplyExact(y - region.y(), region.width()), x -
			region.x());
	}

	private static void copy(final byte[] from, final int start, final int step,
		final float[] to, final int offset, final int count)
	{
		for (int i = 0, j = start; i < count; i++, j += step) {
			to[offset + i] = from[j] & 0xff;
		}
	}

	private static void copy(final short[] from, final int start,
		final float[] to, final int offset, final int count)
	{
		for (int i = 0; i < count; i++) {
			to[offset + i] = from[start + i] & 0xffff;
		}
	}

	private static int bytes(final Object tile) {
		if (tile instanceof byte[] bytes) return bytes.length;
		if (tile instanceof short[] shorts) return 2 * shorts.length;
		return 4 * ((float[]) tile).length;
	}
}
