
package org.senoscope.core.image;

/**
 * How one pyramid level is cut into the tiles in which it is read. Tiles begin
 * at the origin; those at the right and lower edge are smaller.
 *
 * @param width width of the level in pixels
 * @param height height of the level in pixels
 * @param tileWidth width of a full tile in pixels
 * @param tileHeight height of a full tile in pixels
 */
public record TileGrid(int width, int height, int tileWidth, int tileHeight) {

	/** Widest level, in tiles, that is still read in strips of full width. */
	private static final int MAX_STRIP_TILES = 16;

	/** Largest stored tile, in pixels a side, that is read as one. */
	private static final int MAX_STORED_PX = 4096;

	/** Checks that there is at least one pixel in image and tile. */
	public TileGrid {
		if (width < 1 || height < 1 || tileWidth < 1 || tileHeight < 1)
			throw new IllegalArgumentException("empty grid " + width + " x " +
				height + " of " + tileWidth + " x " + tileHeight);
	}

	/**
	 * A grid that suits the way a file stores its pixels: tiles are whole
	 * multiples of stored tiles, so that none is decoded twice, and strips are
	 * read in full width.
	 *
	 * @param width width of the level in pixels
	 * @param height height of the level in pixels
	 * @param storedWidth width of the tiles in the file; the width of the level
	 *          or more for strips and whole planes
	 * @param storedHeight height of the tiles in the file
	 * @param wanted side of the tiles that are wanted, in pixels
	 */
	public static TileGrid fitting(final int width, final int height,
		final int storedWidth, final int storedHeight, final int wanted)
	{
		final long area = (long) wanted * wanted;
		if ((long) width * height <= area) return new TileGrid(width, height, width,
			height);
		if (storedWidth >= width && width <= (long) MAX_STRIP_TILES * wanted) {
			final int rows = (int) Math.max(1, area / width);
			final int tileHeight = storedHeight >= height ? rows : multiple(
				storedHeight, rows);
			return new TileGrid(width, height, width, Math.min(height, tileHeight));
		}
		return new TileGrid(width, height, Math.min(width, storedWidth >= width
			? wanted : multiple(storedWidth, wanted)), Math.min(height,
				storedHeight >= height ? wanted : multiple(storedHeight, wanted)));
	}

	/** Returns the whole multiple of a stored side next to the wanted side. */
	private static int multiple(final int stored, final int wanted) {
		if (stored < 1 || stored > MAX_STORED_PX) return wanted;
		return Math.max(1, (wanted + stored / 2) / stored) * stored;
	}

	/** Returns the number of tiles side by side. */
	public int columns() {
		return (width - 1) / tileWidth + 1;
	}

	/** Returns the number of rows of tiles. */
	public int rows() {
		return (height - 1) / tileHeight + 1;
	}

	/** Returns the pixels of a tile, cut at the edge of the level. */
	public Region tile(final int column, final int row) {
		final int x = column * tileWidth, y = row * tileHeight;
		return new Region(x, y, Math.min(tileWidth, width - x), Math.min(tileHeight,
			height - y));
	}
}
