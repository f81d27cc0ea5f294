
package org.senoscope.io.image;

import java.io.EOFException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import org.senoscope.core.UserException;

import loci.common.enumeration.EnumException;
import loci.formats.MissingLibraryException;
import loci.formats.UnknownFormatException;
import loci.formats.UnsupportedCompressionException;

/**
 * Puts what goes wrong inside Bio-Formats, which throws checked, unchecked and
 * bare exceptions and errors, into one line that names the file, what was wrong
 * and what to do.
 */
final class ImageErrors {

	private static final int LONGEST_REASON = 160;
	private static final String DAMAGED =
		"; the file may be damaged or incomplete, copy it again, or convert it to OME-TIFF";

	private ImageErrors() {}

	/**
	 * Checks what can be checked before a reader sees the file.
	 *
	 * @throws UserException if it is not a file with content that may be read
	 */
	static void checkReadable(final Path file) {
		final String name = name(file);
		if (!Files.exists(file)) throw new UserException(file +
			": no such file; check the path");
		if (Files.isDirectory(file)) {
			if (name.toLowerCase(Locale.ROOT).endsWith(".zarr"))
				throw new UserException(file +
					": OME-Zarr cannot be read; convert it to OME-TIFF");
			throw new UserException(file + ": is a folder; give an image file");
		}
		if (!Files.isReadable(file)) throw new UserException(file +
			": may not be read; check its permissions");
		if (file.toFile().length() == 0 && Files.isRegularFile(file))
			throw new UserException(name +
				": is empty (0 bytes); copy the file again");
	}

	/** A file that does not open. */
	static UserException opening(final Path file, final Throwable cause) {
		if (cause instanceof UserException known) return known;
		return new UserException(UserException.Kind.INPUT, name(file) +
			": cannot be opened: " + reason(file, cause), cause);
	}

	/** Pixels that cannot be had from a file that did open. */
	static UserException reading(final Path file, final String where,
		final Throwable cause)
	{
		if (cause instanceof UserException known) return known;
		return new UserException(UserException.Kind.INPUT, name(file) +
			": pixels cannot be read" + where + ": " + reason(file, cause), cause);
	}

	private static String reason(final Path file, final Throwable cause) {
		if (cause instanceof UnknownFormatException)
			return "its format is not known; give a format that Bio-Formats reads, for instance OME-TIFF";
		if (cause instanceof OutOfMemoryError)
			return "not enough memory; if the file is complete, give Java more (-Xmx)";
		if (cause instanceof UnsupportedCompressionException ||
			cause instanceof EnumException && words(file, cause).contains("Compress"))
			return "its compression is not supported; convert the file to OME-TIFF";
		if (cause instanceof MissingLibraryException ||
			cause instanceof LinkageError) return "a library is missing (" + words(
				file, cause) + "); run senoscope doctor";
		if (cause instanceof AccessDeniedException)
			return "it may not be read; check its permissions";
		if (cause instanceof EOFException)
			return "it ends too early; it is truncated, copy it again";
		if (cause instanceof NegativeArraySizeException ||
			cause instanceof IndexOutOfBoundsException ||
			cause instanceof NullPointerException ||
			cause instanceof ArithmeticException ||
			cause instanceof ClassCastException)
			return "the reader does not understand its content (" + cause.getClass()
				.getSimpleName() + ")" + DAMAGED;
		return words(file, cause) + DAMAGED;
	}

	/** The message in one short line without the folders of the file. */
	private static String words(final Path file, final Throwable cause) {
		final String message = cause.getMessage();
		if (message == null || message.isBlank()) return cause.getClass()
			.getSimpleName();
		String words = message.replaceAll("\\s+", " ").strip();
		final Path parent = file.toAbsolutePath().getParent();
		if (parent != null) words = words.replace(parent + java.io.File.separator,
			"");
		words = words.replace(file.toString(), name(file));
		return words.length() <= LONGEST_REASON ? words : words.substring(0,
			LONGEST_REASON - 3) + "...";
	}

	static String name(final Path file) {
		final Path last = file.getFileName();
		return last == null ? file.toString() : last.toString();
	}
}
