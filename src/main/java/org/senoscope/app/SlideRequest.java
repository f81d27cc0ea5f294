
package org.senoscope.app;

import java.nio.file.Path;
import java.util.List;

import org.senoscope.core.image.PixelSource;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.run.RunOptions;

/**
 * One image to analyse, as every door states it.
 *
 * @param image file of the image; null if {@code source} is given
 * @param source an image that is already open (the active image of Fiji), not
 *          closed by the job; null if {@code image} is given
 * @param protocol what to measure, all overrides applied
 * @param options how to run and write
 * @param outputFolder folder that receives a folder of this image's name; made
 *          if missing
 * @param folderName name of that inner folder
 * @param command the command that repeats this run, word by word, for the run
 *          record
 */
public record SlideRequest(Path image, PixelSource source, Protocol protocol,
		RunOptions options, Path outputFolder, String folderName,
		List<String> command) {

	/** Checks that there is exactly one image. */
	public SlideRequest {
		if (image == null == (source == null)) throw new IllegalArgumentException(
			"either a file or an open image");
		command = List.copyOf(command);
	}
}
