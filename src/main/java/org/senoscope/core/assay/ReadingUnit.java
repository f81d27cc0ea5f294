
package org.senoscope.core.assay;

/** Unit of a marker's readings. */
public enum ReadingUnit {

		/** Optical density of a stain; dark is much. */
		OPTICAL_DENSITY("optical density"),
		/** Intensity of a channel, in the file's own numbers; bright is much. */
		INTENSITY("intensity");

	private final String word;

	ReadingUnit(final String word) {
		this.word = word;
	}

	/** Returns the unit in words. */
	public String word() {
		return word;
	}
}
