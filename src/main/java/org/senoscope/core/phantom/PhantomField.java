
package org.senoscope.core.phantom;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 * @param channels fluorescence of further channels in counts by their names, in
 *          order
 * @param labels 0 background, else {@link PlantedCell#id()}
 * @param cells the cells in the order of their ids
 * @param foci planted foci, nucleus by nucleus
 * @param markers what was planted of each marker; empty for kinds with one
 *          marker, of which the cells tell
 * @param stainedAreaFraction share of pixels whose planted indigo optical
 *          density (red channel, before blur and noise) reaches
 *          {@link Phantoms#STAINED_PIXEL_OD}; NaN for kinds without X-gal
 * @param cellAreaFraction share of pixels covered by cells or tissue; NaN for
 *          {@link PhantomKind#DAPI}
 */
public record PhantomField(PhantomKind kind, int width, int height, byte[] rgb,
		char[] dapi, Map<String, char[]> channels, int[] labels,
		List<PlantedCell> cells, List<PlantedFocus> foci,
		List<PlantedMarker> markers, double stainedAreaFraction,
		double cellAreaFraction) {

	/** Copies the lists. */
	public PhantomField {
		channels = Collections.unmodifiableMap(new LinkedHashMap<>(channels));
		cells = List.copyOf(cells);
		foci = List.copyOf(foci);
		markers = List.copyOf(markers);
	}

	/** A field without further channels and foci. */
	public PhantomField(final PhantomKind kind, final int width, final int height,
		final byte[] rgb, final char[] dapi, final int[] labels,
		final List<PlantedCell> cells, final double stainedAreaFraction,
		final double cellAreaFraction)
	{
		this(kind, width, height, rgb, dapi, Map.of(), labels, cells, List.of(),
			List.of(), stainedAreaFraction, cellAreaFraction);
	}

	/** Returns the share of positive cells in percent, NaN without cells. */
	public double positivePercent() {
		if (cells.isEmpty()) return Double.NaN;
		return 100.0 * cells.stream().filter(PlantedCell::positive).count() / cells
			.size();
	}
}
