
package org.senoscope.core.run;

/**
 * The class of a cell as figures and other programs show it.
 *
 * @param index position in {@link CellClasses#classes()}, from 0
 * @param name what a person reads ("Ki-67 positive")
 * @param rgb colour as 0xRRGGBB, told apart by colour-blind readers and drawn
 *          bright over a dark casing
 * @param positive whether at least one marker is positive
 */
public record CellClass(int index, String name, int rgb, boolean positive) {
}
