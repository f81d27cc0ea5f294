
package org.senoscope.io.validation;

import java.nio.file.Path;
import java.util.Locale;

import org.senoscope.core.UserException;
import org.senoscope.core.nuclei.ClassicalSettings;
import org.senoscope.core.nuclei.RegionScoreTraining;
import org.senoscope.core.nuclei.SignalPlane;

/**
 * Fits the fixed numbers of the classical segmenter
 * ({@code core.nuclei.RegionScoreWeights}) to the fluorescence pictures of the
 * Data Science Bowl 2018, folds 1 to 4, and prints them as they stand there.
 * Fold 0 is never opened. One more fold can be left out, to see how numbers
 * fitted to the others do on it: paste them, and score that fold.
 */
public final class RegionScoreFit {

	private static final int HELD_OUT = 0;
	private static final int NUMBERS_A_LINE = 6;

	private RegionScoreFit() {}

	/**
	 * Prints the numbers; what was read goes to standard error.
	 *
	 * @param arguments the folder of nuclei-dsb2018; then a fold from 1 to 4 to
	 *          leave out, if wanted
	 */
	public static void main(final String[] arguments) {
		if (arguments.length < 1 || arguments.length > 2 || arguments.length == 2 &&
			!arguments[1].matches("[1-4]"))
		{
			System.err.println(
				"give the folder of nuclei-dsb2018, then a fold from 1 to 4 to leave out if wanted");
			System.exit(2);
		}
		try {
			System.out.print(fit(NucleiDataset.open(Path.of(arguments[0])),
				arguments.length == 2 ? Integer.parseInt(arguments[1]) : HELD_OUT));
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
	}

	/**
	 * Fits all networks.
	 *
	 * @param data the pictures
	 * @param leftOut a fold that is left out besides fold 0
	 * @return the numbers, as Java source
	 */
	static String fit(final NucleiDataset data, final int leftOut) {
		final RegionScoreTraining training = new RegionScoreTraining();
		int pictures = 0;
		for (final NucleiDataset.Item item : data.items()) {
			if (item.fold() == HELD_OUT || item.fold() == leftOut || !item.modality()
				.equals("fluorescence")) continue;
			final LabelFolderValidation.Labels image = LabelFolderValidation.read(data
				.image(item));
			final float[] signal = new float[image.values().length];
			for (int i = 0; i < signal.length; i++)
				signal[i] = image.values()[i];
			training.add(new SignalPlane(signal, image.width(), image.height()),
				LabelFolderValidation.read(data.labels(item)).values(),
				ClassicalSettings.defaults(), item.name().hashCode());
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
