
package org.senoscope.core.evidence;

/** A marker in a cell, seen from its gate. */
public enum MarkerState {

		/** From the gate on. */
		POSITIVE,
		/** Below the gate. */
		NEGATIVE,
		/** Not in the panel, or no reading in this cell. */
		NOT_MEASURED;

	/** Returns the sign that people write behind the marker. */
	public String sign() {
		return this == POSITIVE ? "+" : this == NEGATIVE ? "\u2212" : "?";
	}

	/** Returns the other of positive and negative. */
	public MarkerState opposite() {
		return this == POSITIVE ? NEGATIVE : this == NEGATIVE ? POSITIVE
			: NOT_MEASURED;
	}
}
