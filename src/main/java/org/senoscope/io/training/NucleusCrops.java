
package org.senoscope.io.training;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import org.senoscope.core.UserException;
import org.senoscope.core.image.Channel;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.NuclearChannels;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.phenotype.crop.CropSettings;
import org.senoscope.core.phenotype.crop.NucleusCrop;
import org.senoscope.io.image.ImageFolder;
import org.senoscope.io.image.ImageNames;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;
import org.senoscope.io.validation.LabelFolderValidation;

/**
 * Cuts the nuclei of a table out of their pictures: the row's {@code image}
 * names the picture, its {@code cell_id} the value in the label image. Safe to
 * use from several threads; the pictures used last are kept.
 */
public final class NucleusCrops {

	private static final OpenOptions ONE_READER = new OpenOptions(1, "best", 1,
		1024, 0, 1);

	/** Pictures kept in memory. */
	private static final int KEPT = 3;

	/** Largest picture: it is held in memory, eight bytes a pixel. */
	private static final long MOST_PIXELS = 100_000_000;

	/** A picture and where its nuclei lie. */
	private record Opened(NucleusCrop.Picture picture, double[] centres) {
	}

	private final CropSettings settings;
	private final Map<String, Path> pictures = new TreeMap<>();
	private final Map<String, Path> labels;
	private final Map<String, Opened> kept = new LinkedHashMap<>(8, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(final Map.Entry<String, Opened> e) {
			return size() > KEPT;
		}
	};

	/**
	 * Looks into the folders.
	 *
	 * @throws UserException if one is missing or empty
	 */
	public NucleusCrops(final CropSettings settings) {
		this.settings = settings;
		final Path images = Path.of(settings.images());
		if (!Files.isDirectory(images)) throw new UserException(images +
			": there is no such folder; give the folder of the pictures with --crop-images");
		if (settings.labels().isBlank()) throw new UserException(
			"nuclei are cut out by label images: give their folder, or the folder of the results of senoscope segment, with --crop-labels");
		final Path folder = Path.of(settings.labels());
		if (!Files.isDirectory(folder)) throw new UserException(folder +
			": there is no such folder; give the folder of label images with --crop-labels");
		for (final Path file : ImageFolder.list(images).images())
			pictures.putIfAbsent(ImageNames.outputName(file.getFileName().toString()),
				file);
		if (pictures.isEmpty()) throw new UserException(images +
			": there is no image file in it");
		labels = LabelFolderValidation.files(folder);
	}

	/**
	 * Cuts a nucleus out.
	 *
	 * @param image name of the picture, with or without extension
	 * @param cellId value of the nucleus in the label image
	 * @param out receives {@link NucleusCrop#SIZE} values, NaN if the label image
	 *          has no such nucleus
	 * @param at where they begin
	 * @return whether there is such a nucleus
	 * @throws UserException if there is no such picture, or it cannot be used
	 */
	public boolean cut(final String image, final int cellId, final float[] out,
		final int at)
	{
		final Opened opened = open(image);
		final double[] c = opened.centres;
		if (cellId < 1 || 3 * cellId + 2 >= c.length || c[3 * cellId] == 0) {
			Arrays.fill(out, at, at + NucleusCrop.SIZE, Float.NaN);
			return false;
		}
		opened.picture.cut(cellId, c[3 * cellId + 1] / c[3 * cellId], c[3 * cellId +
			2] / c[3 * cellId], out, at);
		return true;
	}

	private Opened open(final String image) {
		synchronized (kept) {
			return kept.computeIfAbsent(ImageNames.outputName(image), name -> read(
				image, name));
		}
	}

	private Opened read(final String image, final String name) {
		final Path file = pictures.get(name), labelled = labels.get(name);
		if (file == null) throw new UserException(settings.images() +
			": holds no picture " + image + ", which the table names; it holds " +
			some(pictures));
		if (labelled == null) throw new UserException(settings.labels() +
			": holds no label image of " + image + "; it holds " + some(labels));
		try (PixelSource source = ImageSources.open(file, ONE_READER)) {
			final ImageInfo info = source.info();
			if (info.bounds().size() > MOST_PIXELS) throw new UserException(file +
				": has more than 100 million pixels; cut nuclei from fields of it");
			final double pixel = settings.pixelSize() > 0 ? settings.pixelSize()
				: info.pixelSizeUm();
			if (!(pixel > 0)) throw new UserException(file +
				": the file gives no pixel size; state it with --crop-pixel-size (µm per pixel)");
			final int channel = channel(file, info);
			final LabelFolderValidation.Labels l = LabelFolderValidation.read(
				labelled);
			if (l.width() != info.width() || l.height() != info.height())
				throw new UserException(labelled + ": has " + l.width() + " x " + l
					.height() + " px, its picture " + file.getFileName() + " " + info
						.width() + " x " + info.height() +
					"; a label image has the size of its picture");
			final float[] signal = new float[(int) info.bounds().size()];
			source.readChannel(0, channel, info.bounds(), signal);
			try {
				return new Opened(NucleusCrop.Picture.of(signal, l.values(), l.width(),
					l.height(), pixel), centres(l));
			}
			catch (final IllegalArgumentException e) {
				throw new UserException(UserException.Kind.INPUT, file + ": " + e
					.getMessage(), e);
			}
		}
	}

	private int channel(final Path file, final ImageInfo info) {
		if (info.rgb()) throw new UserException(file +
			": is a colour picture; nuclei are cut from a channel of a nuclear dye");
		if (settings.channel().isBlank()) {
			final int found = NuclearChannels.find(info);
			if (found >= 0) return found;
			throw new UserException(file +
				": no channel is known as the nuclear one; name it with --crop-channel, there are " +
				info.channelNames());
		}
		final Channel named = info.channel(settings.channel());
		if (named == null) throw new UserException(file + ": no channel " + settings
			.channel() + "; there are " + info.channelNames());
		return named.index();
	}

	/** Pixels, and sums of their centres' x and y, of each label. */
	private static double[] centres(final LabelFolderValidation.Labels l) {
		final int highest = Arrays.stream(l.values()).max().orElse(0);
		final double[] c = new double[3 * (highest + 1)];
		for (int i = 0; i < l.values().length; i++) {
			final int label = l.values()[i];
			if (label == 0) continue;
			c[3 * label]++;
			c[3 * label + 1] += i % l.width() + 0.5;
			c[3 * label + 2] += i / l.width() + 0.5;
		}
		return c;
	}

	private static String some(final Map<String, Path> files) {
		return files.isEmpty() ? "none" : String.join(", ", files.keySet().stream()
			.limit(5).toList()) + (files.size() > 5 ? ", ..." : "");
	}
}
