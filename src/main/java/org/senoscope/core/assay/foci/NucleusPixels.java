
package org.senoscope.core.assay.foci;

import java.util.Arrays;

import org.senoscope.core.cell.CellRaster;

/**
 * One nucleus cut out of its block with a little of what lies around it, at
 * level 0: which pixels are its own, and planes of the same cut. A nucleus'
 * pixels are the same in every block, tiling and thread. One object a thread;
 * buffers are reused and may be longer than the cut.
 */
public final class NucleusPixels {

	/** A pixel of no nucleus. */
	static final byte AROUND = 0;
	/** A pixel of the nucleus. */
	static final byte NUCLEUS = 1;
	/** A pixel of another nucleus. */
	static final byte OTHER = 2;

	/** Width of what is cut out around a nucleus, µm. */
	private static final double MARGIN_UM = 2;

	/** Share of the pixels around that are darker than the background. */
	private static final double BACKGROUND = 0.25;

	/** Pixels around from which their background is believed. */
	private static final int FEWEST_AROUND = 20;

	private final double pixelSizeUm;
	private final int margin;
	private int x0;
	private int y0;
	private int width;
	private int height;
	private int offset;
	private int stride;
	private int area;
	private byte[] part = new byte[0];
	private float[] sorted = new float[0];

	/**
	 * Makes an empty cut.
	 *
	 * @param pixelSizeUm width of a level-0 pixel
	 */
	public NucleusPixels(final double pixelSizeUm) {
		this.pixelSizeUm = pixelSizeUm;
		margin = (int) Math.ceil(MARGIN_UM / pixelSizeUm);
	}

	/** Returns how far around a nucleus pixels are looked at, µm. */
	public static double reach(final double pixelSizeUm) {
		return MARGIN_UM + pixelSizeUm;
	}

	/**
	 * Turns to a nucleus.
	 *
	 * @param raster nuclei of the block
	 * @param label label of the nucleus
	 * @param boxX0 its leftmost column in the raster
	 * @param boxY0 its topmost row
	 * @param boxX1 first column right of it
	 * @param boxY1 first row below it
	 * @param scale level-0 pixels a working pixel
	 * @param originX level-0 column of the left edge of the raster
	 * @param originY level-0 row of its upper edge
	 */
	public void moveTo(final CellRaster raster, final int label, final int boxX0,
		final int boxY0, final int boxX1, final int boxY1, final int scale,
		final int originX, final int originY)
	{
		stride = raster.width() * scale;
		final int left = Math.max(0, boxX0 * scale - margin), top = Math.max(0,
			boxY0 * scale - margin);
		width = Math.min(stride, boxX1 * scale + margin) - left;
		height = Math.min(raster.height() * scale, boxY1 * scale + margin) - top;
		x0 = originX + left;
		y0 = originY + top;
		offset = top * stride + left;
		if (part.length < width * height) part = new byte[width * height];
		final int[] nuclei = raster.nuclei();
		area = 0;
		for (int y = 0; y < height; y++) {
			final int row = (top + y) / scale * raster.width();
			for (int x = 0; x < width; x++) {
				final int found = nuclei[row + (left + x) / scale];
				part[y * width + x] = found == label ? NUCLEUS : found == 0 ? AROUND
					: OTHER;
				if (found == label) area++;
			}
		}
	}

	/**
	 * Cuts a plane.
	 *
	 * @param plane the block at level 0, row by row
	 * @param out as long as the cut, or null or shorter for a new one
	 * @return the cut, row by row
	 */
	public float[] cut(final float[] plane, final float[] out) {
		final float[] to = out == null || out.length < size() ? new float[size() +
			size() / 4] : out;
		for (int y = 0; y < height; y++)
			System.arraycopy(plane, offset + y * stride, to, y * width, width);
		return to;
	}

	/**
	 * Returns the level of a cut where no nucleus is: the dark quarter of it, or
	 * the darkest pixel of the nucleus where there is no room around it.
	 */
	public double background(final float[] cut) {
		final int n = gather(cut, AROUND);
		if (n < FEWEST_AROUND) {
			double least = Double.POSITIVE_INFINITY;
			for (int i = 0; i < size(); i++)
				if (part[i] == NUCLEUS) least = Math.min(least, cut[i]);
			return least;
		}
		return sorted[(int) (BACKGROUND * (n - 1))];
	}

	private int gather(final float[] cut, final byte which) {
		if (sorted.length < size()) sorted = new float[size() + size() / 4];
		int n = 0;
		for (int i = 0; i < size(); i++)
			if (part[i] == which) sorted[n++] = cut[i];
		Arrays.sort(sorted, 0, n);
		return n;
	}

	/** Returns the level-0 column of the cut's left edge. */
	public int x0() {
		return x0;
	}

	/** Returns the level-0 row of the cut's upper edge. */
	public int y0() {
		return y0;
	}

	/** Returns the width in pixels. */
	public int width() {
		return width;
	}

	/** Returns the height in pixels. */
	public int height() {
		return height;
	}

	/** Returns the number of pixels of the cut. */
	public int size() {
		return width * height;
	}

	/** Returns how many pixels the nucleus has. */
	public int area() {
		return area;
	}

	/** Returns the width of a pixel in µm. */
	public double pixelSizeUm() {
		return pixelSizeUm;
	}

	/** Returns by pixel whose it is. */
	byte[] part() {
		return part;
	}

	/** Returns whether a pixel belongs to the nucleus. */
	public boolean inside(final int i) {
		return part[i] == NUCLEUS;
	}
}
