
package org.senoscope.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.app.RegionTraining;
import org.senoscope.core.UserException;
import org.senoscope.core.region.RegionForest;
import org.senoscope.io.output.JsonText;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code senoscope train-regions}: tells tumour, stroma and immune cells. */
@Command(name = "train-regions",
	description = "Train a region classifier, which tells tumour, stroma and immune cells by nuclei and those around them (no marker), from cells.csv of whole pictures and annotations of parts of them. Used by --regions-classifier FILE.")
final class TrainRegionsVerb extends Verb {

	@Option(names = "--cells", paramLabel = "TABLE", split = ",",
		description = "cells.csv of a run on the picture without annotations; several separated by commas. Required.")
	private List<String> cells = new ArrayList<>();

	@Option(names = "--annotations", paramLabel = "FILE", split = ",",
		description = "Annotations of the same pictures in the same order, classes as keys of regions say (Tumor, Stroma, Immune cells). Required.")
	private List<String> annotations = new ArrayList<>();

	@Option(names = "--out", paramLabel = "FILE",
		description = "File for the classifier, such as regions.json. Required.")
	private String out;

	@Option(names = "--json",
		description = "Print one JSON object on standard output and nothing else.")
	private boolean json;

	TrainRegionsVerb(final CliContext context) {
		super(context);
	}

	@Override
	String synopsis() {
		return "train-regions --cells TABLE[,TABLE] --annotations FILE[,FILE] --out FILE";
	}

	@Override
	public Integer call() {
		final List<String> problems = new ArrayList<>();
		final List<Path> tables = paths("--cells", cells, "cells.csv", problems),
				areas = paths("--annotations", annotations, "the annotations",
					problems);
		final Path file = TableVerb.place("--out", out,
			"the file for the classifier", problems);
		if (!problems.isEmpty()) throw new UserException(String.join("; ",
			problems));
		final ConsoleProgress progress = new ConsoleProgress(context.err(), context
			.terminal());
		progress.image("train-regions", "train-regions");
		final RegionForest forest;
		try {
			forest = RegionTraining.run(tables, areas, file, progress, context
				.cancellation());
		}
		finally {
			progress.clear();
		}
		final Map<String, Object> trained = new LinkedHashMap<>();
		for (int k = 0; k < forest.classes().size(); k++)
			trained.put(forest.classes().get(k).id(), forest.trainedOn()[k]);
		if (json) {
			final Map<String, Object> record = new LinkedHashMap<>();
			record.put("classifier", file.toString());
			record.put("trained_on", trained);
			record.put("balanced_accuracy", forest.balancedAccuracy());
			context.out().print(JsonText.of(record));
		}
		else {
			context.out().println("cells: " + trained);
			context.out().println(Double.isNaN(forest.balancedAccuracy())
				? "not cross-validated: all annotated cells lie in one part of one picture"
				: String.format(Locale.ROOT,
					"balanced accuracy %.3f, each cell told by a forest that had not seen its %s",
					forest.balancedAccuracy(), tables.size() == 1 ? "part of the picture"
						: "picture"));
			context.out().println(file);
		}
		return ExitCode.DONE;
	}

	private static List<Path> paths(final String flag, final List<String> texts,
		final String what, final List<String> problems)
	{
		final List<Path> paths = new ArrayList<>();
		if (texts.isEmpty()) problems.add("give " + what + " with " + flag);
		for (final String text : texts)
			try {
				paths.add(Path.of(text));
			}
			catch (final InvalidPathException e) {
				problems.add(flag + " " + text + " cannot name a file");
			}
		return paths;
	}
}
