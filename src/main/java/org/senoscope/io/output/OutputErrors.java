
package org.senoscope.io.output;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

import org.senoscope.core.UserException;
import org.senoscope.core.UserException.Kind;

/** Turns failures of writing into lines that a user can act on. */
public final class OutputErrors {

	private OutputErrors() {}

	/**
	 * Returns what to tell the user of a failed write.
	 *
	 * @param file what could not be written; a file in a hidden folder is named
	 *          by the place it would have got
	 * @param e what happened
	 */
	public static UserException of(final Path file, final IOException e) {
		final Path path = shown(file);
		final String reason = reason(e);
		final String lower = reason.toLowerCase(Locale.ROOT);
		if (lower.contains("no space left") || lower.contains("not enough space") ||
			lower.contains("quota exceeded")) return new UserException(Kind.FAILURE,
				path +
					": the disk is full; free some space or choose another output folder",
				e);
		if (e instanceof AccessDeniedException || lower.contains(
			"read-only file system") || lower.contains("permission denied"))
			return new UserException(Kind.INPUT, path +
				": cannot be written (no permission); choose another output folder", e);
		return new UserException(Kind.FAILURE, path + ": cannot be written (" +
			reason + "); check the disk or choose another output folder", e);
	}

	private static Path shown(final Path file) {
		for (Path p = file; p != null; p = p.getParent()) {
			final String name = p.getFileName() == null ? "" : p.getFileName()
				.toString();
			final int mark = name.lastIndexOf(StagedFolder.MARK);
			if (name.startsWith(".") && mark > 0) return p.resolveSibling(name
				.substring(1, mark));
		}
		return file;
	}

	/** Returns the bare reason, without the path. */
	public static String reason(final IOException e) {
		if (e instanceof AccessDeniedException) return "permission denied";
		if (e instanceof FileSystemException f && f.getReason() != null) return f
			.getReason();
		final String message = e.getMessage();
		return message == null ? e.getClass().getSimpleName() : message;
	}
}
