
package org.senoscope.core.run;

import java.util.Arrays;

import org.senoscope.core.image.Region;

/**
 * The fixed grid of blocks in which a slide is segmented: squares of the
 * level-0 grid, counted from the slide's origin, whatever the region analysed,
 * the size of reading tiles and the number of threads.
 *
 * @param width width of the slide in working pixels
 * @param height height of it
 * @param core side of a block's core in working pixels
 * @param margin margin around the core in working pixels
 * @param downsample level-0 pixels a working pixel
 */
record BlockGrid(int width, int height, int core, int margin, int downsample) {

	/** Largest core in level-0 pixels. */
	private static final int CORE_LEVEL_0 = 2048;

	/**
	 * Largest core in working pixels: the larger, the smaller the share of
	 * margins, which are segmented twice, and the more memory a thread needs
	 * (here some 180 MB).
	 */
	private static final int CORE_WORKING = 1536;

	/**
	 * Lays the grid over a slide; columns and rows that do not fill a working
	 * pixel at the right and lower edge are left out.
	 */
	static BlockGrid of(final int width0, final int height0, final int downsample,
		final int margin)
	{
		return of(width0, height0, downsample, margin, Math.max(256, Math.min(
			CORE_WORKING, CORE_LEVEL_0 / downsample)));
	}

	/**
	 * The same with a core of another size, for tests that ask whether seams
	 * show.
	 */
	static BlockGrid of(final int width0, final int height0, final int downsample,
		final int margin, final int core)
	{
		// multiples of 16 working pixels, so that filters on a grid fall on the
		// same pixels in every block
		return new BlockGrid(width0 / downsample, height0 / downsample, core,
			(margin + 15) / 16 * 16, downsample);
	}

	int columns() {
		return Math.max(1, (width + core - 1) / core);
	}

	int rows() {
		return Math.max(1, (height + core - 1) / core);
	}

	int count() {
		return columns() * rows();
	}

	Region core(final int block) {
		return new Region(block % columns() * core, block / columns() * core, core,
			core).intersect(new Region(0, 0, width, height));
	}

	/** The core with a margin, inside the slide. */
	Region around(final int block, final int by) {
		return core(block).expand(by).intersect(new Region(0, 0, width, height));
	}

	/** A region of working pixels in level-0 pixels. */
	Region level0(final Region working) {
		return new Region(working.x() * downsample, working.y() * downsample,
			working.width() * downsample, working.height() * downsample);
	}

	/** The block whose core holds a point in working pixels. */
	int at(final double x, final double y) {
		final int column = Math.min(columns() - 1, (int) (x / core)), row = Math
			.min(rows() - 1, (int) (y / core));
		return row * columns() + column;
	}

	/** Numbers of the blocks around a block and of itself, in ascending order. */
	int[] neighbourhood(final int block) {
		final int column = block % columns(), row = block / columns();
		final int[] found = new int[9];
		int n = 0;
		for (int r = Math.max(0, row - 1); r <= Math.min(rows() - 1, row + 1); r++)
			for (int c = Math.max(0, column - 1); c <= Math.min(columns() - 1,
				column + 1); c++)
				found[n++] = r * columns() + c;
		return Arrays.copyOf(found, n);
	}
}
