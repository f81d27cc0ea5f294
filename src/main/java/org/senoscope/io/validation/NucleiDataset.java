
package org.senoscope.io.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.senoscope.core.UserException;

/**
 * The list of a folder of pictures with true nuclei: {@code index.csv} (columns
 * {@code image, width, height, modality, nuclei, fold}), {@code images/*.png},
 * {@code labels/*.png}.
 *
 * @param folder the folder
 * @param items its pictures in the order of the list
 */
public record NucleiDataset(Path folder, List<Item> items) {

	/**
	 * One picture.
	 *
	 * @param name base name
	 * @param modality "fluorescence", "histology-colour" or "brightfield-gray"
	 * @param fold 0 to 4
	 */
	public record Item(String name, String modality, int fold) {
	}

	/** Copies the list. */
	public NucleiDataset {
		items = List.copyOf(items);
	}

	/**
	 * Reads the list.
	 *
	 * @throws UserException if there is none or a line cannot be understood
	 */
	public static NucleiDataset open(final Path folder) {
		final Path index = folder.resolve("index.csv");
		final List<String> lines;
		try {
			lines = Files.readAllLines(index);
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, "Cannot read " + index +
				": give the folder of nuclei-dsb2018", e);
		}
		final List<Item> items = new ArrayList<>();
		for (final String line : lines.subList(Math.min(1, lines.size()), lines
			.size()))
		{
			final String[] fields = line.split(",");
			if (fields.length < 6 || !fields[5].matches("[0-9]"))
				throw new UserException(index + ": '" + line +
					"' is not image,width,height,modality,nuclei,fold");
			items.add(new Item(fields[0], fields[3], Integer.parseInt(fields[5])));
		}
		return new NucleiDataset(folder, items);
	}

	/** @return file of the picture */
	public Path image(final Item item) {
		return folder.resolve("images").resolve(item.name() + ".png");
	}

	/** @return file of its labels */
	public Path labels(final Item item) {
		return folder.resolve("labels").resolve(item.name() + ".png");
	}
}
