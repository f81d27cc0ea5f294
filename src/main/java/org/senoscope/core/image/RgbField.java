
package org.senoscope.core.image;

/**
 * A rectangle of a red-green-blue picture held in memory: a sample field from
 * which white, stains and the kind of image are found, or an overview.
 *
 * @param width width in pixels
 * @param height height in pixels
 * @param rgb red, green, blue interleaved, row by row, {@code 3 * width *
 *          height} long (may be longer); not copied
 */
public record RgbField(int width, int height, byte[] rgb) {

	/** Checks the sizes. */
	public RgbField {
		if (width < 0 || height < 0 || rgb.length < 3L * width * height)
			throw new IllegalArgumentException(width + " x " + height +
				" pixels do not fit " + rgb.length + " bytes");
	}

	/** Returns the overview's picture. */
	public static RgbField of(final Overview overview) {
		return new RgbField(overview.width(), overview.height(), overview.rgb());
	}

	/** Returns the number of pixels. */
	public int size() {
		return width * height;
	}
}
