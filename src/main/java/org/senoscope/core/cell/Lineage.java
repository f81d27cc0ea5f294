
package org.senoscope.core.cell;

import java.util.Locale;

/**
 * What kind of cell it is; states of tumour cells are only called where this is
 * known.
 */
public enum Lineage {

		/** A tumour cell. */
		TUMOUR,
		/** Fibroblast, endothelium and other stroma. */
		STROMA,
		/** Lymphocyte, macrophage and other immune cells. */
		IMMUNE,
		/** Not known: readings and evidence only, no call. */
		UNKNOWN;

	/** Returns the word in tables and protocols. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}
}
