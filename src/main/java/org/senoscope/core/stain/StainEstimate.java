
package org.senoscope.core.stain;

import java.util.List;

import org.senoscope.core.protocol.ImageKind;

/**
 * The stain vectors and the white of one slide, as they are used for all its
 * pixels.
 *
 * @param kind kind of image
 * @param vectors the vectors in use
 * @param quality how well the slide itself shows both stains, 0 to 1; NaN where
 *          nothing was estimated (built-in or typed vectors)
 * @param origin where the vectors come from, in words
 * @param warnings what a reader of the numbers should know, one line each
 * @param white colour of clear glass
 * @param ground signal between nuclei that {@link NuclearSignal} takes off, in
 *          optical density; 0 where nothing stains nuclei
 */
public record StainEstimate(ImageKind kind, StainVectors vectors,
		double quality, String origin, List<String> warnings, WhiteReference white,
		double ground) {

	/** Copies the list. */
	public StainEstimate {
		warnings = List.copyOf(warnings);
	}
}
