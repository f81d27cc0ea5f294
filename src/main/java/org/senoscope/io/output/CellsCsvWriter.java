
package org.senoscope.io.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import org.senoscope.core.protocol.TableStyle;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.SlideResult;

/**
 * Writes {@code cells.csv}: one row a cell, UTF-8, comma, '.' as decimal point,
 * a header even with no cell. Empty is "not measured", truth is {@code true} or
 * {@code false}. Numbers carry seven significant digits at least. The bytes
 * depend on the cells only.
 */
public final class CellsCsvWriter {

	private CellsCsvWriter() {}

	/**
	 * Writes the table.
	 *
	 * @param result the slide
	 * @param style whose column names to use
	 * @param file where to
	 * @param cancellation checked between cells
	 * @throws org.senoscope.core.UserException if it cannot be written
	 */
	public static void write(final SlideResult result, final TableStyle style,
		final Path file, final Cancellation cancellation)
	{
		final CellColumns columns = CellColumns.of(result, style);
		OutputFile.write(file, stream -> {
			try (Utf8Output out = new Utf8Output(stream)) {
				final CsvRow row = new CsvRow(out);
				for (final String name : columns.names())
					row.text(name);
				row.end();
				result.forEachCell(cell -> {
					cancellation.check();
					try {
						columns.write(cell, row);
						row.end();
					}
					catch (final IOException e) {
						throw new UncheckedIOException(e);
					}
				});
			}
		});
	}
}
