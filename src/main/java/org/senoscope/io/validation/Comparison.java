
package org.senoscope.io.validation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a comparison of results with a reference found.
 *
 * @param columns names of the columns
 * @param rows one row an image (and threshold or class), then the rows of all
 *          images together under the name {@value #ALL}; texts, whole numbers
 *          and doubles, NaN where there is none
 * @param summary figures over all images by name, in order; may be empty
 * @param notes what a reader should know, one line each
 * @param incomplete whether a part of the reference has no prediction
 */
public record Comparison(List<String> columns, List<List<Object>> rows,
		Map<String, Object> summary, List<String> notes, boolean incomplete) {

	/** Stands for all images together. */
	public static final String ALL = "all images";

	private static final MathContext DIGITS = new MathContext(6);

	/** Returns the table as CSV. */
	public String csv() {
		final StringBuilder out = new StringBuilder(String.join(",", columns))
			.append('\n');
		for (final List<Object> row : rows)
			out.append(String.join(",", row.stream().map(Comparison::text).map(t -> t
				.matches("(?s).*[\",\r\n].*") ? '"' + t.replace("\"", "\"\"") + '"' : t)
				.toList())).append('\n');
		return out.toString();
	}

	/** Returns the table and the summary for a person to read. */
	public String words() {
		final List<List<String>> cells = new ArrayList<>();
		cells.add(columns.stream().map(c -> c.replace('_', ' ')).toList());
		rows.forEach(row -> cells.add(row.stream().map(Comparison::text).toList()));
		final int[] widths = new int[columns.size()];
		for (final List<String> row : cells)
			for (int c = 0; c < widths.length; c++)
				widths[c] = Math.max(widths[c], row.get(c).length());
		final StringBuilder out = new StringBuilder();
		for (final List<String> row : cells) {
			for (int c = 0; c < widths.length; c++) {
				final String padding = " ".repeat(widths[c] - row.get(c).length());
				out.append(c == 0 ? row.get(c) + padding : "  " + padding + row.get(c));
			}
			out.append('\n');
		}
		summary.forEach((name, value) -> out.append(name.replace('_', ' ')).append(
			": ").append(text(value)).append('\n'));
		return out.toString();
	}

	/** Returns all of it as nested maps. */
	public Map<String, Object> record() {
		final List<Map<String, Object>> table = new ArrayList<>();
		for (final List<Object> row : rows) {
			final Map<String, Object> record = new LinkedHashMap<>();
			for (int c = 0; c < columns.size(); c++)
				record.put(columns.get(c), row.get(c));
			table.add(record);
		}
		final Map<String, Object> all = new LinkedHashMap<>();
		all.put("rows", table);
		if (!summary.isEmpty()) all.put("summary", summary);
		all.put("notes", notes);
		return all;
	}

	private static String text(final Object value) {
		if (!(value instanceof final Double d)) return String.valueOf(value);
		return d.isNaN() ? "" : new BigDecimal(d, DIGITS).stripTrailingZeros()
			.toPlainString();
	}
}
