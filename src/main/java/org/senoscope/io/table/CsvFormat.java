
package org.senoscope.io.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.senoscope.core.UserException;

/**
 * How a CSV file is written, told from its beginning: RFC 4180 with comma,
 * semicolon or tab, the last two with '.' or ',' as decimal sign, in UTF-8 with
 * or without byte order mark.
 *
 * @param separator what stands between values: ',', ';' or tab
 * @param decimalComma whether numbers are written with a comma
 * @param headerStart first byte of the header, behind a byte order mark
 * @param headerEnd behind the line end of the header
 * @param names the header
 */
record CsvFormat(byte separator, boolean decimalComma, int headerStart,
		int headerEnd, List<String> names) {

	private static final byte[] SEPARATORS = { ',', ';', '\t' };
	private static final int LINES_TRIED = 100;
	private static final Pattern WITH_COMMA = Pattern.compile(
		"[+-]?\\d*,\\d+([eE][+-]?\\d+)?");
	private static final Pattern WITH_POINT = Pattern.compile(
		"[+-]?\\d*\\.\\d+([eE][+-]?\\d+)?");

	/**
	 * Finds the format.
	 *
	 * @param file how messages call the file
	 * @param start its first bytes, header and some rows
	 * @param length how many of them count
	 * @throws UserException if it is empty or no UTF-8
	 */
	static CsvFormat of(final String file, final byte[] start, final int length) {
		final int bom = length >= 3 && start[0] == (byte) 0xef &&
			start[1] == (byte) 0xbb && start[2] == (byte) 0xbf ? 3 : 0;
		final int end = RowScan.rowEnd(start, bom, length);
		final int headerEnd = end < 0 ? length : end;
		if (headerEnd == bom || RowScan.contentEnd(start, bom, headerEnd) == bom)
			throw new UserException(file +
				": is empty; a table begins with a line of column names");
		requireUtf8(file, start, headerEnd);
		byte separator = ',';
		int most = 0;
		for (final byte candidate : SEPARATORS) {
			final int n = fields(start, bom, headerEnd, candidate).size();
			if (n > most) {
				most = n;
				separator = candidate;
			}
		}
		return new CsvFormat(separator, separator != ',' && decimalComma(start,
			headerEnd, length, separator), bom, headerEnd, List.copyOf(fields(start,
				bom, headerEnd, separator)));
	}

	private static void requireUtf8(final String file, final byte[] bytes,
		final int length)
	{
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0,
				length));
		}
		catch (final CharacterCodingException e) {
			throw new UserException(UserException.Kind.INPUT, file +
				": the column names are no UTF-8 text; save the table as \"CSV UTF-8\"",
				e);
		}
	}

	private static boolean decimalComma(final byte[] bytes, final int from,
		final int length, final byte separator)
	{
		int commas = 0, points = 0, at = from;
		for (int line = 0; line < LINES_TRIED; line++) {
			final int end = RowScan.rowEnd(bytes, at, length);
			if (end < 0) break;
			for (final String value : fields(bytes, at, end, separator)) {
				if (WITH_COMMA.matcher(value).matches()) commas++;
				else if (WITH_POINT.matcher(value).matches()) points++;
			}
			at = end;
		}
		return commas > points;
	}

	private static List<String> fields(final byte[] bytes, final int from,
		final int end, final byte separator)
	{
		final List<String> fields = new ArrayList<>();
		final int stop = RowScan.contentEnd(bytes, from, end);
		int at = from;
		while (true) {
			final int fieldEnd = RowScan.fieldEnd(bytes, at, stop, separator);
			fields.add(RowScan.text(bytes, at, fieldEnd));
			if (fieldEnd >= stop) return fields;
			at = fieldEnd + 1;
		}
	}
}
