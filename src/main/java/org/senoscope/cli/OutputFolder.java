
package org.senoscope.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import org.senoscope.core.UserException;

/** Checks the folder for results before any work is done. */
final class OutputFolder {

	private OutputFolder() {}

	/**
	 * Returns the folder, absolute, if it can be written to. It is not made: a
	 * run that reads nothing leaves nothing behind.
	 *
	 * @throws UserException if it cannot be written to
	 */
	static Path check(final String text) {
		final Path folder;
		try {
			folder = Path.of(text).toAbsolutePath().normalize();
		}
		catch (final InvalidPathException e) {
			throw new UserException("--out " + text + " cannot name a folder");
		}
		if (Files.exists(folder) && !Files.isDirectory(folder))
			throw new UserException("--out " + text +
				" is a file; give another folder");
		Path existing = folder;
		while (existing != null && !Files.exists(existing))
			existing = existing.getParent();
		if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(
			existing)) throw new UserException("--out " + text +
				" cannot be written: no right to write in " + existing +
				"; give another folder");
		return folder;
	}
}
