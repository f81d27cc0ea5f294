
package org.senoscope.core.evidence;

import java.util.Locale;

/** How much evidence a panel can gather for a state, at best. */
public enum EvidenceGrade {

		/** The state cannot be told. */
		NONE,
		/** On one axis. */
		LIMITED,
		/** On two axes. */
		MODERATE,
		/** On three axes or more. */
		GOOD;

	/** Returns the word in outputs. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	static EvidenceGrade of(final int axes) {
		return values()[Math.max(1, Math.min(3, axes))];
	}
}
