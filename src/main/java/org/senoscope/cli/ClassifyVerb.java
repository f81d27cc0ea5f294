
package org.senoscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.app.ClassifyJob;
import org.senoscope.app.ClassifyOutcome;
import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.ClassificationSettings;
import org.senoscope.io.output.JsonText;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code senoscope classify}: calls the cells of any table. */
@Command(name = "classify",
	description = "Call the cells of a table, from any tool, by a model or by the evidence rules. Columns and rows stay as they are; p_CLASS for each class of the model, phenotype, phenotype_confidence and phenotype_reason are added.")
final class ClassifyVerb extends TableVerb {

	@Option(names = "--out", paramLabel = "TABLE",
		description = "Table to write, .csv or .parquet, or a folder that receives one of the same name. Required.")
	private String out;

	ClassifyVerb(final CliContext context) {
		super(context, ClassificationSettings.KEYS);
	}

	@Override
	String synopsis() {
		return "classify --cells TABLE --model MODEL --out TABLE [OPTIONS]";
	}

	@Override
	public Integer call() {
		final List<String> problems = new ArrayList<>();
		final Path table = place("--cells", cells, "the table of cells", problems);
		final Path target = place("--out", out, "the table to write", problems);
		final ClassificationSettings settings = settings(
			ClassificationSettings.KEYS, problems);
		if (!problems.isEmpty()) throw new UserException(String.join("; ",
			problems));
		final ClassifyOutcome outcome = working(table, progress -> ClassifyJob.run(
			table, target, settings, progress, context.cancellation()));
		outcome.notes().forEach(n -> context.say("note: " + n));
		if (json) context.out().print(JsonText.of(record(outcome)));
		else {
			context.out().println(String.format(Locale.ROOT,
				"%,d cells called by %s%s", outcome.cells(), outcome.caller(), outcome
					.calibration().isEmpty() ? "" : " (calibration: " + outcome
						.calibration() + ")"));
			outcome.phenotypes().forEach((id, n) -> context.out().println(String
				.format(Locale.ROOT, "  %-34s %,10d  %5.1f %%", id, n, 100.0 * n /
					outcome.cells())));
			context.out().println(outcome.table());
		}
		return ExitCode.DONE;
	}

	private static Map<String, Object> record(final ClassifyOutcome outcome) {
		final Map<String, Object> record = new LinkedHashMap<>();
		record.put("table", outcome.table().toString());
		record.put("cells", outcome.cells());
		record.put("called_by", outcome.caller());
		record.put("calibration", outcome.calibration());
		final Map<String, Object> phenotypes = new LinkedHashMap<>();
		outcome.phenotypes().forEach((id, n) -> phenotypes.put(id, Map.of("cells",
			n, "percent", 100.0 * n / outcome.cells())));
		record.put("phenotypes", phenotypes);
		record.put("notes", outcome.notes());
		return record;
	}
}
