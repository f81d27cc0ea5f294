
package org.senoscope.core.image;

/**
 * The whole picture, small: for tissue masks, reports and overlays.
 *
 * @param width width in pixels
 * @param height height in pixels
 * @param downsample level-0 pixels a pixel of the overview
 * @param rgb red, green, blue interleaved, row by row; fluorescence in display
 *          colours
 * @param analysed whether a pixel belongs to the analysed area (tissue, region,
 *          annotations), row by row
 */
public record Overview(int width, int height, double downsample, byte[] rgb,
		boolean[] analysed) {
}
