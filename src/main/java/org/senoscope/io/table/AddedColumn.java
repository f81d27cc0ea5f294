
package org.senoscope.io.table;

/**
 * A column that is added to a table.
 *
 * @param name its name
 * @param type what it holds
 */
public record AddedColumn(String name, Type type) {

	/** What a column holds. */
	public enum Type {
			/** Numbers, not known as NaN. */
			NUMBER,
			/** Texts, none as null. */
			TEXT,
			/** True or false. */
			FLAG
	}
}
