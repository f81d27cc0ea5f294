
package org.senoscope.core.phantom;

/**
 * The truth of one focus.
 *
 * @param cell {@link PlantedCell#id()} of its nucleus
 * @param marker id of its marker: gh2ax, p53bp1 or sahf; barr for a Barr body,
 *          chromocentre in mice
 * @param xPx centre in pixels; the centre of the first pixel is 0.5
 * @param yPx likewise
 * @param widthUm width at half height after the blur of the objective
 * @param contrast peak over the nucleoplasm at its place, both without
 *          background and noise, after the blur
 * @param snr peak minus nucleoplasm over the noise of a pixel of nucleoplasm
 */
public record PlantedFocus(int cell, String marker, double xPx, double yPx,
		double widthUm, double contrast, double snr) {
}
