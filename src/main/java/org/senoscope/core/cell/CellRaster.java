
package org.senoscope.core.cell;

import java.util.Arrays;

/**
 * Nuclei, cells and distances of one block as flat rasters, row by row, x
 * fastest, in working pixels (a working pixel is
 * {@code downsample x downsample} level-0 pixels). Label 0 is background;
 * labels run from 1 in an order that does not depend on the block, so that ties
 * fall the same way in every block that sees the same nuclei.
 */
public final class CellRaster {

	/** Distance value of a pixel that no nucleus reaches. */
	private static final int FAR = Integer.MAX_VALUE;

	private int width;
	private int height;
	private int[] nuclei = new int[0];
	private int[] cells = new int[0];
	private int[] distance2 = new int[0];
	private int[] columnLabel = new int[0];
	private byte[] columnDistance = new byte[0];

	/**
	 * Empties the raster and sets its size. Buffers are kept and grown as needed.
	 */
	public void reset(final int newWidth, final int newHeight) {
		width = newWidth;
		height = newHeight;
		final int size = width * height;
		if (nuclei.length < size) {
			nuclei = new int[size];
			cells = new int[size];
			distance2 = new int[size];
			columnLabel = new int[size];
			columnDistance = new byte[size];
		}
		else Arrays.fill(nuclei, 0, size, 0);
	}

	/** Returns the width in working pixels. */
	public int width() {
		return width;
	}

	/** Returns the height in working pixels. */
	public int height() {
		return height;
	}

	/** Returns the nucleus labels; the array may be longer than the raster. */
	public int[] nuclei() {
		return nuclei;
	}

	/** Returns the cell labels (nucleus and expansion) after {@link #expand}. */
	public int[] cells() {
		return cells;
	}

	/**
	 * Returns squared distances to the nucleus of the pixel's cell, in working
	 * pixels, after {@link #expand}; valid inside cells.
	 */
	public int[] distance2() {
		return distance2;
	}

	/**
	 * Grows every nucleus up to a radius, each pixel to its nearest nucleus
	 * (Euclidean, between pixel centres; ties to the lower label), so that cells
	 * never overlap. Exact: vertical distances first, then the minimum over each
	 * row, both bounded by the radius.
	 *
	 * @param radius largest distance in working pixels, at most 120
	 */
	public void expand(final double radius) {
		final int reach = (int) Math.floor(Math.min(radius, 120));
		final int limit2 = (int) Math.floor(Math.min(radius, 120) * Math.min(radius,
			120));
		final int size = width * height;
		if (reach < 1) {
			System.arraycopy(nuclei, 0, cells, 0, size);
			Arrays.fill(distance2, 0, size, 0);
			return;
		}
		verticalDistances(reach);
		for (int y = 0; y < height; y++) {
			final int row = y * width;
			// columns within reach that have a nucleus near: where there is none the
			// search is spared
			int within = 0;
			for (int x = 0; x < Math.min(width, reach); x++)
				within += columnLabel[row + x] != 0 ? 1 : 0;
			for (int x = 0; x < width; x++) {
				final int i = row + x;
				if (x + reach < width && columnLabel[i + reach] != 0) within++;
				if (x - reach > 0 && columnLabel[i - reach - 1] != 0) within--;
				if (within == 0) {
					cells[i] = 0;
					distance2[i] = FAR;
					continue;
				}
				if (nuclei[i] != 0) {
					cells[i] = nuclei[i];
					distance2[i] = 0;
					continue;
				}
				int best = limit2 + 1;
				int label = 0;
				final int left = Math.max(0, x - reach), right = Math.min(width - 1, x +
					reach);
				// outwards from the pixel, so that the search ends as soon as the
				// horizontal distance alone is too far
				for (int dx = 0; dx <= reach; dx++) {
					final int dx2 = dx * dx;
					if (dx2 > best) break;
					if (x - dx >= left) {
						final int j = i - dx;
						final int l = columnLabel[j];
						if (l != 0) {
							final int d2 = dx2 + columnDistance[j] * columnDistance[j];
							if (d2 < best || d2 == best && l < label) {
								best = d2;
								label = l;
							}
						}
					}
					if (x + dx <= right) {
						final int j = i + dx;
						final int l = columnLabel[j];
						if (l != 0) {
							final int d2 = dx2 + columnDistance[j] * columnDistance[j];
							if (d2 < best || d2 == best && l < label) {
								best = d2;
								label = l;
							}
						}
					}
				}
				if (best <= limit2) {
					cells[i] = label;
					distance2[i] = best;
				}
				else {
					cells[i] = 0;
					distance2[i] = FAR;
				}
			}
		}
	}

	private void verticalDistances(final int reach) {
		for (int y = 0; y < height; y++) {
			final int row = y * width;
			for (int x = 0; x < width; x++) {
				final int i = row + x;
				if (nuclei[i] != 0) {
					columnLabel[i] = nuclei[i];
					columnDistance[i] = 0;
				}
				else if (y > 0 && columnLabel[i - width] != 0 && columnDistance[i -
					width] < reach)
				{
					columnLabel[i] = columnLabel[i - width];
					columnDistance[i] = (byte) (columnDistance[i - width] + 1);
				}
				else columnLabel[i] = 0;
			}
		}
		// from below: nearest label in the column, ties to the lower label
		for (int y = height - 2; y >= 0; y--) {
			final int row = y * width;
			for (int x = 0; x < width; x++) {
				final int i = row + x;
				final int below = columnLabel[i + width];
				if (below == 0 || columnDistance[i + width] >= reach || nuclei[i] != 0)
					continue;
				final int d = columnDistance[i + width] + 1;
				if (columnLabel[i] == 0 || d < columnDistance[i] ||
					d == columnDistance[i] && below < columnLabel[i])
				{
					columnLabel[i] = below;
					columnDistance[i] = (byte) d;
				}
			}
		}
	}
}
