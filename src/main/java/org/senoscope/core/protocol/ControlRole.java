
package org.senoscope.core.protocol;

/**
 * What a control image is a control of. Written in lower case in protocols and
 * on the command line.
 */
public enum ControlRole {
		/** No X-gal: the optical floor. */
		BLANK,
		/** X-gal at neutral pH: bacteria and neutral enzyme. */
		PH7,
		/** Biological negative: untreated, young; holds some real positives. */
		NEGATIVE,
		/** Known senescent. */
		POSITIVE,
		/** X-gal at pH 4: the enzyme works. */
		PH4,
		/** Stained with one marker of a panel alone: what of it is seen where. */
		SINGLE
}
