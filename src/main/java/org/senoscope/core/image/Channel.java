
package org.senoscope.core.image;

/**
 * One channel of a multi-channel image.
 *
 * @param index position in the file, from 0
 * @param name name as the file gives it, or "Channel 1", "Channel 2", ... where
 *          it gives none
 * @param rgb display colour as 0xRRGGBB
 */
public record Channel(int index, String name, int rgb) {
}
