
package org.senoscope.core.nuclei;

import org.senoscope.core.image.Region;

/**
 * Gives the nuclear signal of a slide, bright nuclei on dark, at a reduced
 * resolution. One object a thread.
 */
public interface NuclearSignalReader {

	/**
	 * Reads a region.
	 *
	 * @param working rectangle in working pixels
	 * @param downsample level-0 pixels a working pixel, averaged by area
	 * @param out receives the signal row by row
	 */
	void read(Region working, int downsample, float[] out);
}
