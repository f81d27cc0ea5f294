
package org.senoscope.core.stain;

/** A dye or another cause of absorption that a stain vector stands for. */
public enum Stain {

		/** Hematoxylin: blue to purple nuclei. */
		HEMATOXYLIN("hematoxylin"),
		/** Diaminobenzidine: the brown chromogen of immunohistochemistry. */
		DAB("DAB"),
		/** Eosin: pink cytoplasm and stroma. */
		EOSIN("eosin"),
		/** The indigo that SA-β-gal makes of X-gal: teal to dark blue. */
		INDIGO("indigo"),
		/** Nuclear fast red: red nuclei. */
		NUCLEAR_FAST_RED("nuclear fast red"),
		/** Sudan Black B: blue-black granules of lipofuscin. */
		SUDAN_BLACK("Sudan Black B"),
		/** Grey: refraction, shadow and dirt, equal in all three channels. */
		NEUTRAL("neutral"),
		/** What the other two vectors leave over. */
		RESIDUAL("residual");

	private final String label;

	Stain(final String label) {
		this.label = label;
	}

	/** Returns the name in words. */
	public String label() {
		return label;
	}
}
