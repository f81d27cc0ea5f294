
package org.senoscope.core.nuclei.starconvex;

/**
 * The fixed numbers of a star-convex segmentation, found once for a slide and
 * then used for every block of it.
 *
 * @param slideWidth width of the slide in level-0 pixels
 * @param slideHeight height of it
 * @param step level-0 pixels a network pixel; need not be whole
 * @param downsample level-0 pixels a working pixel (1, 2, 4, ...), in which
 *          nuclei are painted
 * @param low value that becomes 0, for each channel
 * @param high value that becomes 1, for each channel
 * @param clipped whether normalised values end at 0 and 1
 * @param probabilityThreshold a nucleus is more probable than this
 * @param overlapThreshold share of the smaller nucleus that two may have in
 *          common
 * @param trim whether nuclei that overlap are trimmed instead of suppressed
 * @param minAreaPx smallest nucleus in level-0 pixels
 * @param maxAreaPx largest nucleus in level-0 pixels
 * @param marginPx working pixels that a block needs around it
 */
record StarConvexScale(int slideWidth, int slideHeight, double step,
		int downsample, float[] low, float[] high, boolean clipped,
		double probabilityThreshold, double overlapThreshold, boolean trim,
		double minAreaPx, double maxAreaPx, int marginPx) {

	/** The same at another scale. */
	StarConvexScale atStep(final double newStep, final int newDownsample,
		final double minArea, final double maxArea, final int margin)
	{
		return new StarConvexScale(slideWidth, slideHeight, newStep, newDownsample,
			low, high, clipped, probabilityThreshold, overlapThreshold, trim, minArea,
			maxArea, margin);
	}
}
