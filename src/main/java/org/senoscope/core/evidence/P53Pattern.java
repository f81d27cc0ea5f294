
package org.senoscope.core.evidence;

import java.util.Locale;

/**
 * How p53 looks over the tumour nuclei of a slide. A mutant pattern (strong in
 * nearly all, or none at all) says that p53 tells nothing of arrest (Köbel et
 * al., J Pathol Clin Res 2016).
 */
public enum P53Pattern {

		/** p53 not measured, or in too few tumour nuclei. */
		UNKNOWN,
		/** Some nuclei, varying. */
		WILD_TYPE,
		/** Positive in at least 80 % of tumour nuclei, or in none. */
		MUTANT;

	/** Fewest tumour nuclei from which a pattern is told. */
	public static final int FEWEST = 50;

	/** Returns the word in definitions. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Tells the pattern of a slide.
	 *
	 * @param positive p53-positive tumour nuclei
	 * @param measured tumour nuclei in which p53 was measured
	 */
	public static P53Pattern of(final long positive, final long measured) {
		if (measured < FEWEST) return UNKNOWN;
		return positive == 0 || positive >= 0.8 * measured ? MUTANT : WILD_TYPE;
	}
}
