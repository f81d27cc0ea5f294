
package org.senoscope.core.evidence;

import java.util.Locale;

/**
 * What is known of an axis or a condition: it holds, it does not, or what was
 * measured cannot tell. Combined by Kleene's three-valued logic, so that what
 * was not measured never turns into a statement.
 */
public enum Finding {

		/** It holds. */
		MET,
		/** It does not hold. */
		NOT_MET,
		/** What was measured cannot tell. */
		NOT_MEASURED;

	/** Returns the word in {@code evidence_axes}. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	static Finding of(final boolean holds) {
		return holds ? MET : NOT_MET;
	}

	Finding not() {
		return this == MET ? NOT_MET : this == NOT_MET ? MET : NOT_MEASURED;
	}
}
