
package org.senoscope.core.cell;

/**
 * One column of the per-cell table.
 *
 * @param name column name, a part of the public interface
 * @param type what its values are
 * @param meaning one line for people, with the unit
 */
public record Column(String name, Type type, String meaning) {

	/** What the values of a column are. */
	public enum Type {
			/** A whole number. */
			INTEGER,
			/** A number with decimals. */
			NUMBER,
			/** {@code true} or {@code false}, held as 1 and 0. */
			BOOLEAN,
			/** Text. */
			TEXT
	}

	/** Returns whether values are held as text. */
	public boolean isText() {
		return type == Type.TEXT;
	}
}
