
package org.senoscope.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import org.senoscope.core.UserException;
import org.senoscope.io.validation.FociFields;
import org.senoscope.io.validation.FociPhantoms;
import org.senoscope.io.validation.RatedFoci;

/** {@code ./build scores-foci}: how well foci are found. */
public final class FociScores {

	/** Seeds of the phantoms that the published figures come from. */
	private static final long TEST_SEED = 5000, TUNING_SEED = 1;
	private static final int PICTURES = 20;

	private FociScores() {}

	/**
	 * Prints the figures.
	 *
	 * @param arguments the folder that holds {@code foci-gh2ax-53bp1}; then
	 *          {@code tuning} for the half of the data on which defaults were
	 *          chosen and other phantoms; {@code rated}, {@code phantoms} or
	 *          {@code fields} for these alone
	 */
	public static void main(final String[] arguments) {
		if (arguments.length == 0) {
			System.err.println("give the folder that holds foci-gh2ax-53bp1");
			System.exit(2);
		}
		final List<String> words = List.of(arguments);
		final boolean tuning = words.contains("tuning");
		try {
			final boolean all = !words.contains("phantoms") && !words.contains(
				"rated") && !words.contains("fields");
			if (all || words.contains("rated")) RatedFoci.print(Path.of(arguments[0])
				.resolve("foci-gh2ax-53bp1"), !tuning, System.out);
			if (all || words.contains("phantoms")) FociPhantoms.print(NucleusModels
				.shared(), PICTURES, tuning ? TUNING_SEED : TEST_SEED, System.out);
			if (all || words.contains("fields")) fields(Path.of(arguments[0]).resolve(
				"fields-cellprofiler"));
		}
		catch (final IOException e) {
			System.err.println("scikit-image cannot be run: " + e.getMessage());
			System.exit(1);
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
	}

	/** Beside the published steps in scikit-image, where a Python is named. */
	private static void fields(final Path folder) throws IOException {
		FociFields.print(folder, NucleusModels.shared(), System.out);
		FociFields.printPositive(folder, NucleusModels.shared(), System.out);
		final String python = System.getProperty("senoscope.python");
		if (python == null) return;
		try {
			System.out.println("The published steps in scikit-image:");
			System.out.flush();
			new ProcessBuilder(python, "src/bench/foci_peer.py", folder.toString())
				.inheritIO().start().waitFor();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
