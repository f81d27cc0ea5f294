
package org.senoscope.core.phantom;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Builds the label image of a field: where nuclei overlap, a pixel belongs to
 * the nucleus whose centre is relatively nearest. Nuclei of which the picture
 * shows less than {@value #SMALLEST_UM2} µm² are left out.
 */
final class Labels {

	private static final double SMALLEST_UM2 = 4;

	private final Canvas canvas;
	private final int[] owner;
	private final float[] nearest;
	private int planted;
	private int[] picture;

	/**
	 * What is known of a planted nucleus.
	 *
	 * @param type kind of cell
	 * @param amount amount of the marker
	 * @param positive whether it reaches the cut
	 * @param dab DAB beside another marker, NaN for none
	 */
	record Reading(CellType type, double amount, boolean positive, double dab) {

		Reading(final CellType type, final double amount, final boolean positive) {
			this(type, amount, positive, Double.NaN);
		}
	}

	/** Says what was planted. */
	@FunctionalInterface
	interface Truth {

		/**
		 * @param index number of the nucleus in the order of planting, from 0
		 * @param mean mean of the given map over its visible pixels
		 */
		Reading of(int index, double mean);
	}

	Labels(final Canvas canvas) {
		this.canvas = canvas;
		owner = new int[canvas.w * canvas.h];
		nearest = canvas.map();
		Arrays.fill(nearest, 1);
	}

	/** Adds a nucleus; its index is the number of those before it. */
	void plant(final double x, final double y, final Contour contour) {
		final int label = ++planted;
		canvas.visit(x, y, contour, 0, (i, dx, dy, d, r) -> {
			if (d / r < nearest[i]) {
				nearest[i] = d / r;
				owner[i] = label;
			}
		});
	}

	/** Returns for each pixel of the canvas the index + 1 of its nucleus. */
	int[] owner() {
		return owner;
	}

	/**
	 * Numbers the visible nuclei from 1 and returns their truth.
	 *
	 * @param map a canvas map whose mean over each nucleus is wanted
	 */
	List<PlantedCell> finish(final Truth truth, final float[] map) {
		final int[] pixels = new int[planted + 1], whole = new int[planted + 1];
		final double[] sum = new double[planted + 1], sumX = new double[planted +
			1], sumY = new double[planted + 1];
		for (int y = 0; y < canvas.h; y++) {
			final boolean rowInside = y >= canvas.margin && y < canvas.margin +
				canvas.height;
			for (int x = 0; x < canvas.w; x++) {
				final int i = y * canvas.w + x;
				final int o = owner[i];
				if (o == 0) continue;
				whole[o]++;
				if (!rowInside || x < canvas.margin || x >= canvas.margin +
					canvas.width) continue;
				pixels[o]++;
				sum[o] += map[i];
				sumX[o] += x - canvas.margin + 0.5;
				sumY[o] += y - canvas.margin + 0.5;
			}
		}
		final double pixelArea = canvas.pixelSizeUm * canvas.pixelSizeUm;
		final int[] number = new int[planted + 1];
		final List<PlantedCell> cells = new ArrayList<>();
		for (int o = 1; o <= planted; o++) {
			if (pixels[o] * pixelArea < SMALLEST_UM2) continue;
			number[o] = cells.size() + 1;
			final Reading r = truth.of(o - 1, sum[o] / pixels[o]);
			cells.add(new PlantedCell(number[o], sumX[o] / pixels[o], sumY[o] /
				pixels[o], pixels[o] * pixelArea, r.type, pixels[o] < whole[o],
				r.amount, r.positive, r.dab));
		}
		picture = new int[canvas.width * canvas.height];
		for (int y = 0; y < canvas.height; y++) {
			for (int x = 0; x < canvas.width; x++) {
				picture[y * canvas.width + x] = number[owner[(y + canvas.margin) *
					canvas.w + x + canvas.margin]];
			}
		}
		return cells;
	}

	/** Returns the labels of the picture, after {@link #finish}. */
	int[] picture() {
		return picture;
	}
}
