
package org.senoscope.io.table;

import java.util.List;
import java.util.Locale;

import org.senoscope.core.UserException;

/**
 * Some rows of a table, one after the other, of which the columns that were
 * asked for can be read. Columns are counted from 0 in the order in which they
 * were asked for.
 */
public final class RowBlock {

	private final String file;
	private final CsvFormat format;
	private final List<String> names;
	private final byte[] bytes;
	private final int length;
	private final long[] places;
	private final int rows;
	private final int wanted;
	/** Begin and end of each value asked for, row by row. */
	private final int[] bounds;
	/** Begin and end (before the line end) of each row. */
	private final int[] rowBounds;

	RowBlock(final String file, final CsvFormat format, final List<String> names,
		final byte[] bytes, final int length, final long[] places, final int rows,
		final int[] bounds, final int[] rowBounds)
	{
		this.file = file;
		this.format = format;
		this.names = names;
		this.bytes = bytes;
		this.length = length;
		this.places = places;
		this.rows = rows;
		wanted = names.size();
		this.bounds = bounds;
		this.rowBounds = rowBounds;
	}

	/** Returns the number of rows. */
	public int rows() {
		return rows;
	}

	/**
	 * Returns the place of a row in the table, from 0; blank lines count.
	 */
	public long place(final int row) {
		return places[row];
	}

	/**
	 * Returns a number; NaN where nothing is measured.
	 *
	 * @throws UserException if the value is no number
	 */
	public double number(final int row, final int column) {
		final int at = 2 * (row * wanted + column);
		try {
			return RowScan.number(bytes, bounds[at], bounds[at + 1], format
				.decimalComma());
		}
		catch (final NumberFormatException e) {
			throw refuse(row, column,
				"is not a number; mend the table, or leave it empty where nothing was measured");
		}
	}

	/**
	 * Returns 1 for {@code true} (also 1, yes, pos, positive, +), 0 for
	 * {@code false} (0, no, neg, negative, -), NaN where nothing is measured.
	 *
	 * @throws UserException if the value is none of these
	 */
	public double flag(final int row, final int column) {
		return switch (text(row, column).toLowerCase(Locale.ROOT)) {
			case "true", "1", "1.0", "yes", "pos", "positive", "+" -> 1;
			case "false", "0", "0.0", "no", "neg", "negative", "-" -> 0;
			case "", "na", "n/a", "nan", "null", "none" -> Double.NaN;
			default -> throw refuse(row, column,
				"is neither true nor false; leave it empty where nothing was measured");
		};
	}

	/** Returns a text, empty where there is none. */
	public String text(final int row, final int column) {
		final int at = 2 * (row * wanted + column);
		return RowScan.text(bytes, bounds[at], bounds[at + 1]);
	}

	/** Returns what to tell the user of a value that cannot be used. */
	public UserException refuse(final int row, final int column,
		final String why)
	{
		final String text = text(row, column);
		return new UserException(file + ", row " + (places[row] + 2) +
			" (the column names are row 1), column " + names.get(column) + ": \"" +
			(text.length() > 40 ? text.substring(0, 40) + "..." : text) + "\" " +
			why);
	}

	byte[] bytes() {
		return bytes;
	}

	int length() {
		return length;
	}

	int rowStart(final int row) {
		return rowBounds[2 * row];
	}

	int rowEnd(final int row) {
		return rowBounds[2 * row + 1];
	}

	int valueStart(final int row, final int column) {
		return bounds[2 * (row * wanted + column)];
	}

	int valueEnd(final int row, final int column) {
		return bounds[2 * (row * wanted + column) + 1];
	}
}
