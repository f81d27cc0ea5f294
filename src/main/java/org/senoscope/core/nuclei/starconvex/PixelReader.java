
package org.senoscope.core.nuclei.starconvex;

import org.senoscope.core.image.Region;

/**
 * Reads the pixels that a network sees, before they are rescaled and
 * normalised. One object a thread.
 */
@FunctionalInterface
public interface PixelReader {

	/**
	 * Reads a region.
	 *
	 * @param level0 rectangle of level-0 pixels inside the slide
	 * @param out receives the values row by row, channels fastest
	 */
	void read(Region level0, float[] out);
}
