
package org.senoscope.core.assay.ki67;

import java.util.Locale;

/**
 * What a labelling index means for a stated tumour type, and nothing for any
 * other: breast (prognostic ranges of the International Ki67 in Breast Cancer
 * Working Group, Nielsen 2021; ER-positive, HER2-negative, T1-2 N0-1 only) and
 * neuroendocrine tumours (WHO: hot spot, below 3, 3 to 20, above 20 %).
 *
 * @param id {@code low, uncertain, high} for breast, {@code below_3, 3_to_20,
 *          above_20} for neuroendocrine tumours
 * @param words in full words, with what it may be used for
 */
public record Ki67Category(String id, String words) {

	/**
	 * Returns the category.
	 *
	 * @param tumourType as the protocol states it
	 * @param globalPercent index of the whole tumour
	 * @param hotSpotPercent index of the best window, NaN if there is none
	 * @return null where there is none
	 */
	public static Ki67Category of(final String tumourType,
		final double globalPercent, final double hotSpotPercent)
	{
		final String type = tumourType.toLowerCase(Locale.ROOT).replaceAll(
			"[\\s_-]+", " ");
		if (isNeuroendocrine(type)) {
			if (Double.isNaN(hotSpotPercent)) return null;
			final String range = hotSpotPercent < 3 ? "below 3 %"
				: hotSpotPercent <= 20 ? "3 to 20 %" : "above 20 %";
			return new Ki67Category(hotSpotPercent < 3 ? "below_3"
				: hotSpotPercent <= 20 ? "3_to_20" : "above_20",
				"neuroendocrine: hot spot " + range +
					" (the ranges of the WHO grades; mitoses and differentiation are not judged here)");
		}
		if (!isLuminalBreast(type) || Double.isNaN(globalPercent)) return null;
		final String use =
			" (International Ki67 in Breast Cancer Working Group 2021: ER-positive, HER2-negative, T1-2 N0-1, prognosis only)";
		if (globalPercent <= 5) return new Ki67Category("low",
			"breast: at most 5 %, the low prognostic range" + use);
		if (globalPercent >= 30) return new Ki67Category("high",
			"breast: at least 30 %, the high prognostic range" + use);
		return new Ki67Category("uncertain",
			"breast: between 5 and 30 %, where the index decides nothing" + use);
	}

	/**
	 * Returns what is missing for a category of a tumour type that has some,
	 * empty if nothing is.
	 */
	public static String missing(final String tumourType) {
		final String type = tumourType.toLowerCase(Locale.ROOT).replaceAll(
			"[\\s_-]+", " ");
		return type.matches(".*(breast|mamma).*") && !isNeuroendocrine(type) &&
			!isLuminalBreast(type)
				? "Ki-67: breast categories hold for ER-positive, HER2-negative tumours only; state both in the tumour type (breast ER+ HER2-) to have one"
				: "";
	}

	private static boolean isNeuroendocrine(final String type) {
		return type.matches(".*(neuroendocrine|carcinoid|\\bnet\\b|\\bnec\\b).*");
	}

	private static boolean isLuminalBreast(final String type) {
		return type.matches(".*(breast|mamma).*") && type.matches(
			".*\\ber ?(\\+|pos).*|.*\\ber$.*|.*oestrogen receptor pos.*|.*estrogen receptor pos.*|.*\\bhr ?(\\+|pos).*") &&
			type.matches(".*her2 ?(−|–|neg|/?$|[^+p]*$).*") && !type.matches(
				".*her2 ?(\\+|pos).*");
	}
}
