
package org.senoscope.core.run;

import java.util.Arrays;

import org.senoscope.core.image.Region;

/**
 * The part of a slide that is analysed: tissue and annotations at the
 * resolution of the overview, cut by the region asked for, which is exact.
 */
final class AnalysedArea {

	private final int width;
	private final boolean[] mask;
	private final int[] annotations;
	private final Region region;

	/** First level-0 column of each mask column, and the end. */
	private final int[] columns;

	/** First level-0 row of each mask row, and the end. */
	private final int[] rows;

	/**
	 * Joins mask and region.
	 *
	 * @param width width of the mask
	 * @param height height of the mask
	 * @param downsample level-0 pixels a pixel of the mask
	 * @param mask row by row
	 * @param annotations index of the annotation of each mask pixel, -1 for none;
	 *          null where there are no annotations
	 * @param region region in level-0 pixels, inside the slide
	 */
	AnalysedArea(final int width, final int height, final double downsample,
		final boolean[] mask, final int[] annotations, final Region region)
	{
		this.annotations = annotations;
		this.width = width;
		this.mask = mask;
		this.region = region;
		columns = starts(width, downsample, region.right());
		rows = starts(height, downsample, region.bottom());
	}

	private static int[] starts(final int n, final double downsample,
		final int end)
	{
		final int[] starts = new int[n + 1];
		for (int i = 1; i < n; i++)
			starts[i] = (int) Math.ceil(i * downsample - 0.5);
		starts[n] = Math.max(end, starts[n - 1]);
		return starts;
	}

	private static int find(final int[] starts, final int x) {
		final int i = Arrays.binarySearch(starts, 0, starts.length - 1, x);
		return i >= 0 ? i : -i - 2;
	}

	Region region() {
		return region;
	}

	/** Whether a level-0 pixel is analysed. */
	boolean at(final int x, final int y) {
		return region.contains(x, y) && mask[find(rows, y) * width + find(columns,
			x)];
	}

	/**
	 * Receives a run of analysed level-0 pixels, all in one annotation (its
	 * index, -1 for none).
	 */
	interface RunVisitor {

		void visit(int y, int fromX, int toX, int annotation);
	}

	/** Visits all analysed pixels of a rectangle, row by row, in runs. */
	void forEachRun(final Region rectangle, final RunVisitor visitor) {
		final Region r = rectangle.intersect(region);
		if (r.isEmpty()) return;
		int row = find(rows, r.y());
		for (int y = r.y(); y < r.bottom(); y++) {
			while (row + 2 < rows.length && rows[row + 1] <= y)
				row++;
			for (int c = find(columns, r.x()); c < width && columns[c] < r
				.right(); c++)
				if (mask[row * width + c]) {
					final int from = Math.max(r.x(), columns[c]);
					final int at = row * width + c, annotation = annotations == null ? -1
						: annotations[at];
					while (c + 1 < width && mask[row * width + c + 1] &&
						(annotations == null || annotations[row * width + c +
							1] == annotation))
						c++;
					visitor.visit(y, from, Math.min(r.right(), columns[c + 1]),
						annotation);
				}
		}
	}

	/** Number of analysed level-0 pixels of a rectangle. */
	long count(final Region rectangle) {
		final Region r = rectangle.intersect(region);
		if (r.isEmpty()) return 0;
		long n = 0;
		for (int row = find(rows, r.y()); row + 1 < rows.length && rows[row] < r
			.bottom(); row++)
		{
			final int height = Math.min(r.bottom(), rows[row + 1]) - Math.max(r.y(),
				rows[row]);
			if (height <= 0) continue;
			final long[] inRow = { 0 };
			forEachRun(new Region(r.x(), Math.max(r.y(), rows[row]), r.width(), 1), (
				y, from, to, annotation) -> inRow[0] += to - from);
			n += inRow[0] * height;
		}
		return n;
	}
}
