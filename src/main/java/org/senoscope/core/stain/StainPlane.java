
package org.senoscope.core.stain;

/**
 * Reads the amount of one stain from RGB pixels, as optical density.
 * Thread-safe.
 */
@FunctionalInterface
public interface StainPlane {

	/**
	 * Reads pixels.
	 *
	 * @param rgb red, green, blue interleaved
	 * @param pixels number of pixels
	 * @param out receives the optical density of the stain in each pixel; small
	 *          negative values are noise or another colour
	 */
	void read(byte[] rgb, int pixels, float[] out);
}
