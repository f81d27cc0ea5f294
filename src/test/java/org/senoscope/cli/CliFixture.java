
package org.senoscope.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.senoscope.app.SlideOutcome;
import org.senoscope.app.SlideRequest;
import org.senoscope.core.UserException;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.SlideSummary;

/**
 * The command line with captured streams and a stand-in for the pipeline, which
 * does what the name of the image says: "bad" cannot be read, "full" fills the
 * disk, "bug" breaks, "part" is read in part, "stop" is interrupted; all others
 * succeed.
 */
final class CliFixture {

	final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
	final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
	final List<SlideRequest> requests = new ArrayList<>();
	final Cancellation cancellation = new Cancellation();

	/** Runs the command line and returns its exit code. */
	int run(final Object... args) {
		final String[] words = new String[args.length];
		for (int i = 0; i < args.length; i++)
			words[i] = args[i].toString();
		return Senoscope.run(words, context());
	}

	CliContext context() {
		return new CliContext(stream(outBytes), stream(errBytes), false, this::fake,
			cancellation);
	}

	private static PrintStream stream(final ByteArrayOutputStream bytes) {
		return new PrintStream(bytes, true, StandardCharsets.UTF_8);
	}

	String out() {
		return outBytes.toString(StandardCharsets.UTF_8);
	}

	String err() {
		return errBytes.toString(StandardCharsets.UTF_8);
	}

	private SlideOutcome fake(final SlideRequest request, final Progress progress,
		final Cancellation stop)
	{
		requests.add(request);
		final String name = request.image().getFileName().toString();
		if (name.startsWith("bad")) throw new UserException(name +
			": the file is truncated; copy it again");
		if (name.startsWith("full")) throw new UserException(
			UserException.Kind.FAILURE, name + ": the disk is full; free some space",
			null);
		if (name.startsWith("bug")) throw new IllegalStateException("a\nb");
		if (name.startsWith("heap")) throw new OutOfMemoryError("Java heap space");
		if (name.startsWith("stop")) {
			stop.request();
			stop.check();
		}
		progress.stage("Segmenting nuclei");
		progress.update(1, 2);
		final Path folder = request.outputFolder().resolve(request.folderName());
		return new SlideOutcome(name, folder, folder.resolve("report.html"),
			new SlideSummary(name, 0.5, 1.25, 1234, List.of(new MarkerSummary("ki67",
				"Ki-67", "Ki-67-positive nuclei", 1234, 300, 24.31, 20.04, Double.NaN,
				Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0.2,
				"fixed", "mean DAB optical density", Double.NaN, -1, -1, null, null, Map
					.of())), Map.of(), null, Map.of(), Map.of(), List.of("few cells")),
			name.startsWith("part"));
	}
}
