
package org.senoscope.io.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens one output file, hands it to its writer and explains failures. */
final class OutputFile {

	/** Writes the content. */
	@FunctionalInterface
	interface Content {

		void writeTo(OutputStream out) throws IOException;
	}

	private OutputFile() {}

	static void write(final Path file, final Content content) {
		try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(
			file), 1 << 16))
		{
			content.writeTo(out);
		}
		catch (final UncheckedIOException e) {
			throw OutputErrors.of(file, e.getCause());
		}
		catch (final IOException e) {
			throw OutputErrors.of(file, e);
		}
	}
}
