
package org.senoscope.io.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import org.senoscope.core.UserException;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.io.image.ImageFolder;
import org.senoscope.io.image.ImageNames;
import org.senoscope.io.table.TableFile;
import org.senoscope.io.validation.LabelFolderValidation;

/**
 * Pictures and label images that belong together by their base names, one
 * folder each, perhaps chosen by a list.
 *
 * @param items what belongs together, by name
 * @param withoutLabels names of pictures that have no label image and were left
 *          out
 */
public record AnnotatedFolder(List<Item> items, List<String> withoutLabels) {

	/**
	 * A picture and its labels.
	 *
	 * @param name base name
	 * @param image file of the picture
	 * @param labels file of the labels
	 * @param group what it must not be parted from when some pictures are held
	 *          out: the list's column {@code group} (slide, patient), else its
	 *          name
	 */
	public record Item(String name, Path image, Path labels, String group) {
	}

	/**
	 * Which rows of a list are taken.
	 *
	 * @param index CSV with a column {@code image} (base name), and perhaps
	 *          {@code fold}, {@code modality} and {@code group}; null: no list,
	 *          everything is taken
	 * @param folds values of {@code fold}; empty: all
	 * @param modality value of {@code modality}; empty: all
	 */
	public record Choice(Path index, List<String> folds, String modality) {

		/** Everything. */
		public static final Choice ALL = new Choice(null, List.of(), "");

		/** Copies the list. */
		public Choice {
			folds = List.copyOf(folds);
			if (index == null && !(folds.isEmpty() && modality.isEmpty()))
				throw new UserException(
					"folds or a modality need the list they stand in: give it with --index");
		}
	}

	/** Copies the lists. */
	public AnnotatedFolder {
		items = List.copyOf(items);
		withoutLabels = List.copyOf(withoutLabels);
	}

	/**
	 * Finds what belongs together. Pictures without labels are left out and
	 * named.
	 *
	 * @param images folder of pictures
	 * @param labels folder of label images
	 * @param choice which are taken
	 * @throws UserException if a folder or the list cannot be read, a picture of
	 *           the list is missing, or no name is in both folders
	 */
	public static AnnotatedFolder match(final Path images, final Path labels,
		final Choice choice)
	{
		final Map<String, Path> pictures = new TreeMap<>();
		if (!Files.isDirectory(images)) throw new UserException(images +
			": there is no such folder; give the folder of pictures with --images");
		for (final Path file : ImageFolder.list(images).images())
			pictures.putIfAbsent(ImageNames.outputName(file.getFileName().toString()),
				file);
		if (pictures.isEmpty()) throw new UserException(images +
			": there is no image file in it");
		final Map<String, Path> labelFiles = LabelFolderValidation.files(labels);
		final Map<String, String> groups = choice.index() == null ? null : chosen(
			choice);
		final List<Item> items = new ArrayList<>();
		final List<String> without = new ArrayList<>();
		for (final String name : groups == null ? pictures.keySet() : groups
			.keySet())
		{
			if (!pictures.containsKey(name)) throw new UserException(choice.index() +
				": names the picture " + name + ", which " + images +
				" does not hold; mend the list or choose its rows by --folds or --modality");
			if (!labelFiles.containsKey(name)) without.add(name);
			else items.add(new Item(name, pictures.get(name), labelFiles.get(name),
				groups == null ? name : groups.get(name)));
		}
		if (items.isEmpty()) throw new UserException("no label image in " + labels +
			" has the name of a picture in " + images + " (" + first(pictures) +
			" against " + first(labelFiles) +
			"): label images belong to pictures by their base names");
		return new AnnotatedFolder(items, without);
	}

	private static String first(final Map<String, Path> files) {
		return files.isEmpty() ? "nothing" : files.values().iterator().next()
			.getFileName().toString();
	}

	/** Groups of the pictures that were chosen, by name. */
	private static Map<String, String> chosen(final Choice choice) {
		final Map<String, String> groups = new TreeMap<>();
		final TreeSet<String> folds = new TreeSet<>(), modalities = new TreeSet<>();
		try (TableFile table = TableFile.open(choice.index())) {
			final List<String> columns = new ArrayList<>(List.of("image"));
			if (!choice.folds().isEmpty()) columns.add("fold");
			if (!choice.modality().isEmpty()) columns.add("modality");
			if (table.columns().contains("group")) columns.add("group");
			table.read(columns, 1, block -> {
				final List<String[]> rows = new ArrayList<>();
				for (int r = 0; r < block.rows(); r++) {
					final String[] row = new String[columns.size()];
					for (int c = 0; c < row.length; c++)
						row[c] = block.text(r, c);
					rows.add(row);
				}
				return rows;
			}, rows -> {
				for (final String[] row : rows) {
					final String name = ImageNames.outputName(row[0]);
					final String fold = value(columns, row, "fold");
					final String modality = value(columns, row, "modality");
					folds.add(fold);
					modalities.add(modality);
					final String group = value(columns, row, "group");
					if ((choice.folds().isEmpty() || choice.folds().contains(fold)) &&
						modality.equals(choice.modality())) groups.put(name, group.isEmpty()
							? name : group);
				}
			}, Progress.SILENT, new Cancellation());
		}
		if (groups.isEmpty()) throw new UserException(choice.index() +
			": no row is chosen" + (choice.folds().isEmpty() ? ""
				: "; its folds are " + String.join(", ", folds)) + (choice.modality()
					.isEmpty() ? "" : "; its modalities are " + String.join(", ",
						modalities)));
		return groups;
	}

	private static String value(final List<String> columns, final String[] row,
		final String column)
	{
		final int at = columns.indexOf(column);
		return at < 0 || row[at] == null ? "" : row[at].strip();
	}
}
