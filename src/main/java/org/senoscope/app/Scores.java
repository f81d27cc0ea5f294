
package org.senoscope.app;

import java.nio.file.Path;
import java.util.Map;

import org.senoscope.core.UserException;
import org.senoscope.io.validation.NucleiScores;

/** {@code ./build scores}: how well nuclei are found, by whatever method. */
public final class Scores {

	private Scores() {}

	/**
	 * Prints the tables.
	 *
	 * @param arguments the folder that holds {@code nuclei-dsb2018} and
	 *          {@code ki67-ihc}, and {@code auto}, {@code classical} or a model
	 */
	public static void main(final String[] arguments) {
		if (arguments.length != 2) {
			System.err.println(
				"give the folder that holds nuclei-dsb2018 and ki67-ihc, and auto, classical or a model");
			System.exit(2);
		}
		final String how = arguments[1];
		try {
			NucleiScores.print(Path.of(arguments[0]), System.out, NucleusModels
				.shared(), how.equals("auto") || how.equals("classical") ? Map.of(
					"method", how) : Map.of("method", "star-convex", "model", how));
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
	}
}
