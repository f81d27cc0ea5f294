
package org.senoscope.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import org.senoscope.core.UserException;
import org.senoscope.core.protocol.SettingsKeys;
import org.senoscope.core.run.Progress;

import picocli.CommandLine.Option;

/** A verb that works on a table of cells. */
abstract class TableVerb extends Verb {

	@Option(names = "--cells", paramLabel = "TABLE",
		description = "Table with one row a cell, from any tool: .csv (comma, semicolon or tab, UTF-8) or .parquet. Required.")
	String cells;

	@Option(names = "--json",
		description = "Print one JSON object on standard output and nothing else.")
	boolean json;

	private final KeyOptions keyOptions;

	TableVerb(final CliContext context, final SettingsKeys<?> keys) {
		super(context);
		keyOptions = new KeyOptions(keys);
	}

	@Override
	KeyOptions keyOptions() {
		return keyOptions;
	}

	/** Reads the flags; what is wrong with them is added to the problems. */
	<R extends Record> R settings(final SettingsKeys<R> keys,
		final List<String> problems)
	{
		try {
			return keys.read(keyOptions.given(spec));
		}
		catch (final UserException e) {
			problems.add(e.getMessage());
			return null;
		}
	}

	/** Reads a path that must be given. */
	static Path place(final String flag, final String text, final String what,
		final List<String> problems)
	{
		try {
			if (text != null && !text.isBlank()) return Path.of(text);
			problems.add("give " + what + " with " + flag);
		}
		catch (final InvalidPathException e) {
			problems.add(flag + " " + text + " cannot name a file");
		}
		return null;
	}

	/** Works with progress on standard error. */
	<T> T working(final Path table, final Function<Progress, T> work) {
		final ConsoleProgress progress = new ConsoleProgress(context.err(), context
			.terminal());
		final String name = table.getFileName().toString();
		progress.image(name, name);
		try {
			return work.apply(progress);
		}
		finally {
			progress.clear();
		}
	}
}
