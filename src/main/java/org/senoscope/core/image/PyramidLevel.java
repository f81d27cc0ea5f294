
package org.senoscope.core.image;

/**
 * One resolution of a pyramid.
 *
 * @param width width in pixels of this level
 * @param height height in pixels of this level
 * @param downsample level-0 pixels a pixel of this level, 1 for level 0
 */
public record PyramidLevel(int width, int height, double downsample) {
}
