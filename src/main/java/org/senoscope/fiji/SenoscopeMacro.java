
package org.senoscope.fiji;

import java.nio.file.Path;
import java.util.Optional;

import org.senoscope.core.run.Cancellation;
import org.senoscope.io.image.ImageFolder;
import org.senoscope.io.table.TableFile;

import ij.IJ;

/**
 * What macros reach by {@code call("org.senoscope.fiji.SenoscopeMacro....")},
 * in Fiji and in plain ImageJ, with and without a screen. All arguments and
 * results are texts.
 */
public final class SenoscopeMacro {

	private SenoscopeMacro() {}

	/**
	 * Runs a command without showing anything. The only way in plain ImageJ
	 * without a display, where {@code run} itself fails.
	 *
	 * @param label label of the command, such as {@code Score Ki-67}
	 * @param options option string as in {@code run(label, options)}
	 * @return empty if all went well, else why not, in one line
	 */
	public static String run(final String label, final String options) {
		final Optional<Door> door = Door.of(label);
		if (door.isEmpty()) return "no command \"" + label + "\"";
		IJ.resetEscape();
		final Cancellation cancellation = new Cancellation();
		final String error = new CommandRun(door.get(), new ImageJProgress(
			cancellation), cancellation, false).run(options);
		return error == null ? "" : error;
	}

	/**
	 * Returns why the last command failed, empty if it went well. Ask once after
	 * each command: the answer is then forgotten, so that a command that never
	 * started does not pass for the one before it.
	 */
	public static String lastError() {
		return LastRun.takeError();
	}

	/**
	 * Returns whether a file is an image by its extension, {@code true} or
	 * {@code false}.
	 */
	public static String isImage(final String name) {
		return Boolean.toString(ImageFolder.isImage(Path.of(name)));
	}

	/**
	 * Returns whether a file is a table of cells by its extension, {@code true}
	 * or {@code false}.
	 */
	public static String isTable(final String name) {
		return Boolean.toString(TableFile.isTable(Path.of(name)));
	}

	/** Returns the path of the last report, empty if the last command failed. */
	public static String lastReport() {
		return LastRun.report();
	}
}
