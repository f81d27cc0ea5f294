
package org.senoscope.io.output;

import java.io.IOException;

/**
 * Writes the values of a CSV file by RFC 4180, with a line feed at the end of a
 * row. Not measured (NaN, null) is empty.
 */
final class CsvRow {

	private final Utf8Output out;
	private final NumberText text = new NumberText();
	private boolean first = true;

	CsvRow(final Utf8Output out) {
		this.out = out;
	}

	void text(final String value) throws IOException {
		separate();
		if (value == null) return;
		if (!needsQuotes(value)) {
			out.text(value);
			return;
		}
		out.ascii('"');
		out.text(value.replace("\"", "\"\""));
		out.ascii('"');
	}

	void integer(final double value) throws IOException {
		separate();
		if (!Double.isNaN(value)) out.number(text.integer(Math.round(value)));
	}

	void bool(final double value) throws IOException {
		separate();
		if (!Double.isNaN(value)) out.text(value != 0 ? "true" : "false");
	}

	void number(final double value) throws IOException {
		separate();
		out.number(text.reading(value));
	}

	void end() throws IOException {
		out.ascii('\n');
		first = true;
	}

	private void separate() throws IOException {
		if (!first) out.ascii(',');
		first = false;
	}

	private static boolean needsQuotes(final String value) {
		for (int i = 0; i < value.length(); i++) {
			final char c = value.charAt(i);
			if (c == ',' || c == '"' || c == '\n' || c == '\r') return true;
		}
		// blanks at the ends are lost by some readers unless quoted
		return !value.isEmpty() && (value.charAt(0) == ' ' || value.charAt(value
			.length() - 1) == ' ');
	}
}
