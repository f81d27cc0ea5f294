
package org.senoscope.core.assay.foci;

import org.senoscope.core.protocol.Key;

/**
 * How senescence-associated heterochromatin foci are found in DAPI and when a
 * nucleus is positive: foci, their share of the nucleus and their mean contrast
 * all reach their limit.
 */
public record SahfSettings(@Key(
	meaning = "Width at half height of the smallest focus.", unit = "µm",
	min = 0.05, max = 20) double smallestUm, @Key(
		meaning = "Width at half height of the largest focus.", unit = "µm",
		min = 0.1, max = 20) double largestUm, @Key(
			meaning = "A spot is a focus from this multiple of the noise of its nucleus on.",
			min = 1, max = 1000) double noise, @Key(
				meaning = "Least ratio of a focus' peak to the nucleoplasm around it, both above background.",
				min = 1, max = 1000) double focusContrast, @Key(label = "Fewest foci",
					meaning = "A SAHF-positive nucleus has at least so many foci.",
					min = 1, max = 1000) int minCount, @Key(label = "Least share of area",
						meaning = "Foci are at least this share of a SAHF-positive nucleus.",
						min = 0, max = 1) double minAreaFraction, @Key(
							label = "Least contrast",
							meaning = "Mean contrast of the foci of a SAHF-positive nucleus.",
							min = 1, max = 1000) double minContrast, @Key(
								meaning = "Whether tissue sections are taken too: SAHF are defined in culture.") boolean onSections) {

	/** Five foci or more on 3 % of the nucleus. */
	public static final SahfSettings DEFAULTS = new SahfSettings(0.5, 2, 5, 1.25,
		6, 0.03, 1.35, false);
}
