
package org.senoscope.core.image;

/**
 * How samples are stored. Whatever else a file holds (signed, 32-bit integer,
 * double) is read as {@link #FLOAT}.
 */
public enum PixelType {

		/** Unsigned 8 bit, 0-255. */
		UINT8(255),
		/** Unsigned 16 bit, 0-65535. */
		UINT16(65535),
		/** 32-bit floating point; no fixed maximum. */
		FLOAT(Double.NaN);

	private final double maximum;

	PixelType(final double maximum) {
		this.maximum = maximum;
	}

	/** Returns the largest value a sample can take, NaN where there is none. */
	public double maximum() {
		return maximum;
	}
}
