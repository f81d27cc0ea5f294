
package org.senoscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.senoscope.core.UserException;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolKeys;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.run.RunOptions;
import org.senoscope.io.image.InfoReport;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code senoscope info}: what is in a file. */
@Command(name = "info",
	description = "Show what is in an image file: series, levels, channels, pixel size and a guess of its kind. Some pixels are read before it is called fine. --pixel-size, --channel, --series and --pseudonym change what is shown; the other flags of an analysis are only checked.")
final class InfoVerb extends Verb {

	@Parameters(paramLabel = "IMAGE", arity = "0..*",
		description = "Image files, or folders whose image files are taken.")
	private List<String> images = new ArrayList<>();

	@Option(names = "--json",
		description = "Print one JSON object on standard output and nothing else.")
	private boolean json;

	/** Scripts may give every verb that reads images the same flags. */
	private static final Set<String> KEYS = Set.of("pixel_size", "kind", "method",
		"model", "channel", "series", "z", "t", "region", "annotations", "threads",
		"memory", "labels", "columns", "pseudonym");

	private final KeyOptions keyOptions = new KeyOptions(ProtocolKeys.all()
		.stream().filter(k -> KEYS.contains(k.path())).toList(), Protocol.DEFAULTS,
		List.of());

	InfoVerb(final CliContext context) {
		super(context);
	}

	@Override
	KeyOptions keyOptions() {
		return keyOptions;
	}

	@Override
	String synopsis() {
		return "info IMAGE... [OPTIONS]";
	}

	@Override
	public Integer call() {
		if (images.isEmpty()) throw new UserException(
			"give at least one IMAGE, file or folder");
		final Map<String, String> given = keyOptions.given(spec);
		final ProtocolOverrides asked = ProtocolOverrides.apply(Protocol.DEFAULTS,
			RunOptions.DEFAULTS, given);
		final int only = given.containsKey("--series") ? asked.protocol().series()
			: 0;
		final String pseudonym = asked.options().pseudonym();
		final List<Path> files = InputImages.files(images, context::say);
		InputImages.checkPseudonym(pseudonym, files.size());
		final List<Map<String, Object>> records = new ArrayList<>();
		int failures = 0;
		for (final Path file : files) {
			context.cancellation().check();
			try {
				final InfoReport report = InfoReport.of(file).asked(asked.protocol(),
					only, pseudonym);
				if (json) records.add(report.map());
				else context.out().print(report.text());
			}
			catch (final UserException e) {
				failures++;
				context.fail(e.getMessage(), e, debug);
				final Map<String, Object> record = new LinkedHashMap<>();
				record.put("image", pseudonym.isEmpty() ? file.getFileName().toString()
					: pseudonym);
				record.put("error", e.getMessage());
				records.add(record);
			}
		}
		if (json) JsonOutput.print(context.out(), records, files.size() == 1);
		if (failures == 0) return ExitCode.DONE;
		return failures == files.size() ? ExitCode.BAD_INPUT : ExitCode.FAILED;
	}
}
