
package org.senoscope.core.evidence;

import java.util.Locale;

/** What the look of a cell says beside its markers. */
public enum CellFlag {

		/** Shrunken, condensed or fragmented nucleus. */
		APOPTOTIC,
		/** In mitosis. */
		MITOTIC,
		/** γH2AX over the whole nucleus or as a ring, not in foci. */
		PAN_NUCLEAR_GH2AX;

	/** Returns the word in definitions and in column {@code flags}. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Returns the bit of this flag in a set of flags. */
	public int bit() {
		return 1 << ordinal();
	}
}
