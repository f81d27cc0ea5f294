
package org.senoscope.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;

import org.senoscope.app.GateTable;
import org.senoscope.app.PairTable;
import org.senoscope.app.SlideOutcome;
import org.senoscope.app.SlideRequest;
import org.senoscope.core.UserException;
import org.senoscope.core.gate.GateScope;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideSummary;
import org.senoscope.io.output.BatchGatesFile;
import org.senoscope.io.output.SummaryWriter;

/**
 * Analyses images one after the other. One that fails never stops the rest; the
 * exit code tells whether any did.
 */
final class ImageBatch {

	private final CliContext context;
	private final ProtocolOverrides settings;
	private final Path outputFolder;
	private final List<String> command;
	private final boolean json;
	private final boolean debug;
	private final List<Map<String, Object>> records = new ArrayList<>();
	private final List<String> failed = new ArrayList<>();
	private final List<SlideSummary> finished = new ArrayList<>();
	private boolean unreadableOnly = true;
	private SlideOutcome last;
	private Protocol protocol;

	/**
	 * Prepares a batch.
	 *
	 * @param command the words that repeat the run, without the image
	 */
	ImageBatch(final CliContext context, final ProtocolOverrides settings,
		final Path outputFolder, final List<String> command, final boolean json,
		final boolean debug)
	{
		this.context = context;
		this.settings = settings;
		this.outputFolder = outputFolder;
		this.command = new ArrayList<>(command);
		protocol = settings.protocol();
		this.json = json;
		this.debug = debug;
	}

	/**
	 * Analyses all images of the arguments.
	 *
	 * @return the exit code
	 * @throws UserException if there is no image at all
	 */
	int run(final List<String> arguments) {
		final List<InputImages.Input> inputs = InputImages.of(arguments, settings,
			context::say);
		final ConsoleProgress progress = new ConsoleProgress(context.err(), context
			.terminal());
		try {
			final List<InputImages.Input> left = oneGate() ? collect(inputs, progress)
				: inputs;
			for (int i = 0; i < left.size(); i++) {
				say(left, i, "", progress);
				runOne(left.get(i), progress);
			}
		}
		catch (final CancellationException e) {
			progress.clear();
			context.say(
				"senoscope: stopped; finished images are complete, of the one in work nothing was written");
			return ExitCode.INTERRUPTED;
		}
		progress.clear();
		if (finished.size() > 1) {
			GateTable.write(finished, outputFolder).forEach(context::say);
			PairTable.write(finished, outputFolder).forEach(context::say);
		}
		return conclude(inputs.size());
	}

	private void say(final List<InputImages.Input> inputs, final int i,
		final String what, final ConsoleProgress progress)
	{
		final String name = inputs.get(i).shownName(), shown = what + (inputs
			.size() == 1 ? name : String.format(Locale.ROOT, "[%d/%d] %s", i + 1,
				inputs.size(), name));
		progress.image(shown, name);
		if (inputs.size() > 1 && !context.terminal()) progress.say(shown);
	}

	/** Whether the gates of this run are still to be taken from its images. */
	private boolean oneGate() {
		final GateSettings gates = settings.protocol().gates();
		return gates.scope() == GateScope.BATCH && gates.file().isBlank();
	}

	/**
	 * The first of two passes: gathers what all images read, for one gate over
	 * all of them.
	 *
	 * @return the images that could be read
	 */
	private List<InputImages.Input> collect(final List<InputImages.Input> inputs,
		final ConsoleProgress progress)
	{
		final Path file = outputFolder.resolve(BatchGatesFile.NAME);
		try {
			Files.deleteIfExists(file);
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.FAILURE, file +
				": the gates of an earlier run cannot be removed (" + e.getMessage() +
				")", e);
		}
		final List<InputImages.Input> read = new ArrayList<>();
		final Protocol first = with("collect", file);
		for (int i = 0; i < inputs.size(); i++) {
			final InputImages.Input input = inputs.get(i);
			say(inputs, i, "gates: ", progress);
			if (attempt(input, progress, () -> context.runner().run(new SlideRequest(
				input.file(), null, first, settings.options(), outputFolder, input
					.folderName(), command(input)), progress, context.cancellation())))
				read.add(input);
		}
		protocol = with("batch", file);
		command.addAll(List.of("--gates-file", file.toString()));
		return read;
	}

	private Protocol with(final String scope, final Path file) {
		return ProtocolOverrides.apply(settings.protocol(), Map.of("gates.scope",
			scope, "gates.file", file.toString()));
	}

	private void runOne(final InputImages.Input input,
		final ConsoleProgress progress)
	{
		attempt(input, progress, () -> {
			final SlideOutcome outcome = context.runner().run(new SlideRequest(input
				.file(), null, protocol, settings.options(), outputFolder, input
					.folderName(), command(input)), progress, context.cancellation());
			progress.clear();
			unreadableOnly = false;
			last = outcome;
			finished.add(outcome.summary());
			outcome.summary().warnings().forEach(progress::warn);
			if (outcome.partial()) {
				failed.add(input.shownName() + " (partial)");
				progress.say("senoscope: " + input.shownName() +
					": parts of the slide could not be read; its warnings name them");
			}
			if (json) records.add(record(outcome));
			else describe(outcome);
		});
	}

	/** Does something with an image; says whether it went well. */
	private boolean attempt(final InputImages.Input input,
		final ConsoleProgress progress, final Runnable what)
	{
		try {
			context.cancellation().check();
			what.run();
			return true;
		}
		catch (final UserException e) {
			unreadableOnly &= e.kind() == UserException.Kind.INPUT;
			fail(input, e.getMessage(), e, progress);
		}
		catch (final CancellationException e) {
			throw e;
		}
		catch (final OutOfMemoryError e) {
			unreadableOnly = false;
			fail(input,
				"out of memory; give Java more (SENOSCOPE_OPTS=-Xmx8g) or take fewer --threads",
				e, progress);
		}
		catch (final RuntimeException | Error e) {
			unreadableOnly = false;
			fail(input, Senoscope.internalError(e), e, progress);
		}
		return false;
	}

	private void fail(final InputImages.Input input, final String message,
		final Throwable cause, final ConsoleProgress progress)
	{
		progress.clear();
		final String name = input.shownName();
		final String line = message.contains(name) || message.contains(input.file()
			.toString()) ? message : name + ": " + message;
		context.fail(line, cause, debug);
		failed.add(name);
		if (json) {
			final Map<String, Object> record = new LinkedHashMap<>();
			record.put("image", name);
			record.put("error", line);
			records.add(record);
		}
	}

	/** The words that repeat the run on this image alone. */
	private List<String> command(final InputImages.Input input) {
		final List<String> words = new ArrayList<>(command);
		words.add(2, input.file().toString());
		return words;
	}

	private void describe(final SlideOutcome outcome) {
		final SlideSummary summary = outcome.summary();
		final Double density = summary.numbers().get("cells_per_mm2");
		if (density != null && density.isNaN() && summary.cells() == 0 && summary
			.analysedAreaMm2() > 0) context.out().println(outcome.image() +
				": no cells measured on " + area(summary.analysedAreaMm2()) + " mm2");
		else context.out().println(String.format(Locale.ROOT,
			"%s: %,d %s on %s mm2", outcome.image(), summary.cells(), summary
				.cells() == 1 ? "cell" : "cells", area(summary.analysedAreaMm2())));
		for (final MarkerSummary m : summary.markers()) {
			if (!Double.isNaN(m.positivePercent())) context.out().println(String
				.format(Locale.ROOT, "  %s: %.1f %%%s", m.statement(), m
					.positivePercent(), Double.isNaN(m.ciLowPercent()) ? "" : String
						.format(Locale.ROOT, " (95 %% interval %.1f to %.1f %%)", m
							.ciLowPercent(), m.ciHighPercent())));
			if (!Double.isNaN(m.areaPercent())) context.out().println(String.format(
				Locale.ROOT, "  %s-stained area: %.2f %%", m.label(), m.areaPercent()));
		}
	}

	/** Three decimals on slides, three digits on small fields. */
	private static String area(final double mm2) {
		return mm2 >= 0.1 || mm2 <= 0 ? String.format(Locale.ROOT, "%.3f", mm2)
			: new BigDecimal(mm2).round(new MathContext(3)).toPlainString();
	}

	private Map<String, Object> record(final SlideOutcome outcome) {
		final Map<String, Object> record = SummaryWriter.values(outcome.summary());
		record.put("partial", outcome.partial());
		record.put("output_dir", outcome.folder().toString());
		record.put("report", outcome.report().toString());
		return record;
	}

	private int conclude(final int images) {
		if (json) JsonOutput.print(context.out(), records, images == 1);
		else if (last != null) context.out().println(images == 1 ? last.report()
			: outputFolder);
		context.out().flush();
		if (failed.isEmpty()) return ExitCode.DONE;
		if (images > 1) context.say("senoscope: " + failed.size() + " of " +
			images + " images failed or are partial: " + String.join(", ", failed));
		return unreadableOnly ? ExitCode.BAD_INPUT : ExitCode.FAILED;
	}
}
