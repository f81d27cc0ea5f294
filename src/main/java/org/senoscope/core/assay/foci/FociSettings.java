
package org.senoscope.core.assay.foci;

import org.senoscope.core.protocol.Key;

/**
 * How foci of DNA damage and telomeres are found. The threshold and the
 * smallest size were chosen on one half of a set of rated foci, see
 * docs/validation.md.
 */
public record FociSettings(@Key(label = "Markers with foci",
	meaning = "Channels whose foci are counted, as marker=channel (gh2ax=2; p53bp1=Cy5), several separated by semicolons; empty: γH2AX, 53BP1 and telomere channels, found by name.") String markers,
		@Key(label = "Smallest focus (µm)",
			meaning = "Width at half height of the smallest focus.", unit = "µm",
			min = 0.05, max = 20) double smallestUm, @Key(
				label = "Largest focus (µm)",
				meaning = "Width at half height of the largest focus.", unit = "µm",
				min = 0.1, max = 20) double largestUm, @Key(label = "Threshold (noise)",
					meaning = "A spot is a focus from this multiple of the noise of its nucleus on.",
					min = 1, max = 1000) double noise, @Key(
						meaning = "Least ratio of a focus' peak to the nucleoplasm around it, both above background.",
						min = 1, max = 1000) double minContrast, @Key(
							meaning = "Largest distance of two foci of different channels that lie on each other.",
							unit = "µm", min = 0, max = 10) double partnerUm, @Key(
								label = "Positive from (foci)",
								meaning = "A nucleus with so many foci is positive.", min = 1,
								max = 1000) int positiveFrom, @Key(
									meaning = "A nucleus whose DNA signal is so many times as dense as that of the slide's typical nucleus is condensed: mitotic if it holds as much DNA as a divided one, else apoptotic.",
									min = 1.1, max = 100) double condensedFrom) {

	/** Foci of 0.5 to 1.6 µm. */
	public static final FociSettings DEFAULTS = new FociSettings("", 0.5, 1.6,
		6.5, 1.25, 0.5, 3, 1.8);
}
