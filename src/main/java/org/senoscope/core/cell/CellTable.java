
package org.senoscope.core.cell;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of the per-cell table, in order. Rows are {@link Cell}s,
 * streamed, never held together.
 */
public final class CellTable {

	private final List<Column> columns;
	private final Map<String, Integer> indices = new HashMap<>();

	/**
	 * Builds the table's head.
	 *
	 * @param columns the columns, names unique
	 */
	public CellTable(final List<Column> columns) {
		this.columns = List.copyOf(columns);
		for (int i = 0; i < columns.size(); i++)
			if (indices.put(columns.get(i).name(), i) != null)
				throw new IllegalArgumentException("column " + columns.get(i).name() +
					" occurs twice");
	}

	/** Returns the columns in order. */
	public List<Column> columns() {
		return columns;
	}

	/** Returns the position of a column, -1 if the table lacks it. */
	public int index(final String name) {
		final Integer index = indices.get(name);
		return index == null ? -1 : index;
	}

	/**
	 * Returns a number of a cell, NaN where not measured or the table lacks the
	 * column.
	 */
	public double number(final Cell cell, final String name) {
		final int index = index(name);
		return index < 0 ? Double.NaN : cell.numbers()[index];
	}

	/**
	 * Returns a text of a cell, null where not measured or the table lacks the
	 * column.
	 */
	public String text(final Cell cell, final String name) {
		final int index = index(name);
		return index < 0 ? null : cell.texts()[index];
	}
}
