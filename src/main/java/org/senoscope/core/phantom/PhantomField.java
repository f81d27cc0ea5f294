
package org.senoscope.core.phantom;

import java.util.List;

/**
 * One field with its truth. Arrays are row by row, {@code width * height}
 * pixels.
 *
 * @param kind what is shown
 * @param width width in pixels
 * @param height height in pixels
 * @param rgb red, green, blue interleaved, before compression; null for a
 *          fluorescence field
 * @param dapi fluorescence of DAPI in counts, unsigned 16 bit; null where none
 *          was taken
 * @param labels 0 background, else {@link PlantedCell#id()}
 * @param cells the cells in the order of their ids
 * @param stainedAreaFraction share of pixels whose planted indigo optical
 *          density (red channel, before blur and noise) reaches
 *          {@link Phantoms#STAINED_PIXEL_OD}; NaN for kinds without X-gal
 * @param cellAreaFraction share of pixels covered by cells or tissue; NaN for
 *          {@link PhantomKind#DAPI}
 */
public record PhantomField(PhantomKind kind, int width, int height, byte[] rgb,
		char[] dapi, int[] labels, List<PlantedCell> cells,
		double stainedAreaFraction, double cellAreaFraction) {

	/** Copies the list. */
	public PhantomField {
		cells = List.copyOf(cells);
	}

	/** Returns the share of positive cells in percent, NaN without cells. */
	public double positivePercent() {
		if (cells.isEmpty()) return Double.NaN;
		return 100.0 * cells.stream().filter(PlantedCell::positive).count() / cells
			.size();
	}
}
