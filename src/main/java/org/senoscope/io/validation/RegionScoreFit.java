
package org.senoscope.io.validation;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import org.senoscope.core.UserException;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.image.RgbField;
import org.senoscope.core.nuclei.ClassicalSettings;
import org.senoscope.core.nuclei.RegionScoreTraining;
import org.senoscope.core.nuclei.SignalPlane;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.stain.NuclearSignal;
import org.senoscope.core.stain.StainEstimator;
import org.senoscope.core.stain.StainSettings;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;

/**
 * Fits the fixed numbers of the classical segmenter
 * ({@code core.nuclei.RegionScoreWeights}) to pictures of the Data Science Bowl
 * 2018, folds 1 to 4, and prints them as they stand there: to the fluorescence
 * pictures, or for brightfield to the nuclear signal of the histology-colour
 * pictures, with stains found picture by picture as for H&amp;E. Fold 0 is
 * never opened. One more fold can be left out, to see how numbers fitted to the
 * others do on it: paste them, and score that fold.
 */
public final class RegionScoreFit {

	private static final int HELD_OUT = 0;
	private static final int NUMBERS_A_LINE = 6;

	private RegionScoreFit() {}

	/**
	 * Prints the numbers; what was read goes to standard error.
	 *
	 * @param arguments the folder of nuclei-dsb2018, fluorescence or brightfield;
	 *          then a fold from 1 to 4 to leave out, if wanted
	 */
	public static void main(final String[] arguments) {
		if (arguments.length < 2 || arguments.length > 3 || !arguments[1].matches(
			"fluorescence|brightfield") || arguments.length == 3 && !arguments[2]
				.matches("[1-4]"))
		{
			System.err.println(
				"give the folder of nuclei-dsb2018 and fluorescence or brightfield, then a fold from 1 to 4 to leave out if wanted");
			System.exit(2);
		}
		try {
			System.out.print(fit(NucleiDataset.open(Path.of(arguments[0])),
				arguments[1].equals("brightfield"), arguments.length == 3 ? Integer
					.parseInt(arguments[2]) : HELD_OUT));
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
	}

	/**
	 * Fits the networks of one kind of plane.
	 *
	 * @param data the pictures
	 * @param brightfield whether for brightfield
	 * @param leftOut a fold that is left out besides fold 0
	 * @return the numbers, as Java source
	 */
	static String fit(final NucleiDataset data, final boolean brightfield,
		final int leftOut)
	{
		final RegionScoreTraining training = new RegionScoreTraining();
		final ClassicalSettings settings = brightfield ? ClassicalSettings
			.defaults().forBrightfield() : ClassicalSettings.defaults();
		int pictures = 0;
		for (final NucleiDataset.Item item : data.items()) {
			if (item.fold() == HELD_OUT || item.fold() == leftOut || !item.modality()
				.equals(brightfield ? "histology-colour" : "fluorescence")) continue;
			training.add(brightfield ? hematoxylin(data.image(item)) : intensity(data
				.image(item)), LabelFolderValidation.read(data.labels(item)).values(),
				settings, item.name().hashCode());
			pictures++;
			if (pictures % 50 == 0) System.err.printf("%d pictures%n", pictures);
		}
		System.err.printf("%d pictures, %d and %d regions%n", pictures, training
			.examples(0), training.examples(1));
		final StringBuilder source = new StringBuilder();
		for (int network = 0; network < RegionScoreTraining.NETWORKS; network++) {
			source.append("\t\t{ //\n");
			final double[] numbers = training.fit(network);
			append(numbers, source);
			System.err.printf(Locale.ROOT,
				"network %d of %d fitted: %.3f of the variance explained%n", network +
					1, RegionScoreTraining.NETWORKS, training.explained(network,
						numbers));
		}
		return source.toString();
	}

	private static SignalPlane intensity(final Path file) {
		final LabelFolderValidation.Labels image = LabelFolderValidation.read(file);
		final float[] signal = new float[image.values().length];
		for (int i = 0; i < signal.length; i++)
			signal[i] = image.values()[i];
		return new SignalPlane(signal, image.width(), image.height());
	}

	private static SignalPlane hematoxylin(final Path file) {
		try (PixelSource source = ImageSources.open(file, OpenOptions.DEFAULTS)) {
			final Region all = source.info().bounds();
			final byte[] rgb = new byte[(int) (3 * all.size())];
			source.readRgb(0, all, rgb);
			final RgbField field = new RgbField(all.width(), all.height(), rgb);
			final float[] signal = new float[(int) all.size()];
			NuclearSignal.of(ImageKind.H_E, StainEstimator.estimate(ImageKind.H_E,
				StainSettings.DEFAULTS, List.of(field), field)).plane(rgb, all.width(),
					all.height(), 1, signal);
			return new SignalPlane(signal, all.width(), all.height());
		}
	}

	private static void append(final double[] numbers,
		final StringBuilder source)
	{
		for (int i = 0; i < numbers.length; i++) {
			source.append(i % NUMBERS_A_LINE == 0 ? "\t\t\t" : " ").append(String
				.format(Locale.ROOT, "%s", (float) numbers[i]));
			if (i == numbers.length - 1) source.append(" }, //\n");
			else source.append(i % NUMBERS_A_LINE == NUMBERS_A_LINE - 1 ? ", //\n"
				: ",");
		}
	}
}
