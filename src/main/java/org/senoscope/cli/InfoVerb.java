
package org.senoscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.UserException;
import org.senoscope.io.image.InfoReport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code senoscope info}: what is in a file. */
@Command(name = "info",
	description = "Show what is in an image file: series, levels, channels, pixel size and a guess of its kind. Some pixels are read before it is called fine.")
final class InfoVerb extends Verb {

	@Parameters(paramLabel = "IMAGE", arity = "0..*",
		description = "Image files, or folders whose image files are taken.")
	private List<String> images = new ArrayList<>();

	@Option(names = "--json",
		description = "Print one JSON object on standard output and nothing else.")
	private boolean json;

	InfoVerb(final CliContext context) {
		super(context);
	}

	@Override
	String synopsis() {
		return "info IMAGE... [--json]";
	}

	@Override
	public Integer call() {
		if (images.isEmpty()) throw new UserException(
			"give at least one IMAGE, file or folder");
		final List<Path> files = InputImages.files(images, context::say);
		final List<Map<String, Object>> records = new ArrayList<>();
		int failures = 0;
		for (final Path file : files) {
			context.cancellation().check();
			try {
				final InfoReport report = InfoReport.of(file);
				if (json) records.add(report.map());
				else context.out().print(report.text());
			}
			catch (final UserException e) {
				failures++;
				context.fail(e.getMessage(), e, debug);
				final Map<String, Object> record = new LinkedHashMap<>();
				record.put("image", file.getFileName().toString());
				record.put("error", e.getMessage());
				records.add(record);
			}
		}
		if (json) JsonOutput.print(context.out(), records, files.size() == 1);
		if (failures == 0) return ExitCode.DONE;
		return failures == files.size() ? ExitCode.BAD_INPUT : ExitCode.FAILED;
	}
}
