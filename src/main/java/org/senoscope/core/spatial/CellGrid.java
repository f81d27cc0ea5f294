
package org.senoscope.core.spatial;

import java.util.TreeMap;

/**
 * Cells of a slide counted in small squares: measured and positive ones. Memory
 * goes with the area that holds cells, not with their number.
 */
public final class CellGrid {

	private static final int TILE = 32;

	/** Counts of one tile of squares: measured, then positive. */
	private final TreeMap<Long, int[]> tiles = new TreeMap<>();
	private final double squarePx;
	private int x0 = Integer.MAX_VALUE, y0 = Integer.MAX_VALUE, x1 =
		Integer.MIN_VALUE, y1 = Integer.MIN_VALUE;

	/**
	 * Begins a count.
	 *
	 * @param squarePx side of a square in level-0 pixels
	 */
	public CellGrid(final double squarePx) {
		this.squarePx = squarePx;
	}

	/** Adds a cell at a place in level-0 pixels. */
	public void add(final double x, final double y, final boolean positive) {
		final int column = (int) Math.floor(x / squarePx), row = (int) Math.floor(
			y / squarePx);
		final int[] tile = tiles.computeIfAbsent((long) Math.floorDiv(row,
			TILE) << 32 | Math.floorDiv(column, TILE) & 0xffffffffL, k -> new int[2 *
				TILE * TILE]);
		final int at = 2 * (Math.floorMod(row, TILE) * TILE + Math.floorMod(column,
			TILE));
		tile[at]++;
		if (positive) tile[at + 1]++;
		x0 = Math.min(x0, column);
		x1 = Math.max(x1, column);
		y0 = Math.min(y0, row);
		y1 = Math.max(y1, row);
	}

	/** Returns whether there is no cell. */
	public boolean isEmpty() {
		return tiles.isEmpty();
	}

	/** Returns the side of a square in level-0 pixels. */
	public double squarePx() {
		return squarePx;
	}

	/** Returns the column of the first square in use. */
	int firstColumn() {
		return x0;
	}

	/** Returns the row of the first square in use. */
	int firstRow() {
		return y0;
	}

	/** Returns the number of columns in use. */
	int columns() {
		return isEmpty() ? 0 : x1 - x0 + 1;
	}

	/** Returns the number of rows in use. */
	int rows() {
		return isEmpty() ? 0 : y1 - y0 + 1;
	}

	/**
	 * Returns the counts of the squares in use, row by row.
	 *
	 * @param positive those of positive cells, else of all measured
	 */
	int[] counts(final boolean positive) {
		final int w = columns(), h = rows();
		final int[] counts = new int[w * h];
		tiles.forEach((key, tile) -> {
			final int left = (int) (long) key * TILE - x0, top = (int) (key >> 32) *
				TILE - y0;
			for (int row = 0; row < TILE; row++)
				for (int column = 0; column < TILE; column++) {
					final int v = tile[2 * (row * TILE + column) + (positive ? 1 : 0)];
					if (v > 0) counts[(top + row) * w + left + column] = v;
				}
		});
		return counts;
	}
}
