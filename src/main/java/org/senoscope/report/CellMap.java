
package org.senoscope.report;

import java.awt.image.BufferedImage;

import org.senoscope.core.cell.CellTable;
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

	/** Radius of a dot, as a share of that of the mean nucleus. */
	private static final double DOT_SHARE = 0.9;
	private static final double USUAL_NUCLEUS_UM2 = 50;
	/** Smaller dots are lost when the picture is shown small. */
	private static final double SMALLEST_DOT_PX = 1.6;
	/** Larger dots hide the picture; as a share of its width. */
	private static final double LARGEST_DOT_SHARE = 1 / 160.0;
	private static final double BRIGHTFIELD_SHARE = 0.42;
	private static final double FLUORESCENCE_SHARE = 0.6;

	private CellMap() {}

	/**
	 * Draws the map.
	 *
	 * @param result the slide
	 * @param below the overview in the size that the map shall have
	 * @param cancellation checked between cells
	 */
	static BufferedImage draw(final SlideResult result, final BufferedImage below,
		final Cancellation cancellation)
	{
		final int width = below.getWidth(), height = below.getHeight();
		final double level0PerPx = (double) result.image().width() / width;
		final int[] counts = new int[width * height];
		final long[] sums = new long[3 * width * height];
		final CellTable table = result.table();
		final int xColumn = table.index("centroid_x_px"), yColumn = table.index(
			"centroid_y_px");
		final CellClasses classes = CellClasses.graded(result);
		final double radius = Math.max(SMALLEST_DOT_PX, Math.min(LARGEST_DOT_SHARE *
			width, dotUm(result) / result.summary().pixelSizeUm() / level0PerPx));
		result.forEachCell(cell -> {
			cancellation.check();
			final double cx = cell.numbers()[xColumn] / level0PerPx, cy = cell
				.numbers()[yColumn] / level0PerPx;
			final CellClass c = classes.of(cell);
			final int x0 = (int) Math.max(0, Math.ceil(cx - radius - 0.5)), x1 =
				(int) Math.min(width - 1, Math.floor(cx + radius - 0.5));
			final int y0 = (int) Math.max(0, Math.ceil(cy - radius - 0.5)), y1 =
				(int) Math.min(height - 1, Math.floor(cy + radius - 0.5));
			for (int y = y0; y <= y1; y++)
				for (int x = x0; x <= x1; x++) {
					final double dx = x + 0.5 - cx, dy = y + 0.5 - cy;
					if (dx * dx + dy * dy > radius * radius) continue;
					final int i = y * width + x;
					counts[i]++;
					sums[3 * i] += c.rgb() >> 16 & 0xff;
					sums[3 * i + 1] += c.rgb() >> 8 & 0xff;
					sums[3 * i + 2] += c.rgb() & 0xff;
				}
		});
		return paint(below, result.image().rgb(), counts, sums);
	}

	private static double dotUm(final SlideResult result) {
		final Double area = result.summary().numbers().get("nucleus_area_mean_um2");
		return DOT_SHARE * Math.sqrt((area == null || area.isNaN()
			? USUAL_NUCLEUS_UM2 : area) / Math.PI);
	}

	private static BufferedImage paint(final BufferedImage below,
		final boolean brightfield, final int[] counts, final long[] sums)
	{
		// dots are bright: what lies below them is darkened
		final double share = brightfield ? BRIGHTFIELD_SHARE : FLUORESCENCE_SHARE;
		final int width = below.getWidth();
		final BufferedImage map = new BufferedImage(width, below.getHeight(),
			BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < counts.length; i++) {
			final int under = below.getRGB(i % width, i / width);
			int rgb = 0;
			for (int c = 0; c < 3; c++) {
				final double shown = counts[i] > 0 ? (double) sums[3 * i + c] /
					counts[i] : (under >> 16 - 8 * c & 0xff) * share;
				rgb = rgb << 8 | (int) Math.round(shown);
			}
			map.setRGB(i % width, i / width, rgb);
		}
		return map;
	}
}
