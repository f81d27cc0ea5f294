
package org.senoscope.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.senoscope.core.UserException;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.protocol.Nearest;
import org.senoscope.io.phantom.PhantomWriter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code senoscope phantom}: test pictures with exact truth. */
@Command(name = "phantom",
	description = "Draw test pictures with exact truth: DIR/images, DIR/labels and DIR/cells under one base name.")
final class PhantomVerb extends Verb {

	private static final Pattern SIZE = Pattern.compile(
		"([1-9]\\d{0,6})[xX]([1-9]\\d{0,6})");
	private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");

	/** Names of the kinds, for the help. */
	static final class Kinds extends ArrayList<String> {

		private static final long serialVersionUID = 1;

		Kinds() {
			super(Arrays.stream(PhantomKind.values()).map(PhantomKind::id).toList());
		}
	}

	@Parameters(paramLabel = "KIND", arity = "0..1",
		completionCandidates = PhantomVerb.Kinds.class,
		description = "One of ${COMPLETION-CANDIDATES}.")
	private String kind;

	@Option(names = "--out", paramLabel = "DIR",
		description = "Folder for the pictures. Required.")
	private String out;

	@Option(names = "--count", paramLabel = "N",
		description = "Number of pictures. Default: 1.")
	private String count = "1";

	@Option(names = "--size", paramLabel = "WxH",
		description = "Size in pixels; a slide may be of any size. Default: 1024x1024.")
	private String size = "1024x1024";

	@Option(names = "--seed", paramLabel = "N",
		description = "Seed: the same seed gives the same pictures. Default: 1.")
	private String seed = "1";

	PhantomVerb(final CliContext context) {
		super(context);
	}

	@Override
	String synopsis() {
		return "phantom KIND --out DIR [--count N] [--size WxH] [--seed N]";
	}

	@Override
	public Integer call() {
		final List<String> problems = new ArrayList<>();
		final List<String> ids = new Kinds();
		final Optional<PhantomKind> known = kind == null ? Optional.empty()
			: PhantomKind.of(kind);
		if (known.isEmpty()) problems.add((kind == null ? "give the KIND"
			: "unknown kind " + kind + Nearest.hint(kind, ids)) + "; kinds are " +
			String.join(", ", ids));
		if (out == null || out.isBlank()) problems.add(
			"give the folder for the pictures with --out DIR");
		final Matcher sides = SIZE.matcher(size);
		if (!sides.matches()) problems.add("--size: '" + size +
			"' is not WIDTHxHEIGHT in pixels, such as 2048x1024");
		if (!WHOLE.matcher(count).matches() || Integer.parseInt(count) < 1) problems
			.add("--count: '" + count + "' is not a whole number from 1");
		if (!WHOLE.matcher(seed).matches()) problems.add("--seed: '" + seed +
			"' is not a whole number");
		if (!problems.isEmpty()) throw new UserException(String.join("; ",
			problems));
		final Path folder = OutputFolder.check(out);
		final ConsoleProgress progress = new ConsoleProgress(context.err(), context
			.terminal())
		{

			// The only place where Ctrl-C can reach a slide that is being drawn.
			@Override
			public synchronized void update(final long done, final long total) {
				context.cancellation().check();
				super.update(done, total);
			}
		};
		progress.image(kind, kind);
		try {
			PhantomWriter.write(known.get(), folder, Integer.parseInt(count), Integer
				.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)), Long
					.parseLong(seed), progress);
		}
		finally {
			progress.clear();
		}
		context.out().println(folder);
		return ExitCode.DONE;
	}
}
