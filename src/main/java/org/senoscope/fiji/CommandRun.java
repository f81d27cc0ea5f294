
package org.senoscope.fiji;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.senoscope.core.UserException;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

import ij.Macro;

/**
 * One run of a command, from texts to what is shown: the part that Fiji, plain
 * ImageJ and macros share. Needs ImageJ 1 only.
 */
final class CommandRun {

	private static final Pattern FLAG = Pattern.compile("--[a-z][a-z0-9-]*");

	private final Door door;
	private final Progress progress;
	private final Cancellation cancellation;
	private final boolean show;

	/**
	 * Prepares a run.
	 *
	 * @param door the command
	 * @param progress told what is going on
	 * @param cancellation checked between tiles
	 * @param show whether results appear on the screen; else they are only
	 *          written
	 */
	CommandRun(final Door door, final Progress progress,
		final Cancellation cancellation, final boolean show)
	{
		this.door = door;
		this.progress = progress;
		this.cancellation = cancellation;
		this.show = show;
	}

	/**
	 * Runs the option string of a macro.
	 *
	 * @return null if all went well, else why not, in one line
	 */
	String run(final String options) {
		final Map<String, String> settings;
		try {
			settings = MacroOptions.parse(options);
		}
		catch (final UserException e) {
			// The folder may still be told from a string that is not whole.
			final String folder = Macro.getValue(options, CommandKey.OUTPUT_DIR
				.name(), "");
			return failed(Map.of(CommandKey.OUTPUT_DIR.name(), folder), e
				.getMessage());
		}
		return run(settings);
	}

	/**
	 * Runs with settings by macro key.
	 *
	 * @return null if all went well, else why not, in one line
	 */
	String run(final Map<String, String> settings) {
		try {
			finish(settings);
			return null;
		}
		catch (final UserException e) {
			return failed(settings, e.getMessage());
		}
		catch (final CancellationException e) {
			return failed(settings, "stopped on request, nothing was written");
		}
		catch (final OutOfMemoryError e) {
			return failed(settings,
				"not enough memory: give ImageJ more (Edit > Options > Memory & Threads), set memory, or analyse a region");
		}
		catch (final Exception | LinkageError e) {
			return failed(settings, internalError(e));
		}
	}

	private void finish(final Map<String, String> settings) throws IOException {
		final Path report = door.work(settings, progress, cancellation, show);
		Files.deleteIfExists(door.errorFile(settings));
		LastRun.succeeded(report);
	}

	/** Says where in the program it happened, since nobody sees the trace. */
	private static String internalError(final Throwable e) {
		final StackTraceElement[] trace = e.getStackTrace();
		return "internal error, please report it: " + e + (trace.length == 0 ? ""
			: " at " + trace[0]);
	}

	private String failed(final Map<String, String> settings,
		final String message)
	{
		final String line = door.label() + ": " + withMacroKeys(message.replaceAll(
			"\\s+", " "));
		LastRun.failed(line);
		System.err.println(line);
		writeError(settings, line);
		return line;
	}

	/** Names keys as macros do where the message names flags. */
	private String withMacroKeys(final String message) {
		return FLAG.matcher(message).replaceAll(flag -> {
			final String key = door.macroKey(flag.group());
			return Matcher.quoteReplacement(key == null ? flag.group() : key);
		});
	}

	/** A headless macro has no other place where its author would look. */
	private void writeError(final Map<String, String> settings,
		final String line)
	{
		try {
			final Path file = door.errorFile(settings);
			if (file == null) return;
			Files.createDirectories(file.getParent());
			Files.writeString(file, door.hidden(line, settings) + System
				.lineSeparator(), StandardCharsets.UTF_8);
		}
		catch (final IOException | RuntimeException e) {
			// The folder may be what failed; the line stands on standard error.
			System.err.println("the error could not be written beside the output: " +
				e.getMessage());
		}
	}
}
