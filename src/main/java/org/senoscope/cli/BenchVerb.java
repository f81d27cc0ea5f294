
package org.senoscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.app.Benchmark;
import org.senoscope.core.UserException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code senoscope bench}: how fast a slide is analysed on this machine. */
@Command(name = "bench",
	description = "Measure speed on this machine: analysis of a tiled H-DAB slide, opening to report, against decoding alone, in turn.")
final class BenchVerb extends Verb {

	@Option(names = "--picture", paramLabel = "FILE",
		description = "Small H-DAB picture that is tiled to the slide. Default: a drawn one.")
	private String picture;

	@Option(names = "--size", paramLabel = "N",
		description = "Side of the slide in pixels. Default: 8192.")
	private String size = "8192";

	@Option(names = "--pixel-size", paramLabel = "UM",
		description = "Pixel size of the slide in µm. Default: 0.5.")
	private String pixelSize = "0.5";

	@Option(names = "--threads", paramLabel = "N",
		description = "Threads of both. Default: all processors.")
	private String threads = Integer.toString(Runtime.getRuntime()
		.availableProcessors());

	@Option(names = "--repeat", paramLabel = "N",
		description = "Rounds after warming up; medians are printed. Default: 3.")
	private String repeat = "3";

	@Option(names = "--out", paramLabel = "DIR",
		description = "Folder for slide and results. Required.")
	private String out;

	@Option(names = "--peer", paramLabel = "COMMAND",
		description = "Words of a command, split at spaces, that analyses the slide whose path is added, and prints JSON with name, wall_s and cpu_s. Run in every round.")
	private String peer = "";

	@Option(names = "--json",
		description = "Print one JSON object, with every round.")
	private boolean json;

	BenchVerb(final CliContext context) {
		super(context);
	}

	@Override
	String synopsis() {
		return "bench --out DIR [--picture FILE] [--size N] [--threads N] [--repeat N]";
	}

	@Override
	public Integer call() {
		final List<String> problems = new ArrayList<>();
		if (out == null || out.isBlank()) problems.add(
			"give the folder for slide and results with --out DIR");
		final int side = whole("--size", size, 512, 65536, problems);
		final int workers = whole("--threads", threads, 1, 1024, problems);
		final int rounds = whole("--repeat", repeat, 1, 100, problems);
		if (!pixelSize.matches("\\d{1,3}(\\.\\d{1,6})?") || Double.parseDouble(
			pixelSize) <= 0) problems.add("--pixel-size: '" + pixelSize +
				"' is not a pixel size in µm, such as 0.5");
		if (!problems.isEmpty()) throw new UserException(String.join("; ",
			problems));
		final ConsoleProgress progress = new ConsoleProgress(context.err(), context
			.terminal());
		progress.image("bench", "bench");
		final Benchmark.Result result;
		try {
			result = Benchmark.run(new Benchmark.Setup(picture == null ? null : Path
				.of(picture), side, Double.parseDouble(pixelSize), workers, rounds,
				OutputFolder.check(out), peer.isBlank() ? List.of() : List.of(peer
					.trim().split("\\s+"))), progress, context.cancellation());
		}
		finally {
			progress.clear();
		}
		if (json) JsonOutput.print(context.out(), List.of(record(result)), true);
		else print(result);
		return ExitCode.DONE;
	}

	private static int whole(final String flag, final String text,
		final int least, final int most, final List<String> problems)
	{
		final int value = text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
		if (value < least || value > most) problems.add(flag + ": '" + text +
			"' is not a whole number from " + least + " to " + most);
		return value;
	}

	private void print(final Benchmark.Result r) {
		context.out().printf(Locale.ROOT,
			"%.1f MP, %d cells, %d threads of %d processors, load average %.1f before and %.1f after, heap up to %d MB, median of %d%n%n",
			r.pixels() / 1e6, r.cells(), r.threads(), r.processors(), r.load()[0], r
				.load()[1], r.heapMb(), r.decode().size());
		context.out().printf(Locale.ROOT, "%-24s %8s %8s %8s %10s%n", "", "wall s",
			"CPU s", "MP/s", "MP/CPU s");
		line("decoding alone", r, r.decode());
		line("analysis to report", r, r.analysis());
		if (!r.peer().isEmpty()) line(r.peerName(), r, r.peer());
		context.out().println();
		ratio("analysis : decoding", r, r.analysis(), r.decode());
		if (!r.peer().isEmpty()) ratio("analysis : peer", r, r.analysis(), r
			.peer());
	}

	private void line(final String name, final Benchmark.Result r,
		final List<Benchmark.Timing> timings)
	{
		final Benchmark.Timing m = Benchmark.median(timings);
		context.out().printf(Locale.ROOT, "%-24s %8.2f %8.2f %8.2f %10.2f%n", name,
			m.wallS(), m.cpuS(), r.pixels() / 1e6 / m.wallS(), r.pixels() / 1e6 / m
				.cpuS());
	}

	private void ratio(final String name, final Benchmark.Result r,
		final List<Benchmark.Timing> one, final List<Benchmark.Timing> other)
	{
		context.out().printf(Locale.ROOT,
			"%-24s %.3f by the clock, %.3f by processor time%n", name, r
				.megapixelsPerSecond(one) / r.megapixelsPerSecond(other), Benchmark
					.median(other).cpuS() / Benchmark.median(one).cpuS());
	}

	private static Map<String, Object> record(final Benchmark.Result r) {
		final Map<String, Object> record = new LinkedHashMap<>();
		record.put("megapixels", r.pixels() / 1e6);
		record.put("cells", r.cells());
		record.put("threads", r.threads());
		record.put("processors", r.processors());
		record.put("load_before", r.load()[0]);
		record.put("load_after", r.load()[1]);
		record.put("heap_mb", r.heapMb());
		record.put("decoding", rounds(r.decode()));
		record.put("analysis", rounds(r.analysis()));
		record.put("decoding_mp_per_s", r.megapixelsPerSecond(r.decode()));
		record.put("analysis_mp_per_s", r.megapixelsPerSecond(r.analysis()));
		if (!r.peer().isEmpty()) {
			record.put("peer_name", r.peerName());
			record.put("peer", rounds(r.peer()));
			record.put("peer_mp_per_s", r.megapixelsPerSecond(r.peer()));
		}
		return record;
	}

	private static List<Map<String, Double>> rounds(
		final List<Benchmark.Timing> timings)
	{
		return timings.stream().map(t -> Map.of("wall_s", t.wallS(), "cpu_s", t
			.cpuS())).toList();
	}
}
