
package org.senoscope.io.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names of output folders from names of images. */
public final class ImageNames {

	/** Extensions of two parts that count as one. */
	private static final List<String> DOUBLE = List.of(".ome.tif", ".ome.tiff",
		".ome.btf", ".ome.tf2", ".ome.tf8", ".ome.zarr", ".zarr.zip",
		".ome.zarr.zip");

	private ImageNames() {}

	/**
	 * Returns a file name (or the title of an open image) without its extension;
	 * {@code .ome.tif}, {@code .ome.tiff}, {@code .ome.zarr} and
	 * {@code .zarr.zip} are one extension. What no file name may hold becomes
	 * {@code _}.
	 */
	public static String outputName(final String fileName) {
		final String lower = fileName.toLowerCase(Locale.ROOT);
		int end = lower.lastIndexOf('.');
		for (final String extension : DOUBLE) {
			if (lower.endsWith(extension)) end = Math.min(end, fileName.length() -
				extension.length());
		}
		return (end > 0 ? fileName.substring(0, end) : fileName).replaceAll(
			"[\\\\/:*?\"<>|\\p{Cntrl}]", "_");
	}

	/**
	 * Returns the name of a further series: that of the first one is the image's
	 * own, later ones get {@code _s2}, {@code _s3}, ...
	 *
	 * @param outputName name of the image
	 * @param series series, from 1
	 */
	public static String ofSeries(final String outputName, final int series) {
		return series <= 1 ? outputName : outputName + "_s" + series;
	}

	/**
	 * Returns a name for each of several images, all different (also where case
	 * makes no difference): without extension; images that would collide keep
	 * theirs, and where that does not help (same name in two folders) the name of
	 * the folder is put before.
	 *
	 * @param images the images of one run
	 * @return names in the same order
	 */
	public static List<String> outputNames(final List<Path> images) {
		final List<String> names = new ArrayList<>();
		for (final Path image : images)
			names.add(outputName(fileName(image)));
		rename(names, i -> fileName(images.get(i)));
		rename(names, i -> parentName(images.get(i)) + "_" + fileName(images.get(
			i)));
		final Set<String> taken = new HashSet<>();
		for (int i = 0; i < names.size(); i++) {
			final String name = names.get(i);
			for (int n = 2; !taken.add(names.get(i).toLowerCase(Locale.ROOT)); n++) {
				names.set(i, name + "_" + n);
			}
		}
		return names;
	}

	/** Renames all that share a name with another. */
	private static void rename(final List<String> names,
		final java.util.function.IntFunction<String> other)
	{
		final Map<String, Integer> count = new HashMap<>();
		for (final String name : names) {
			count.merge(name.toLowerCase(Locale.ROOT), 1, Integer::sum);
		}
		for (int i = 0; i < names.size(); i++) {
			if (count.get(names.get(i).toLowerCase(Locale.ROOT)) > 1) names.set(i,
				other.apply(i));
		}
	}

	private static String fileName(final Path image) {
		return ImageErrors.name(image);
	}

	private static String parentName(final Path image) {
		final Path parent = image.toAbsolutePath().normalize().getParent();
		return parent == null || parent.getFileName() == null ? "root" : parent
			.getFileName().toString();
	}
}
