
package org.senoscope.fiji;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.senoscope.core.UserException;
import org.senoscope.io.image.ImageFolder;
import org.senoscope.io.image.ImageNames;

import ij.ImagePlus;

/**
 * Names of a run: its image, the folder of its results, what a pseudonym hides.
 */
final class RunNames {

	private RunNames() {}

	/**
	 * Returns the image file of the settings.
	 *
	 * @throws UserException if they name none that could be
	 */
	static Path file(final Map<String, String> settings) {
		final String text = settings.get(CommandKey.INPUT_FILE.name());
		try {
			final Path file = Path.of(text).toAbsolutePath().normalize();
			if (file.getFileName() == null) throw new UserException("input_file: '" +
				text + "' is no image file");
			return file;
		}
		catch (final InvalidPathException e) {
			throw new UserException("input_file: '" + text + "' is no path: " + e
				.getReason());
		}
	}

	/**
	 * Returns the name that replaces that of the image, empty: none. What no file
	 * name may hold becomes {@code _}, since the name of an error file is needed
	 * even for a pseudonym that is refused.
	 */
	static String pseudonym(final Map<String, String> settings) {
		return settings.getOrDefault("pseudonym", "").strip().replaceAll(
			"[\\\\/:*?\"<>|\\p{Cntrl}]", "_");
	}

	/**
	 * Returns the name of the folder for the results (of the first series): the
	 * image's without extension, or with it where another image beside it would
	 * get the same, as in a run over the whole folder.
	 *
	 * @param active the active image, used where the settings name no file
	 */
	static String folder(final Map<String, String> settings,
		final ImagePlus active)
	{
		final String pseudonym = pseudonym(settings);
		if (!pseudonym.isEmpty()) return pseudonym;
		return CommandRequest.usesActiveImage(settings) ? ImageNames.outputName(
			active.getTitle()) : amongItsNeighbours(file(settings));
	}

	private static String amongItsNeighbours(final Path file) {
		final List<Path> neighbours;
		try {
			neighbours = ImageFolder.list(file.getParent()).images();
		}
		catch (final UserException e) {
			// Whether the file itself can be read is asked later.
			return ImageNames.outputName(file.getFileName().toString());
		}
		final int index = neighbours.indexOf(file);
		return index < 0 ? ImageNames.outputName(file.getFileName().toString())
			: ImageNames.outputNames(neighbours).get(index);
	}

	/**
	 * Returns a text with the image's name replaced by the pseudonym, unchanged
	 * if there is none.
	 */
	static String hidden(final String text, final Map<String, String> settings,
		final ImagePlus active)
	{
		final String pseudonym = pseudonym(settings);
		if (pseudonym.isEmpty()) return text;
		final String name;
		if (!CommandRequest.usesActiveImage(settings)) {
			final Path file = file(settings);
			if (text.equals(file.toString())) return pseudonym;
			name = file.getFileName().toString();
		}
		else if (active == null) return text;
		else name = active.getTitle();
		return text.replace(name, pseudonym).replace(ImageNames.outputName(name),
			pseudonym);
	}
}
