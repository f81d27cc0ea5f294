
package org.senoscope.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.app.TrainJob;
import org.senoscope.app.TrainOutcome;
import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.TrainingReport;
import org.senoscope.core.phenotype.TrainingReport.MethodScores;
import org.senoscope.core.phenotype.TrainingSettings;
import org.senoscope.io.output.JsonText;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code senoscope train}: a classifier of cells from a lab's own labels. */
@Command(name = "train",
	description = "Train a classifier of cells on a table with a column of labels, compare it with a forest and the rules on the same cells left out, and write it as a folder that classify takes.")
final class TrainVerb extends TableVerb {

	@Option(names = "--out", paramLabel = "MODEL",
		description = "Folder for the model. Required.")
	private String out;

	TrainVerb(final CliContext context) {
		super(context, TrainingSettings.KEYS);
	}

	@Override
	String synopsis() {
		return "train --cells TABLE --label COLUMN [--group COLUMN] [--features A,B] --out MODEL [OPTIONS]";
	}

	@Override
	public Integer call() {
		final List<String> problems = new ArrayList<>();
		final Path table = place("--cells", cells, "the table of cells", problems);
		final Path model = place("--out", out, "the folder for the model",
			problems);
		final TrainingSettings settings = settings(TrainingSettings.KEYS, problems);
		if (settings != null && settings.label().isBlank()) problems.add(
			"give the column with the class of each cell with --label");
		if (model != null && problems.isEmpty()) OutputFolder.check(out);
		if (!problems.isEmpty()) throw new UserException(String.join("; ",
			problems));
		final TrainOutcome outcome = working(table, progress -> TrainJob.run(table,
			model, settings, progress, context.cancellation()));
		outcome.notes().forEach(n -> context.say("note: " + n));
		outcome.report().notes().forEach(n -> context.say("note: " + n));
		if (json) context.out().print(JsonText.of(record(outcome)));
		else {
			print(context.out(), outcome);
			context.out().println(outcome.model());
		}
		return ExitCode.DONE;
	}

	private static void print(final PrintStream to, final TrainOutcome outcome) {
		final TrainingReport report = outcome.report();
		to.println("features: " + String.join(", ", outcome.features()));
		final List<String> classes = new ArrayList<>();
		report.labelled().forEach((name, n) -> classes.add(String.format(
			Locale.ROOT, "%s %,d", name, n)));
		to.println("cells: " + String.join(", ", classes) + (report.unlabelled() > 0
			? String.format(Locale.ROOT, "; not labelled %,d", report.unlabelled())
			: ""));
		to.println(report.folds() == 0 ? "not cross-validated: too few cells"
			: report.folds() + " folds by " + (report.groups() == 0 ? "single cells"
				: report.groups() + " groups") +
				", each cell scored by a model that had not seen " + (report
					.groups() == 0 ? "it" : "its group"));
		if (report.methods().isEmpty()) return;
		to.println("answers: " + report.classifier() + (report.classifier().equals(
			"both") ? " (network and forest)" : ""));
		to.println();
		to.printf(Locale.ROOT, "%-10s %9s %9s %9s %9s %9s   %s%n", "", "balanced",
			"macro F1", "ROC AUC", "ECE", "Brier",
			"balanced accuracy when abstaining");
		for (final MethodScores m : report.methods())
			to.printf(Locale.ROOT, "%-10s %9s %9s %9s %9s %9s   %s%n", m.method(),
				text(m.balancedAccuracy()), text(m.macroF1()), text(m.rocAuc()), text(m
					.calibrationError()), text(m.brier()), Double.isNaN(m
						.balancedAccuracyAtCoverage()) ? "" : text(m
							.balancedAccuracyAtCoverage()) + String.format(Locale.ROOT,
								" at %.0f %% coverage", 100 * m.coverage()));
		to.println();
	}

	private static String text(final double score) {
		return Double.isNaN(score) ? "-" : String.format(Locale.ROOT, "%.3f",
			score);
	}

	private static Map<String, Object> record(final TrainOutcome outcome) {
		final TrainingReport report = outcome.report();
		final Map<String, Object> record = new LinkedHashMap<>();
		record.put("model", outcome.model().toString());
		record.put("features", outcome.features());
		record.put("labelled", report.labelled());
		record.put("unlabelled", report.unlabelled());
		record.put("groups", report.groups());
		record.put("folds", report.folds());
		record.put("classifier", report.classifier());
		final Map<String, Object> methods = new LinkedHashMap<>();
		for (final MethodScores m : report.methods()) {
			final Map<String, Object> scores = new LinkedHashMap<>();
			scores.put("balanced_accuracy", m.balancedAccuracy());
			scores.put("macro_f1", m.macroF1());
			scores.put("roc_auc", m.rocAuc());
			scores.put("calibration_error", m.calibrationError());
			scores.put("brier", m.brier());
			scores.put("coverage", m.coverage());
			scores.put("balanced_accuracy_at_coverage", m
				.balancedAccuracyAtCoverage());
			methods.put(m.method(), scores);
		}
		record.put("methods", methods);
		final List<String> notes = new ArrayList<>(outcome.notes());
		notes.addAll(report.notes());
		record.put("notes", notes);
		return record;
	}
}
