
package org.senoscope.fiji;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.senoscope.core.UserException;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/**
 * A command of the menu with settings, as Fiji and plain ImageJ show it. Labels
 * are part of the public interface: macros name them.
 */
interface Door {

	/** Returns the label in the menu, which macros name. */
	String label();

	/** Returns the sentence that opens the dialog. */
	String help();

	/** Returns every key of the command, places of input and output first. */
	List<CommandKey> keys();

	/** Returns whether the dialog asks for a key; all others are for macros. */
	boolean asks(CommandKey key);

	/** Returns the macro key of a flag of the command line, or null. */
	String macroKey(String flag);

	/**
	 * Checks all that can be checked before the work begins.
	 *
	 * @param settings values as text by macro key
	 * @throws UserException naming what is wrong
	 */
	void check(Map<String, String> settings);

	/**
	 * Does the work.
	 *
	 * @param settings values as text by macro key
	 * @param progress told what is going on
	 * @param cancellation checked now and then
	 * @param show whether results appear on the screen; else they are only
	 *          written
	 * @return what macros get as the last report
	 * @throws UserException in one line, if it cannot be done
	 */
	Path work(Map<String, String> settings, Progress progress,
		Cancellation cancellation, boolean show) throws IOException;

	/**
	 * Returns the file that holds why a run failed, beside its results, so that a
	 * run over many inputs keeps them all. Null if the settings name no folder.
	 */
	Path errorFile(Map<String, String> settings);

	/** Returns a text without what a file beside the results must not say. */
	default String hidden(final String text, final Map<String, String> settings) {
		return text;
	}

	/** Returns all commands with settings, in the order of the menu. */
	static List<Door> all() {
		return Stream.concat(Stream.of((Door[]) AnalysisDoor.values()), Stream.of(
			(Door[]) TableDoor.values())).toList();
	}

	/** Returns the command of a label. */
	static Optional<Door> of(final String label) {
		return all().stream().filter(d -> d.label().equals(label)).findFirst();
	}
}
