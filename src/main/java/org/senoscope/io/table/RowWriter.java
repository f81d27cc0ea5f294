
package org.senoscope.io.table;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.senoscope.io.output.NumberText;

/**
 * Writes rows with the added values: whole rows in the manner of the file they
 * come from, or the added columns alone. Safe to use from several threads.
 */
final class RowWriter {

	private final List<AddedColumn> added;
	private final byte separator;
	private final boolean decimalComma;
	/** Null: the added columns alone. */
	private final CsvFormat format;
	/**
	 * For each added column the place, among the columns read, of the one that it
	 * replaces; -1: none.
	 */
	private final int[] replaces;

	private RowWriter(final CsvFormat format, final List<AddedColumn> added,
		final int[] replaces)
	{
		this.format = format;
		this.added = added;
		this.replaces = replaces;
		separator = format == null ? (byte) ',' : format.separator();
		decimalComma = format != null && format.decimalComma();
	}

	static RowWriter whole(final CsvFormat format, final List<AddedColumn> added,
		final int[] replaces)
	{
		return new RowWriter(format, added, replaces);
	}

	static RowWriter columnsOnly(final List<AddedColumn> added) {
		return new RowWriter(null, added, null);
	}

	/**
	 * Returns the header.
	 *
	 * @param given that of the file, from its first byte to its line end
	 */
	byte[] header(final byte[] given) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		final int end = format == null ? 0 : RowScan.contentEnd(given, format
			.headerStart(), given.length);
		out.write(given, 0, end);
		for (int c = 0, n = 0; c < added.size(); c++) {
			if (format != null && replaces[c] >= 0) continue;
			if (format != null || n++ > 0) out.write(separator);
			text(out, added.get(c).name());
		}
		if (format == null || end == given.length) out.write('\n');
		else out.write(given, end, given.length - end);
		return out.toByteArray();
	}

	/** Returns the rows of a block. */
	byte[] rows(final RowBlock block, final AddedValues values) {
		final ByteArrayOutputStream out = new ByteArrayOutputStream(format == null
			? 1 << 16 : block.length() + 64 * block.rows());
		final NumberText number = new NumberText();
		int at = 0;
		for (int row = 0; row < block.rows(); row++) {
			if (format != null) at = copyRow(block, row, at, values, number, out);
			for (int c = 0, n = 0; c < added.size(); c++) {
				if (format != null && replaces[c] >= 0) continue;
				if (format != null || n++ > 0) out.write(separator);
				value(out, values, row, c, number);
			}
			if (format == null) out.write('\n');
		}
		if (format != null) out.write(block.bytes(), at, block.length() - at);
		return out.toByteArray();
	}

	/**
	 * Copies what stands before the end of a row, replaced values anew.
	 *
	 * @return the end of the row
	 */
	private int copyRow(final RowBlock block, final int row, final int from,
		final AddedValues values, final NumberText number,
		final ByteArrayOutputStream out)
	{
		int at = from;
		while (true) {
			int next = -1;
			for (int c = 0; c < replaces.length; c++)
				if (replaces[c] >= 0 && block.valueStart(row, replaces[c]) >= at &&
					(next < 0 || block.valueStart(row, replaces[c]) < block.valueStart(
						row, replaces[next]))) next = c;
			if (next < 0) break;
			out.write(block.bytes(), at, block.valueStart(row, replaces[next]) - at);
			value(out, values, row, next, number);
			at = block.valueEnd(row, replaces[next]);
			// an empty value must not be found again
			if (block.valueStart(row, replaces[next]) == at && at < block.rowEnd(row))
				out.write(block.bytes(), at++, 1);
			else if (at >= block.rowEnd(row)) break;
		}
		out.write(block.bytes(), at, block.rowEnd(row) - at);
		return block.rowEnd(row);
	}

	private void value(final ByteArrayOutputStream out, final AddedValues values,
		final int row, final int column, final NumberText number)
	{
		switch (added.get(column).type()) {
			case TEXT -> text(out, values.text(row, column));
			case FLAG -> {
				final double flag = values.number(row, column);
				if (!Double.isNaN(flag)) text(out, flag != 0 ? "true" : "false");
			}
			case NUMBER -> {
				number.reading(values.number(row, column));
				for (int i = 0; i < number.length(); i++) {
					final char c = number.chars()[i];
					out.write(decimalComma && c == '.' ? ',' : c);
				}
			}
		}
	}

	private void text(final ByteArrayOutputStream out, final String text) {
		if (text == null) return;
		final boolean quote = text.indexOf(separator) >= 0 || text.indexOf(
			'"') >= 0 || text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
		out.writeBytes((quote ? '"' + text.replace("\"", "\"\"") + '"' : text)
			.getBytes(StandardCharsets.UTF_8));
	}
}
