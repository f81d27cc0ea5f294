
package org.senoscope.core.protocol;

/**
 * How the picture was made, which decides what pixels mean. Written in lower
 * case with hyphens in protocols and on the command line.
 */
public enum ImageKind {

		/** Found from the image. */
		AUTO,
		/** Fluorescence: bright on dark, one channel a marker. */
		FLUORESCENCE,
		/** Brightfield, hematoxylin and diaminobenzidine. */
		H_DAB,
		/** Brightfield, hematoxylin and eosin. */
		H_E,
		/** Brightfield, Sudan Black B with nuclear fast red. */
		SBB_NFR,
		/** Brightfield, X-gal (indigo) with no nuclear counterstain. */
		X_GAL,
		/** Brightfield, X-gal with nuclear fast red. */
		X_GAL_NFR,
		/** Brightfield, X-gal with hematoxylin. */
		X_GAL_H,
		/** Brightfield, X-gal with eosin, which leaves nuclei pale. */
		X_GAL_E,
		/** Brightfield, X-gal and diaminobenzidine, pale hematoxylin or none. */
		X_GAL_HDAB;

	/** Returns whether indigo of X-gal is on the picture. */
	public boolean hasIndigo() {
		return ordinal() >= X_GAL.ordinal();
	}
}
