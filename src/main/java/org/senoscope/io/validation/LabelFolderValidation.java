
package org.senoscope.io.validation;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.senoscope.core.UserException;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.nuclei.LabelMatching;
import org.senoscope.io.image.ImageNames;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;

/**
 * Compares two folders of label images (grey PNG or TIFF, value = object, 0 =
 * background) by base name.
 */
public final class LabelFolderValidation {

	private static final String OWN_NAME = "nuclei-labels.ome.tif";

	/** Whole numbers up to this survive as 32-bit floats. */
	private static final int MOST = 1 << 24;

	/**
	 * One image.
	 *
	 * @param name base name
	 * @param scores figures of this image, one for each IoU threshold
	 */
	public record ImageResult(String name, LabelMatching.Score[] scores) {
	}

	/**
	 * All images.
	 *
	 * @param images image by image, by name
	 * @param scores figures over all images compared, one for each IoU threshold
	 * @param missingPredicted names in the reference folder only
	 * @param missingReference names in the predicted folder only
	 */
	public record Result(List<ImageResult> images, LabelMatching.Score[] scores,
			List<String> missingPredicted, List<String> missingReference) {
	}

	/** A label image: values row major, x fastest. */
	public record Labels(int[] values, int width, int height) {
	}

	private LabelFolderValidation() {}

	/**
	 * Compares the images that both folders hold.
	 *
	 * @param predicted folder of predicted labels
	 * @param reference folder of reference labels
	 * @param ious thresholds of IoU
	 * @throws UserException if a folder cannot be listed, no name is in both, or
	 *           sizes differ
	 */
	public static Result compare(final Path predicted, final Path reference,
		final double... ious)
	{
		final Map<String, Path> a = files(predicted);
		final Map<String, Path> b = files(reference);
		final LabelMatching pooled = new LabelMatching(ious);
		final List<ImageResult> images = new ArrayList<>();
		for (final Map.Entry<String, Path> e : a.entrySet()) {
			if (!b.containsKey(e.getKey())) continue;
			final Labels p = read(e.getValue());
			final Labels r = read(b.get(e.getKey()));
			if (p.width() != r.width() || p.height() != r.height())
				throw new UserException(e.getValue() + " has " + p.width() + " x " + p
					.height() + " px and " + b.get(e.getKey()) + " " + r.width() + " x " +
					r.height() + ": label images of one name must have one size");
			pooled.add(p.values(), r.values());
			final LabelMatching one = new LabelMatching(ious);
			one.add(p.values(), r.values());
			images.add(new ImageResult(e.getKey(), one.scores()));
		}
		if (images.isEmpty()) throw new UserException("No label image in " +
			predicted + " has the name of one in " + reference +
			": give two folders with the same base names");
		final List<String> missingPredicted = new ArrayList<>(b.keySet());
		missingPredicted.removeAll(a.keySet());
		final List<String> missingReference = new ArrayList<>(a.keySet());
		missingReference.removeAll(b.keySet());
		return new Result(images, pooled.scores(), missingPredicted,
			missingReference);
	}

	/**
	 * Reads a label image.
	 *
	 * @throws UserException if the file is no grey image of whole numbers
	 */
	public static Labels read(final Path file) {
		return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(
			".png") ? readPng(file) : readAny(file);
	}

	private static Labels readPng(final Path file) {
		final BufferedImage image;
		try {
			image = ImageIO.read(file.toFile());
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT,
				"Cannot read label image " + file + ": " + e.getMessage() +
					"; give a grey PNG or TIFF", e);
		}
		if (image == null || image.getRaster().getNumBands() != 1) throw notGrey(
			file);
		final Raster raster = image.getRaster();
		final int w = raster.getWidth();
		final int h = raster.getHeight();
		return new Labels(raster.getSamples(0, 0, w, h, 0, new int[w * h]), w, h);
	}

	private static Labels readAny(final Path file) {
		try (PixelSource source = ImageSources.open(file, OpenOptions.DEFAULTS)) {
			final ImageInfo info = source.info();
			if (info.rgb() || info.channels().size() != 1) throw notGrey(file);
			final float[] numbers = new float[Math.toIntExact(info.bounds().size())];
			source.readChannel(0, 0, info.bounds(), numbers);
			final int[] labels = new int[numbers.length];
			for (int i = 0; i < labels.length; i++) {
				labels[i] = (int) numbers[i];
				if (labels[i] != numbers[i] || labels[i] > MOST)
					throw new UserException("Cannot read label image " + file +
						": it holds " + numbers[i] + "; labels are whole numbers up to " +
						MOST);
			}
			return new Labels(labels, info.width(), info.height());
		}
	}

	private static UserException notGrey(final Path file) {
		return new UserException("Cannot read label image " + file +
			": not a grey PNG or TIFF");
	}

	/**
	 * Lists label images by base name: the PNG and TIFF files of a folder, or, as
	 * Senoscope writes them, {@code nuclei-labels.ome.tif} of each folder in it,
	 * under the name of that folder.
	 *
	 * @throws UserException if the folder cannot be listed
	 */
	public static Map<String, Path> files(final Path folder) {
		final Map<String, Path> files = new TreeMap<>();
		try (Stream<Path> list = Files.list(folder)) {
			list.sorted().forEach(file -> {
				final String name = file.getFileName().toString();
				final Path inside = file.resolve(OWN_NAME);
				if (Files.isRegularFile(inside)) files.putIfAbsent(name, inside);
				else if (name.toLowerCase(Locale.ROOT).matches(".+\\.(png|tiff?)"))
					files.putIfAbsent(ImageNames.outputName(name), file);
			});
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, "Cannot list folder " +
				folder + ": give a folder of label images", e);
		}
		return files;
	}
}
