
package org.senoscope.core.assay.sagal;

import java.util.List;

import org.senoscope.core.assay.BlockPixels;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.NucleusAssay;
import org.senoscope.core.assay.StainedArea;
import org.senoscope.core.assay.foci.NucleusPixels;
import org.senoscope.core.cell.Column;
import org.senoscope.core.image.Region;

/**
 * Reads the granules of a cell of which no nucleus is seen: where they are
 * densest, which in a stained cell is around its nucleus, and how much of the
 * cell they cover.
 * <p>
 * The reading is the sum over the cell in the densest square of
 * {@link #ZONE_UM}, divided by the area of that square. A square as large as
 * the perinuclear zone of a cell (5 µm around a nucleus 15 µm across) makes it
 * comparable with the mean over the cytoplasm of a cell whose nucleus is seen,
 * and a large unstained cell reads no more than a small one.
 */
public final class GranuleAssay implements NucleusAssay {

	/** Side of the square, µm. */
	static final double ZONE_UM = 18;

	private final MarkerAnalyzer marker;
	private final double pixelSizeUm;

	/**
	 * Makes the assay of a slide.
	 *
	 * @param marker reads indigo and tells stained area
	 * @param pixelSizeUm side of a pixel in µm
	 */
	public GranuleAssay(final MarkerAnalyzer marker, final double pixelSizeUm) {
		this.marker = marker;
		this.pixelSizeUm = pixelSizeUm;
	}

	@Override
	public List<Column> columns() {
		return List.of();
	}

	@Override
	public List<String> focusMarkers() {
		return List.of();
	}

	@Override
	public Reader reader(final BlockPixels pixels) {
		final StainedArea area = marker.stainedArea();
		return new Reader() {

			private Region read;
			private float[] plane = new float[0];
			private byte[] stained = new byte[0];
			private float[] cut = new float[0];
			private double[] sums = new double[0];

			@Override
			public double[] measure(final NucleusPixels cell,
				final float[] nuclearSignal, final double[] values)
			{
				// one read a block, of which each cell is a part
				if (pixels.region() != read) {
					read = pixels.region();
					if (plane.length < pixels.size()) {
						plane = new float[pixels.size()];
						stained = new byte[pixels.size()];
					}
					marker.plane(pixels, plane);
					area.mark(pixels, plane, stained);
				}
				cut = cell.cut(plane, cut);
				values[0] = densest(cell);
				values[1] = covered(cell);
				return new double[0];
			}

			private double covered(final NucleusPixels cell) {
				int n = 0;
				for (int y = 0; y < cell.height(); y++)
					for (int x = 0; x < cell.width(); x++)
						if (cell.inside(y * cell.width() + x) && stained[(cell.y0() + y -
							read.y()) * read.width() + cell.x0() + x - read.x()] != 0) n++;
				return n * pixelSizeUm * pixelSizeUm;
			}

			private double densest(final NucleusPixels cell) {
				final int w = cell.width(), h = cell.height(), s = w + 1;
				if (sums.length < s * (h + 1)) sums = new double[s * (h + 1)];
				for (int x = 0; x <= w; x++)
					sums[x] = 0;
				for (int y = 0; y < h; y++) {
					double row = 0;
					sums[(y + 1) * s] = 0;
					for (int x = 0; x < w; x++) {
						if (cell.inside(y * w + x)) row += cut[y * w + x];
						sums[(y + 1) * s + x + 1] = sums[y * s + x + 1] + row;
					}
				}
				final int side = (int) Math.max(1, Math.round(ZONE_UM / pixelSizeUm));
				double most = Double.NEGATIVE_INFINITY;
				for (int y = Math.min(0, h - side); y <= Math.max(0, h - side); y++)
					for (int x = Math.min(0, w - side); x <= Math.max(0, w - side); x++) {
						final int x0 = Math.max(0, x), y0 = Math.max(0, y), x1 = Math.min(w,
							x + side), y1 = Math.min(h, y + side);
						most = Math.max(most, sums[y1 * s + x1] - sums[y0 * s + x1] -
							sums[y1 * s + x0] + sums[y0 * s + x0]);
					}
				return most / ((double) side * side);
			}
		};
	}
}
