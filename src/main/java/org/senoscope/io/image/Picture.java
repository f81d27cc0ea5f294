
package org.senoscope.io.image;

import java.util.List;

import org.senoscope.core.image.ImageInfo;

/**
 * One picture of a file that may be analysed, and where its levels lie.
 *
 * @param info what is known of it
 * @param places where each level of {@code info} lies in the file
 * @param colour how its samples make colours
 * @param shift bits by which RGB samples are shifted down to 8
 */
record Picture(ImageInfo info, List<Place> places, Colour colour, int shift) {

	/** How samples make colours. */
	enum Colour {
			/** They make none: each channel stands for itself. */
			NONE,
			/** Red, green and blue (and perhaps alpha) in one plane. */
			SAMPLES,
			/** Red, green and blue are three planes. */
			PLANES,
			/** Samples are indices into a palette. */
			PALETTE
	}

	/**
	 * Where a level lies.
	 *
	 * @param page page of a TIFF file, from 0, that is read as it lies there; -1
	 *          where series and resolution of the reader say it
	 * @param series series of the file, from 0
	 * @param resolution resolution within the series, from 0
	 * @param tileWidth width of the tiles in the file
	 * @param tileHeight height of the tiles in the file
	 */
	record Place(int page, int series, int resolution, int tileWidth,
			int tileHeight) {
	}
}
