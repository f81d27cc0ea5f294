
package org.senoscope.io.training;

import java.util.Arrays;
import java.util.List;

import org.senoscope.core.UserException;
import org.senoscope.core.image.Channel;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.RgbField;
import org.senoscope.core.nuclei.starconvex.NetworkCard.Normalisation;
import org.senoscope.core.nuclei.starconvex.training.AnnotatedPicture;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.stain.ImageKindGuess;
import org.senoscope.core.stain.WhiteReference;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;
import org.senoscope.io.validation.LabelFolderValidation;

/**
 * Reads annotated pictures as a network wants them.
 *
 * @param channels 1 or 3
 * @param channel name or number from 1 of the nuclear channel where there are
 *          several; empty: the only one
 * @param normalisation how pixels are normalised, each picture by itself
 */
public record PictureReader(int channels, String channel,
		Normalisation normalisation) {

	private static final OpenOptions ONE_READER = new OpenOptions(1, "best", 1,
		1024, 0, 1);

	/**
	 * Guesses the kind of a picture from its colours.
	 *
	 * @throws UserException if it cannot be read
	 */
	public static ImageKind guessKind(final AnnotatedFolder.Item item) {
		try (PixelSource source = ImageSources.open(item.image(), ONE_READER)) {
			return source.info().rgb() ? ImageKindGuess.ofRgb(List.of(rgb(source)))
				.kind() : ImageKind.FLUORESCENCE;
		}
	}

	/**
	 * Reads a picture with its labels.
	 *
	 * @throws UserException if one cannot be read, or they do not fit each other
	 *           or the network
	 */
	public AnnotatedPicture read(final AnnotatedFolder.Item item) {
		try (PixelSource source = ImageSources.open(item.image(), ONE_READER)) {
			final ImageInfo info = source.info();
			final LabelFolderValidation.Labels labels = LabelFolderValidation.read(
				item.labels());
			if (labels.width() != info.width() || labels.height() != info.height())
				throw new UserException(item.labels() + ": has " + labels.width() +
					" x " + labels.height() + " px, its picture " + item.image()
						.getFileName() + " " + info.width() + " x " + info.height() +
					"; a label image has the size of its picture");
			return new AnnotatedPicture(item.name(), channels == 3 ? colours(item,
				source) : grey(item, source), channels, labels.values(), info.width(),
				info.height());
		}
	}

	private float[] grey(final AnnotatedFolder.Item item,
		final PixelSource source)
	{
		final ImageInfo info = source.info();
		if (channel.isEmpty() && info.channels().size() > 1)
			throw new UserException(item.image() + ": has the channels " + info
				.channelNames() +
				"; say which one shows nuclei with --channel, or give a brightfield --kind if the picture is stained");
		final Channel chosen = channel.isEmpty() ? info.channels().get(0) : info
			.channel(channel);
		if (chosen == null) throw new UserException(item.image() +
			": has no channel " + channel + "; its channels are " + info
				.channelNames());
		final float[] values = new float[(int) info.bounds().size()];
		source.readChannel(0, chosen.index(), info.bounds(), values);
		return normalised(values, null);
	}

	private float[] colours(final AnnotatedFolder.Item item,
		final PixelSource source)
	{
		if (!source.info().rgb()) throw new UserException(item.image() +
			": is no colour picture, as the others or the model are; leave it out, or train with --kind fluorescence");
		final RgbField field = rgb(source);
		final float[] values = new float[3 * field.size()];
		for (int i = 0; i < values.length; i++)
			values[i] = field.rgb()[i] & 255;
		return normalised(values, field);
	}

	private static RgbField rgb(final PixelSource source) {
		final ImageInfo info = source.info();
		final byte[] rgb = new byte[Math.toIntExact(3 * info.bounds().size())];
		source.readRgb(0, info.bounds(), rgb);
		return new RgbField(info.width(), info.height(), rgb);
	}

	private float[] normalised(final float[] values, final RgbField colours) {
		final double[] low = new double[channels];
		final double[] high = new double[channels];
		if (normalisation.white()) {
			final WhiteReference white = colours == null ? WhiteReference.FULL
				: WhiteReference.estimate(List.of(colours));
			final double[] levels = { white.red(), white.green(), white.blue() };
			System.arraycopy(levels, 0, high, 0, channels);
		}
		else for (int c = 0; c < channels; c++) {
			final float[] sorted = normalisation.joint() ? values.clone() : every(
				values, c);
			Arrays.sort(sorted);
			low[c] = percentile(sorted, normalisation.low());
			high[c] = percentile(sorted, normalisation.high());
			// an even picture has no range
			if (!(high[c] > low[c])) high[c] = low[c] + 1;
		}
		for (int i = 0; i < values.length; i++) {
			final int c = i % channels;
			values[i] = (float) ((values[i] - low[c]) / (high[c] - low[c]));
			if (normalisation.white()) values[i] = Math.max(0, Math.min(1,
				values[i]));
		}
		return values;
	}

	private float[] every(final float[] values, final int first) {
		final float[] some = new float[values.length / channels];
		for (int i = 0; i < some.length; i++)
			some[i] = values[first + i * channels];
		return some;
	}

	/** As NumPy has it: between two values linear. */
	private static double percentile(final float[] sorted, final double percent) {
		final double at = percent / 100 * (sorted.length - 1);
		final int i = (int) at;
		return sorted[i] + (at - i) * (sorted[Math.min(i + 1, sorted.length - 1)] -
			sorted[i]);
	}
}
