
package org.senoscope.core.phantom;

/**
 * Colour and evenness of the light of a brightfield picture.
 *
 * @param red grey level of clear glass in the middle of the field
 * @param green likewise
 * @param blue likewise
 * @param slopeX relative change from the left to the right edge of the field
 * @param slopeY relative change from top to bottom
 * @param vignette relative loss in the corners
 */
record Lamp(double red, double green, double blue, double slopeX, double slopeY,
		double vignette) {

	/**
	 * Returns the relative intensity at a place.
	 *
	 * @param u from -1 at the left to 1 at the right edge of the field
	 * @param v likewise from top to bottom
	 */
	float at(final float u, final float v) {
		return (float) (1 + 0.5 * slopeX * u + 0.5 * slopeY * v - 0.5 * vignette *
			(u * u + v * v));
	}
}
