
package org.senoscope.core.assay;

/**
 * Tells which pixels of a region count as stained area, where more than the
 * reading of the pixel itself decides. One object a thread.
 */
public interface StainedArea {

	/**
	 * Returns how far, in level-0 pixels, other pixels may decide on one: only
	 * pixels further than this from the region's edge (or at the picture's edge)
	 * are told exactly.
	 */
	int marginPx();

	/**
	 * Tells the stained pixels.
	 *
	 * @param pixels the pixels of a region
	 * @param plane the marker's reading of each pixel
	 * @param stained receives 1 for a stained pixel and 0 for any other, row by
	 *          row
	 */
	void mark(BlockPixels pixels, float[] plane, byte[] stained);
}
