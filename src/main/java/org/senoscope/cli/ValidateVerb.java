
package org.senoscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.senoscope.core.UserException;
import org.senoscope.core.protocol.Nearest;
import org.senoscope.io.output.JsonText;
import org.senoscope.io.output.OutputErrors;
import org.senoscope.io.output.StagedFile;
import org.senoscope.io.validation.Comparison;
import org.senoscope.io.validation.Comparisons;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code senoscope validate}: results against a reference. */
@Command(name = "validate",
	description = "Compare results with a reference: label images, nuclei, counts or labelling indices.")
final class ValidateVerb extends Verb {

	private static final List<String> KINDS = List.of("nuclei", "counts", "index",
		"labels");

	@Option(names = "--predicted", paramLabel = "A",
		description = "What is to be judged: a file or folder of the form that --what names, or the --out folder of a run. Required.")
	private String predicted = "";

	@Option(names = "--reference", paramLabel = "B",
		description = "What counts as true, likewise. Required.")
	private String reference = "";

	@Option(names = "--what", paramLabel = "WHAT",
		description = "labels (folders of label images), nuclei (GeoJSON outlines or points, CSV of points), counts (CSV image,positive,negative) or index (CSV image,index_percent). Required.")
	private String what = "";

	@Option(names = "--iou", paramLabel = "N,...",
		description = "Least intersection over union of one and the same nucleus. Default: 0.5,0.7,0.9; for nuclei 0.5.")
	private String iou = "";

	@Option(names = "--distance", paramLabel = "PX",
		description = "Largest distance of one and the same nucleus where both are points. Default: 10.")
	private String distance = "10";

	@Option(names = "--marker", paramLabel = "ID",
		description = "Marker whose counts are taken from the folder of a run. Default: the only one.")
	private String marker = "";

	@Option(names = "--out", paramLabel = "CSV",
		description = "Also write the table to this file.")
	private String out = "";

	@Option(names = "--json",
		description = "Print one JSON object on standard output and nothing else.")
	private boolean json;

	private final List<String> problems = new ArrayList<>();

	ValidateVerb(final CliContext context) {
		super(context);
	}

	@Override
	String synopsis() {
		return "validate --predicted A --reference B --what nuclei|counts|index|labels [--iou N,...] [--out CSV]";
	}

	@Override
	public Integer call() {
		final Path a = existing("--predicted", predicted);
		final Path b = existing("--reference", reference);
		if (!KINDS.contains(what)) problems.add((what.isEmpty()
			? "--what is required" : "--what: unknown " + what + Nearest.hint(what,
				KINDS)) + "; it is one of " + String.join(", ", KINDS));
		final double[] ious = ious();
		final double px = distance.matches("\\d{1,6}(\\.\\d+)?") ? Double
			.parseDouble(distance) : -1;
		if (px <= 0) problems.add("--distance: '" + distance +
			"' is not a number of pixels above 0");
		if (!problems.isEmpty()) throw new UserException(String.join("; ",
			problems));
		final Comparison found = switch (what) {
			case "labels" -> Comparisons.labels(a, b, ious);
			case "nuclei" -> Comparisons.nuclei(a, b, px, ious);
			case "counts" -> Comparisons.counts(a, b, marker);
			default -> Comparisons.index(a, b, marker);
		};
		if (!out.isEmpty()) write(found.csv());
		found.notes().forEach(note -> context.say("warning: " + note));
		if (json) context.out().print(JsonText.of(found.record()));
		else context.out().print(found.words());
		return found.incomplete() ? ExitCode.FAILED : ExitCode.DONE;
	}

	private Path existing(final String flag, final String text) {
		if (text.isBlank()) problems.add(flag + " is required");
		else if (!Files.exists(Path.of(text))) problems.add(flag + " " + text +
			": there is no such file or folder");
		return Path.of(text);
	}

	private double[] ious() {
		final String text = !iou.isEmpty() ? iou : what.equals("nuclei") ? "0.5"
			: "0.5,0.7,0.9";
		final double[] values = Arrays.stream(text.split("\\s*,\\s*")).mapToDouble(
			t -> t.matches("\\d?\\.\\d+|1(\\.0*)?") ? Double.parseDouble(t) : -1)
			.toArray();
		if (Arrays.stream(values).anyMatch(v -> !(v > 0 && v <= 1))) problems.add(
			"--iou: '" + iou +
				"' is not a list of numbers above 0 and up to 1, such as 0.5,0.7");
		return values;
	}

	private void write(final String csv) {
		final Path file = Path.of(out);
		try (StagedFile staged = new StagedFile(file)) {
			Files.writeString(staged.path(), csv);
			staged.commit();
		}
		catch (final IOException e) {
			throw OutputErrors.of(file, e);
		}
	}
}
