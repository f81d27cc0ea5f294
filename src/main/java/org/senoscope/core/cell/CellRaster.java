
package org.senoscope.core.cell;

import java.util.Arrays;

/**
 * Nuclei, cells and distances of one block as flat rasters, row by row, x
 * fastest, in working pixels (a working pixel is
 * {@code downsample x downsample} level-0 pixels). Label 0 is background.
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
	private int[] envelope = new int[0];
	private int[] begins = new int[0];
	private byte[] borders = new byte[0];
	private int[] touching = new int[0];
	private int touches;

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
	 * (Euclidean, between pixel centres), so that cells never overlap. Where two
	 * are equally near the pixel goes to the one to the left, in a column to the
	 * one above: by place, so that every block that sees the same nuclei decides
	 * alike. Exact and linear in the number of pixels: distances along columns
	 * first, then the lower envelope of their parabolas along rows (Meijster,
	 * Roerdink and Hesselink 2000; Felzenszwalb and Huttenlocher 2012).
	 *
	 * @param radius largest distance in working pixels, at most 120
	 */
	public void expand(final double radius) {
		final double bounded = Math.min(radius, 120);
		final int reach = (int) Math.floor(bounded);
		final int limit2 = (int) Math.floor(bounded * bounded);
		final int size = width * height;
		if (reach < 1) {
			System.arraycopy(nuclei, 0, cells, 0, size);
			Arrays.fill(distance2, 0, size, 0);
			return;
		}
		verticalDistances(reach);
		if (envelope.length < width) {
			envelope = new int[width];
			begins = new int[width];
		}
		for (int y = 0; y < height; y++)
			expandRow(y * width, limit2);
	}

	/**
	 * Bits of {@link #borders()}: near the rim of the cell, near another cell.
	 */
	public static final int RIM = 1, NEIGHBOUR = 2;

	/**
	 * Marks the pixels of each cell that lie near its rim, and those near another
	 * cell, after {@link #expand}.
	 *
	 * @param rimPx distance to a pixel outside the cell, working pixels
	 * @param neighbourPx distance to a pixel of another cell
	 */
	public void markBorders(final double rimPx, final double neighbourPx) {
		final int size = width * height;
		if (borders.length < size) borders = new byte[size];
		Arrays.fill(borders, 0, size, (byte) 0);
		touches = 0;
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++) {
				final int i = y * width + x;
				if (x + 1 < width && cells[i] != cells[i + 1]) border(i, i + 1, rimPx,
					neighbourPx);
				if (y + 1 < height && cells[i] != cells[i + width]) border(i, i + width,
					rimPx, neighbourPx);
			}
	}

	private void border(final int i, final int j, final double rimPx,
		final double neighbourPx)
	{
		mark(j, cells[i], rimPx, RIM);
		mark(i, cells[j], rimPx, RIM);
		if (cells[i] == 0 || cells[j] == 0) return;
		mark(j, cells[i], neighbourPx, NEIGHBOUR);
		mark(i, cells[j], neighbourPx, NEIGHBOUR);
		if (2 * touches + 2 > touching.length) touching = Arrays.copyOf(touching,
			Math.max(1024, 2 * touching.length));
		touching[2 * touches] = i;
		touching[2 * touches++ + 1] = j;
	}

	/** Marks the pixels of a cell within a distance of a pixel outside it. */
	private void mark(final int outside, final int label, final double distance,
		final int bit)
	{
		if (label == 0) return;
		final int reach = (int) distance, ox = outside % width, oy = outside /
			width;
		final int limit = (int) (distance * distance);
		for (int y = Math.max(0, oy - reach); y <= Math.min(height - 1, oy +
			reach); y++)
			for (int x = Math.max(0, ox - reach); x <= Math.min(width - 1, ox +
				reach); x++)
				if (cells[y * width + x] == label && (x - ox) * (x - ox) + (y - oy) *
					(y - oy) <= limit) borders[y * width + x] |= bit;
	}

	/** Returns the marks of {@link #markBorders}. */
	public byte[] borders() {
		return borders;
	}

	/**
	 * Returns pairs of neighbouring pixels that belong to two cells, one pair
	 * after the other; {@link #touches()} of them count.
	 */
	public int[] touching() {
		return touching;
	}

	/** Returns how many pairs there are. */
	public int touches() {
		return touches;
	}

	/** Nearest nucleus of each pixel of a row. */
	private void expandRow(final int row, final int limit2) {
		int top = -1;
		for (int u = 0; u < width; u++) {
			if (columnLabel[row + u] == 0) continue;
			final int gu = columnDistance[row + u] * columnDistance[row + u];
			int begin = 0;
			while (top >= 0) {
				final int i = envelope[top];
				final int gi = columnDistance[row + i] * columnDistance[row + i];
				// first column in which u is nearer than i; a tie stays with i
				final int numerator = u * u - i * i + gu - gi;
				begin = Math.floorDiv(numerator, 2 * (u - i)) + 1;
				if (begin > begins[top]) break;
				top--;
				begin = 0;
			}
			if (begin >= width) continue;
			envelope[++top] = u;
			begins[top] = begin;
		}
		if (top < 0) {
			Arrays.fill(cells, row, row + width, 0);
			Arrays.fill(distance2, row, row + width, FAR);
			return;
		}
		for (int k = 0; k <= top; k++) {
			final int u = envelope[k], label = columnLabel[row + u];
			final int gu = columnDistance[row + u] * columnDistance[row + u];
			final int to = k < top ? begins[k + 1] : width;
			for (int x = begins[k]; x < to; x++) {
				final int d2 = (x - u) * (x - u) + gu;
				final boolean near = d2 <= limit2;
				cells[row + x] = near ? label : 0;
				distance2[row + x] = near ? d2 : FAR;
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
		// from below: nearest label in the column, ties to the one above
		for (int y = height - 2; y >= 0; y--) {
			final int row = y * width;
			for (int x = 0; x < width; x++) {
				final int i = row + x;
				final int below = columnLabel[i + width];
				if (below == 0 || columnDistance[i + width] >= reach) continue;
				final int d = columnDistance[i + width] + 1;
				if (columnLabel[i] == 0 || d < columnDistance[i]) {
					columnLabel[i] = below;
					columnDistance[i] = (byte) d;
				}
			}
		}
	}
}
