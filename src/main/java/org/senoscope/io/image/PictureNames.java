
package org.senoscope.io.image;

import java.util.Locale;
import java.util.Set;

/**
 * Tells pictures of the specimen from pictures of the slide (label, macro,
 * thumbnail, ...), which carry patients' names and are never analysed or
 * listed.
 */
final class PictureNames {

	private static final Set<String> OF_THE_SLIDE = Set.of("label", "macro",
		"thumbnail", "barcode", "localizer", "preview");
	/** These are pictures of the slide only where they stand alone. */
	private static final Set<String> ALONE = Set.of("overview", "overview image",
		"map", "map image", "slide", "slide image", "navigator");

	private PictureNames() {}

	/**
	 * Returns whether the name is one that scanners give to a picture of the
	 * slide.
	 *
	 * @param seriesName name of the series
	 * @param fileName name of the file, which some readers put before a number
	 */
	static boolean isOfTheSlide(final String seriesName, final String fileName) {
		if (seriesName == null) return false;
		final String words = seriesName.replace(fileName, "").toLowerCase(
			Locale.ROOT).replaceAll("[^\\p{L}]+", " ").strip();
		if (ALONE.contains(words)) return true;
		for (final String word : words.split(" ")) {
			if (OF_THE_SLIDE.contains(word)) return true;
		}
		return false;
	}
}
