
package org.senoscope.io.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import org.senoscope.core.UserException;

/**
 * The image files of a folder, by extension.
 *
 * @param images image files, sorted by name
 * @param passedOver number of other files in the folder
 */
public record ImageFolder(List<Path> images, int passedOver) {

	private static final Set<String> EXTENSIONS = Set.of("tif", "tiff", "btf",
		"tf2", "tf8", "svs", "ndpi", "scn", "qptiff", "bif", "vsi", "czi", "zvi",
		"lsm", "lif", "lof", "nd2", "ims", "oib", "oif", "oir", "vms", "vmu", "dcm",
		"dicom", "stk", "dv", "r3d", "ics", "ids", "flex", "mvd2", "sld", "jpg",
		"jpeg", "jp2", "j2k", "jpx", "png", "bmp", "gif");

	/** Copies the list. */
	public ImageFolder {
		images = List.copyOf(images);
	}

	/**
	 * Lists the image files of a folder, not those of its sub-folders. Hidden
	 * files are passed over.
	 *
	 * @param folder the folder
	 * @throws UserException if it cannot be listed
	 */
	public static ImageFolder list(final Path folder) {
		final List<Path> images = new ArrayList<>();
		int passedOver = 0;
		try (Stream<Path> entries = Files.list(folder)) {
			for (final Path entry : (Iterable<Path>) entries::iterator) {
				if (Files.isDirectory(entry)) continue;
				if (isImage(entry)) images.add(entry);
				else passedOver++;
			}
		}
		catch (final IOException | java.io.UncheckedIOException exc) {
			throw new UserException(UserException.Kind.INPUT, folder +
				": folder cannot be listed; check the path and its permissions", exc);
		}
		images.sort(Comparator.comparing(image -> image.getFileName().toString()));
		return new ImageFolder(images, passedOver);
	}

	/** Returns whether a file is an image by its extension. */
	public static boolean isImage(final Path file) {
		final String name = ImageErrors.name(file).toLowerCase(Locale.ROOT);
		final int dot = name.lastIndexOf('.');
		return !name.startsWith(".") && (EXTENSIONS.contains(name.substring(dot +
			1)) || name.endsWith(".zarr.zip"));
	}
}
