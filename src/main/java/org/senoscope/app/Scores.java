
package org.senoscope.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
	 *          {@code ki67-ihc}; then, in any order, methods ({@code auto},
	 *          {@code classical} or a model), {@code fold=N} and
	 *          {@code pictures=NAME}
	 */
	public static void main(final String[] arguments) {
		if (arguments.length == 0) {
			System.err.println(
				"give the folder that holds nuclei-dsb2018 and ki67-ihc, and methods: auto, classical or models");
			System.exit(2);
		}
		final Map<String, Map<String, String>> methods = new LinkedHashMap<>();
		String pictures = "";
		int fold = -1;
		try {
			for (final String word : List.of(arguments).subList(1,
				arguments.length))
			{
				if (word.matches("fold=\\d")) fold = word.charAt(5) - '0';
				else if (word.startsWith("pictures=")) pictures = word.substring(9);
				else if (word.matches("auto|classical")) methods.put(word, Map.of(
					"method", word));
				else methods.put(Path.of(word).getFileName().toString(), Map.of(
					"method", "star-convex", "model", word));
			}
			if (methods.isEmpty()) methods.put("auto", Map.of("method", "auto"));
			NucleiScores.print(Path.of(arguments[0]), System.out, NucleusModels
				.shared(), methods, new NucleiScores.Choice(pictures, fold));
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
	}
}
