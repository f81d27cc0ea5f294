
package org.senoscope.io.image;

import java.nio.file.Path;
import java.util.List;

import org.senoscope.core.UserException;
import org.senoscope.core.image.ImageInfo;

/**
 * Opens image files. Everything that can be wrong with a file is a
 * {@link UserException} of one line that names it. Nothing is written beside
 * the file. The label and macro pictures inside slide files are never given.
 */
public final class ImageSources {

	private static final String NO_BIO_FORMATS =
		": Bio-Formats is missing from the class path; run senoscope doctor";

	private ImageSources() {}

	/**
	 * Opens a picture of a file; reads no more than its header (and, of a stack
	 * with {@code z} "best", small samples of each plane).
	 *
	 * @param file image file
	 * @param options which picture, and how
	 * @throws UserException if the file cannot be opened or has no such picture
	 */
	public static BioFormatsSource open(final Path file,
		final OpenOptions options)
	{
		final BioFormatsFile opened = openFile(file, options.threads());
		try {
			final List<Picture> pictures = opened.pictures();
			if (options.series() > pictures.size()) throw new UserException(
				ImageErrors.name(file) + ": series " + options.series() +
					" asked for, the file has " + pictures.size() +
					" (label and macro pictures do not count); choose series from 1 to " +
					pictures.size());
			return new BioFormatsSource(opened, pictures.get(options.series() - 1),
				options);
		}
		catch (final Throwable exc) {
			opened.close();
			throw exc;
		}
	}

	/**
	 * Returns what is known of every picture of a file that may be analysed, at
	 * least one; reads no pixels.
	 *
	 * @param file image file
	 * @throws UserException if the file cannot be opened
	 */
	public static List<ImageInfo> list(final Path file) {
		try (BioFormatsFile opened = openFile(file, 1)) {
			return opened.pictures().stream().map(Picture::info).toList();
		}
	}

	/** Opens a file; reads no pixels. */
	static BioFormatsFile openFile(final Path file, final int readers) {
		try {
			return BioFormatsFile.open(file, readers);
		}
		catch (final NoClassDefFoundError exc) {
			throw new UserException(UserException.Kind.INPUT, file + NO_BIO_FORMATS,
				exc);
		}
	}
}
