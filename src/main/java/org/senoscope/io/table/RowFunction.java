
package org.senoscope.io.table;

/** Fills the new columns of some rows; called by several threads at once. */
@FunctionalInterface
public interface RowFunction {

	/**
	 * Fills the new columns.
	 *
	 * @param rows what was read
	 * @param values takes one value a row and column; what is left out is empty
	 */
	void apply(RowBlock rows, AddedValues values);
}
