
package org.senoscope.io.table;

import java.nio.charset.StandardCharsets;

/** Finds rows and values in the bytes of a CSV file. */
final class RowScan {

	private static final double[] POWERS = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6,
		1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
		1e20, 1e21, 1e22 };
	private static final long EXACT = 1L << 53;

	private RowScan() {}

	/**
	 * Returns the position behind the line end of the row that begins at
	 * {@code from}, -1 if it does not end before {@code limit}. A line feed
	 * between quotation marks ends no row; a quotation mark amid a value is a
	 * character like others (RFC 4180).
	 */
	static int rowEnd(final byte[] bytes, final int from, final int limit) {
		boolean quoted = false;
		for (int i = from; i < limit; i++) {
			final byte b = bytes[i];
			// A doubled mark closes and, not being first, needs to open again.
			if (b == '"') quoted = !quoted && (i == from || isSeparator(bytes[i -
				1]) || bytes[i - 1] == '"');
			else if (b == '\n' && !quoted) return i + 1;
		}
		return -1;
	}

	private static boolean isSeparator(final byte b) {
		return b == ',' || b == ';' || b == '\t';
	}

	/** Returns the end of a row without its line end. */
	static int contentEnd(final byte[] bytes, final int from, final int rowEnd) {
		int end = rowEnd;
		if (end > from && bytes[end - 1] == '\n') end--;
		if (end > from && bytes[end - 1] == '\r') end--;
		return end;
	}

	/** Returns the end of the value that begins at {@code from}. */
	static int fieldEnd(final byte[] bytes, final int from, final int stop,
		final byte separator)
	{
		int i = from;
		if (i < stop && bytes[i] == '"') {
			boolean quoted = false;
			for (; i < stop; i++) {
				if (bytes[i] == '"') quoted = !quoted;
				else if (bytes[i] == separator && !quoted) break;
			}
			return i;
		}
		while (i < stop && bytes[i] != separator)
			i++;
		return i;
	}

	/** Returns a value without quotation marks and blanks around it. */
	static String text(final byte[] bytes, final int from, final int end) {
		final String raw = new String(bytes, from, end - from,
			StandardCharsets.UTF_8).strip();
		return raw.length() >= 2 && raw.charAt(0) == '"' && raw.charAt(raw
			.length() - 1) == '"' ? raw.substring(1, raw.length() - 1).replace("\"\"",
				"\"").strip() : raw;
	}

	/**
	 * Returns a number, as exact as {@link Double#parseDouble(String)}; NaN where
	 * nothing is measured: empty, {@code NA}, {@code N/A}, {@code NaN},
	 * {@code null}, {@code None}, infinite.
	 *
	 * @throws NumberFormatException if it is something else
	 */
	static double number(final byte[] bytes, final int from, final int end,
		final boolean decimalComma)
	{
		int i = from;
		boolean negative = false;
		if (i < end && (bytes[i] == '-' || bytes[i] == '+')) negative =
			bytes[i++] == '-';
		long mantissa = 0;
		int digits = 0, decimals = 0;
		boolean point = false;
		for (; i < end; i++) {
			final byte b = bytes[i];
			if (b >= '0' && b <= '9') {
				mantissa = mantissa * 10 + (b - '0');
				digits++;
				if (point) decimals++;
			}
			else if (!point && b == (decimalComma ? ',' : '.')) point = true;
			else break;
		}
		// Exact by one division of exact doubles (Clinger, PLDI 1990).
		if (i == end && digits > 0 && digits <= 18 && mantissa <= EXACT &&
			decimals < POWERS.length)
		{
			final double value = mantissa / POWERS[decimals];
			return negative ? -value : value;
		}
		return slowNumber(text(bytes, from, end), decimalComma);
	}

	private static double slowNumber(final String text,
		final boolean decimalComma)
	{
		switch (text) {
			case "", "NA", "N/A", "NaN", "nan", "NAN", "null", "NULL", "None":
				return Double.NaN;
			default:
				// Java would take the d of "12d" for a type
				if (!text.isEmpty() && Character.isLetter(text.charAt(text.length() -
					1)))
				{
					if (text.matches("[+-]?([iI]nf|[iI]nfinity)")) return Double.NaN;
					throw new NumberFormatException(text);
				}
				// nor is hexadecimal meant
				if (decimalComma && text.indexOf('.') >= 0 || text.indexOf('x') >= 0 ||
					text.indexOf('X') >= 0) throw new NumberFormatException(text);
				final double value = Double.parseDouble(decimalComma ? text.replace(',',
					'.') : text);
				return Double.isInfinite(value) ? Double.NaN : value;
		}
	}
}
