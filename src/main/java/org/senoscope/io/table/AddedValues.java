
package org.senoscope.io.table;

import java.util.Arrays;
import java.util.List;

/**
 * The values of the added columns for some rows. Rows and columns are counted
 * from 0.
 */
public final class AddedValues {

	private final double[][] numbers;
	private final String[][] texts;

	AddedValues(final List<AddedColumn> columns, final int rows) {
		numbers = new double[columns.size()][];
		texts = new String[columns.size()][];
		for (int c = 0; c < columns.size(); c++) {
			if (columns.get(c).type() == AddedColumn.Type.TEXT) texts[c] =
				new String[rows];
			else Arrays.fill(numbers[c] = new double[rows], Double.NaN);
		}
	}

	/** Sets a number; NaN is empty. */
	public void number(final int row, final int column, final double value) {
		numbers[column][row] = value;
	}

	/** Sets a truth. */
	public void flag(final int row, final int column, final boolean value) {
		numbers[column][row] = value ? 1 : 0;
	}

	/** Sets a text; null is empty. */
	public void text(final int row, final int column, final String value) {
		texts[column][row] = value;
	}

	double number(final int row, final int column) {
		return numbers[column][row];
	}

	String text(final int row, final int column) {
		return texts[column][row];
	}
}
