
package org.senoscope.app;

import java.nio.file.Path;

import org.senoscope.core.run.SlideSummary;

/**
 * What became of one image.
 *
 * @param image name of the image as outputs show it
 * @param folder folder that holds its files
 * @param report its report
 * @param summary its numbers
 * @param partial whether parts of the slide could not be read; the summary's
 *          warnings name them
 */
public record SlideOutcome(String image, Path folder, Path report,
		SlideSummary summary, boolean partial) {
}
