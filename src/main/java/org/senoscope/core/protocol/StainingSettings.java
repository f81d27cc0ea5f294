
package org.senoscope.core.protocol;

/** How the slide was stained and scanned. Recorded with the result. */
public record StainingSettings(@Key(meaning = "pH of the X-gal solution.",
	min = 3, max = 9) double ph, @Key(meaning = "Hours of staining.", unit = "h",
		min = 0, max = 1000) double hours, @Key(name = "clone",
			meaning = "Antibody clone.") String antibodyClone, @Key(
				meaning = "Antibody or reagent lot.") String lot, @Key(
					meaning = "Scanner or microscope.") String scanner) {

	/** Nothing is known. */
	public static final StainingSettings DEFAULTS = new StainingSettings(
		Double.NaN, Double.NaN, "", "", "");
}
