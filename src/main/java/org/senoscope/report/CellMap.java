
package org.senoscope.report;

import java.awt.image.BufferedImage;

import org.senoscope.core.cell.CellTable;
import org.senoscope.core.image.Overview;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.CellClass;
import org.senoscope.core.run.CellClasses;
import org.senoscope.core.run.SlideResult;

/**
 * Shows on the overview where the cells are: each as a dot of the size of a
 * nucleus in the colour of its class, and where several fall on one pixel their
 * mean colour. The picture below is darkened so that dots stand out.
 */
final class CellMap {

	/** Radius of a dot, less than that of most nuclei. */
	private static final double DOT_UM = 2.5;
	private static final double BRIGHTFIELD_SHARE = 0.42;
	private static final double FLUORESCENCE_SHARE = 0.6;

	private CellMap() {}

	/**
	 * Draws the map.
	 *
	 * @param result the slide
	 * @param cancellation checked between cells
	 * @return a picture of the size of the overview
	 */
	static BufferedImage draw(final SlideResult result,
		final Cancellation cancellation)
	{
		final Overview overview = result.overview();
		final int width = overview.width(), height = overview.height();
		final int[] counts = new int[width * height];
		final long[] sums = new long[3 * width * height];
		final CellTable table = result.table();
		final int xColumn = table.index("centroid_x_px"), yColumn = table.index(
			"centroid_y_px");
		final CellClasses classes = CellClasses.graded(result);
		final double radius = Math.max(0.5, DOT_UM / result.summary()
			.pixelSizeUm() / overview.downsample());
		result.forEachCell(cell -> {
			cancellation.check();
			final double cx = cell.numbers()[xColumn] / overview.downsample(), cy =
				cell.numbers()[yColumn] / overview.downsample();
			final CellClass c = classes.of(cell);
			final int x0 = (int) Math.max(0, Math.ceil(cx - radius - 0.5)), x1 =
				(int) Math.min(width - 1, Math.floor(cx + radius - 0.5));
			final int y0 = (int) Math.max(0, Math.ceil(cy - radius - 0.5)), y1 =
				(int) Math.min(height - 1, Math.floor(cy + radius - 0.5));
			for (int y = y0; y <= y1; y++)
				for (int x = x0; x <= x1; x++) {
					final double dx = x + 0.5 - cx, dy = y + 0.5 - cy;
					if (radius > 1 && dx * dx + dy * dy > radius * radius) continue;
					final int i = y * width + x;
					counts[i]++;
					sums[3 * i] += c.rgb() >> 16 & 0xff;
					sums[3 * i + 1] += c.rgb() >> 8 & 0xff;
					sums[3 * i + 2] += c.rgb() & 0xff;
				}
		});
		return paint(overview, result.image().rgb(), counts, sums);
	}

	private static BufferedImage paint(final Overview overview,
		final boolean brightfield, final int[] counts, final long[] sums)
	{
		// dots are bright: what lies below them is darkened
		final double share = brightfield ? BRIGHTFIELD_SHARE : FLUORESCENCE_SHARE;
		final byte[] rgb = new byte[3 * counts.length];
		for (int i = 0; i < counts.length; i++)
			for (int c = 0; c < 3; c++) {
				final int below = overview.rgb()[3 * i + c] & 0xff;
				final double shown = counts[i] > 0 ? (double) sums[3 * i + c] /
					counts[i] : below * share;
				rgb[3 * i + c] = (byte) Math.round(shown);
			}
		return Picture.rgb(overview.width(), overview.height(), rgb);
	}
}
