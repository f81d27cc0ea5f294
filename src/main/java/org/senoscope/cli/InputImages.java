
package org.senoscope.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.senoscope.core.UserException;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.io.image.ImageFolder;
import org.senoscope.io.image.ImageNames;

/** Turns the arguments of a verb into the images to analyse. */
final class InputImages {

	private InputImages() {}

	/**
	 * One image.
	 *
	 * @param file its file
	 * @param folderName name of its folder below the folder for results, before
	 *          series and pseudonym change it
	 * @param shownName how messages call it
	 */
	record Input(Path file, String folderName, String shownName) {
	}

	/**
	 * Finds the files.
	 *
	 * @param arguments files and folders as given
	 * @param note told once which files of folders were passed over
	 * @return absolute paths, at least one
	 * @throws UserException if there is no image at all
	 */
	static List<Path> files(final List<String> arguments,
		final Consumer<String> note)
	{
		// An image that is named twice, by itself and by its folder, is one.
		final Set<Path> distinct = new LinkedHashSet<>();
		int passedOver = 0;
		for (final String argument : arguments) {
			final Path path = path(argument);
			if (Files.isDirectory(path)) {
				final ImageFolder folder = ImageFolder.list(path);
				distinct.addAll(folder.images());
				passedOver += folder.passedOver();
			}
			else distinct.add(path);
		}
		final List<Path> files = List.copyOf(distinct);
		if (files.isEmpty()) throw new UserException("no image file in " + String
			.join(", ", arguments) +
			"; give image files or a folder that holds some (sub-folders are not searched)");
		if (passedOver > 0) note.accept("note: " + passedOver + (passedOver == 1
			? " file that is no image was passed over"
			: " files that are no images were passed over"));
		return files;
	}

	/**
	 * Finds the images and names their outputs.
	 *
	 * @param arguments files and folders as given
	 * @param settings whose pseudonym and paired images matter
	 * @param note told once which files of folders were passed over
	 * @throws UserException if there is no image at all
	 */
	static List<Input> of(final List<String> arguments,
		final ProtocolOverrides settings, final Consumer<String> note)
	{
		final List<Path> files = withoutPartners(files(arguments, note), String
			.join(";", settings.protocol().nuclei().image(), settings.protocol()
				.fluorescence().image(), settings.protocol().rounds()));
		final String pseudonym = settings.options().pseudonym();
		checkPseudonym(pseudonym, files.size());
		final List<String> names = ImageNames.outputNames(files);
		final List<Input> inputs = new ArrayList<>();
		for (int i = 0; i < files.size(); i++)
			inputs.add(new Input(files.get(i), names.get(i), pseudonym.isEmpty()
				? files.get(i).getFileName().toString() : pseudonym));
		return inputs;
	}

	/**
	 * Checks that a pseudonym stands for one image.
	 *
	 * @throws UserException if it would stand for several
	 */
	static void checkPseudonym(final String pseudonym, final int images) {
		if (!pseudonym.isEmpty() && images > 1) throw new UserException(
			"--pseudonym names one image, but " + images +
				" were given; run them one by one, each with a pseudonym of its own");
	}

	/**
	 * Leaves out the files that are the nuclei or fluorescence images or further
	 * rounds of others, which a folder holds beside them.
	 */
	private static List<Path> withoutPartners(final List<Path> files,
		final String patterns)
	{
		final Set<Path> partners = new HashSet<>();
		for (final String pattern : patterns.split(";"))
			if (pattern.contains("{name}")) for (final Path file : files)
				partners.add(file.resolveSibling(pattern.strip().replace("{name}",
					ImageNames.outputName(file.getFileName().toString()))).normalize());
		return files.stream().filter(f -> !partners.contains(f)).toList();
	}

	private static Path path(final String argument) {
		try {
			return Path.of(argument).toAbsolutePath().normalize();
		}
		catch (final InvalidPathException e) {
			throw new UserException("IMAGE " + argument + " cannot name a file");
		}
	}
}
