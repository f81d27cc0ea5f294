
package org.senoscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.app.SerialJob;
import org.senoscope.core.UserException;
import org.senoscope.core.registration.RigidTransform;
import org.senoscope.io.output.JsonText;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code senoscope serial}: two sections of a block, region by region. */
@Command(name = "serial",
	description = "Compare markers of two serial sections of one block in the same regions: registers two finished results by their cells and correlates shares of positive cells.")
final class SerialVerb extends Verb {

	@Parameters(paramLabel = "RESULT", arity = "0..*",
		description = "Result folders of the two sections (OUT/<image name>).")
	private List<String> results = new ArrayList<>();

	@Option(names = "--out", paramLabel = "DIR",
		description = "Folder for serial.json, serial-tiles.csv and serial-report.html. Required.")
	private String out;

	@Option(names = "--marker-a", paramLabel = "ID",
		description = "Marker of the first section. Default: its only one.")
	private String markerA = "";

	@Option(names = "--marker-b", paramLabel = "ID",
		description = "Marker of the second section. Default: its only one.")
	private String markerB = "";

	@Option(names = "--tile", paramLabel = "UM",
		description = "Side of the squares in µm. Default: 250.")
	private String tile = "250";

	@Option(names = "--min-cells", paramLabel = "N",
		description = "Called cells that a square must hold of each section. Default: 20.")
	private String minCells = "20";

	@Option(names = "--transform", paramLabel = "X,Y,DEGREES",
		description = "Where the first section lies in the second: turned about its upper left corner by DEGREES (clockwise), then shifted by X,Y µm. Default: found from the cells.")
	private String transform = "";

	@Option(names = "--level", paramLabel = "LEVEL",
		description = "tiles; cells are refused, for sections hold other cells. Default: tiles.")
	private String level = "tiles";

	@Option(names = "--json",
		description = "Print serial.json on standard output and nothing else.")
	private boolean json;

	SerialVerb(final CliContext context) {
		super(context);
	}

	@Override
	String synopsis() {
		return "serial RESULT_A RESULT_B --out DIR [--marker-a ID] [--marker-b ID] [--tile UM]";
	}

	@Override
	public Integer call() {
		final List<String> problems = new ArrayList<>();
		if (results.size() != 2) problems.add(
			"give two result folders, one of each section");
		if (level.equals("cells")) problems.add(
			"--level cells: serial sections hold other cells, since a section is thinner than a cell, so no cell can be positive on both; stain both markers on one section (sagal-ki67-hdab, costain) or compare regions with --level tiles");
		else if (!level.equals("tiles")) problems.add("--level: '" + level +
			"' is not tiles");
		final double um = number("--tile", tile, problems);
		final double cells = number("--min-cells", minCells, problems);
		final RigidTransform given = transform(problems);
		final Path folder = TableVerb.place("--out", out,
			"the folder for the results", problems);
		if (!problems.isEmpty()) throw new UserException(String.join("; ",
			problems));
		final ConsoleProgress progress = new ConsoleProgress(context.err(), context
			.terminal());
		progress.image("serial", "serial");
		final Map<String, Object> said;
		try {
			said = SerialJob.run(new SerialJob.Request(Path.of(results.get(0)), Path
				.of(results.get(1)), markerA, markerB, um, (int) Math.ceil(cells),
				given, folder), progress, context.cancellation());
		}
		finally {
			progress.clear();
		}
		((List<?>) said.get("warnings")).forEach(w -> context.say("warning: " + w));
		if (json) context.out().print(JsonText.of(said));
		else {
			context.out().println(String.format(Locale.ROOT,
				"%d squares of %.0f µm: rank correlation %.2f (95 %% interval %.2f to %.2f); both high in %.1f %%, %.1f %% expected",
				said.get("tiles"), um, said.get("spearman"), said.get("spearman_low"),
				said.get("spearman_high"), said.get("both_high_percent"), said.get(
					"both_high_expected_percent")));
			context.out().println(folder.resolve("serial-report.html"));
		}
		return ExitCode.DONE;
	}

	private static double number(final String flag, final String text,
		final List<String> problems)
	{
		final double v = text.matches("\\d{1,6}(\\.\\d+)?") ? Double.parseDouble(
			text) : 0;
		if (!(v >= 1)) problems.add(flag + ": '" + text +
			"' is not a number from 1 on");
		return v;
	}

	private RigidTransform transform(final List<String> problems) {
		if (transform.isBlank()) return null;
		if (!transform.matches("-?\\d+(\\.\\d+)?(,-?\\d+(\\.\\d+)?){2}")) {
			problems.add("--transform: '" + transform +
				"' is not X,Y,DEGREES, such as 110,-75,14");
			return null;
		}
		final String[] v = transform.split(",");
		return new RigidTransform(Math.toRadians(Double.parseDouble(v[2])), Double
			.parseDouble(v[0]), Double.parseDouble(v[1]));
	}
}
