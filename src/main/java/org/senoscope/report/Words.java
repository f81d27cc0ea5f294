
package org.senoscope.report;

import java.util.Locale;
import java.util.Map;

/** Numbers as people read them. */
final class Words {

	/** Stands where a number is not known. */
	static final String UNKNOWN = "not known";

	private static final char NO_BREAK = '\u00a0';

	private Words() {}

	/** Returns "6,706". */
	static String count(final long number) {
		return number < 0 ? UNKNOWN : String.format(Locale.ROOT, "%,d", number);
	}

	/** Returns "18.4 %", below one percent with two decimals. */
	static String percent(final double percent) {
		return Double.isNaN(percent) ? UNKNOWN : bare(percent) + NO_BREAK + "%";
	}

	/** Returns "16.2–20.9 %". */
	static String range(final double low, final double high) {
		return Double.isNaN(low) || Double.isNaN(high) ? UNKNOWN : bare(low) + "–" +
			bare(high) + NO_BREAK + "%";
	}

	/** Returns a number with so many significant digits, without exponent. */
	static String number(final double number, final int digits) {
		if (Double.isNaN(number) || Double.isInfinite(number)) return UNKNOWN;
		if (number == 0) return "0";
		final int decimals = Math.max(0, digits - 1 - (int) Math.floor(Math.log10(
			Math.abs(number))));
		return String.format(Locale.ROOT, "%,." + Math.min(9, decimals) + "f",
			number);
	}

	/** Like {@link #number(double, int)} without trailing zeros. */
	static String plain(final double number, final int digits) {
		final String text = number(number, digits);
		return text.matches(".*\\d\\.\\d*0") ? text.replaceAll("\\.?0+$", "")
			: text;
	}

	/** Returns a number with its unit, without trailing zeros. */
	static String plain(final double number, final int digits,
		final String unit)
	{
		return Double.isNaN(number) ? UNKNOWN : plain(number, digits) + NO_BREAK +
			unit;
	}

	/** Returns a number with its unit, "not known" without one. */
	static String number(final double number, final int digits,
		final String unit)
	{
		return Double.isNaN(number) ? UNKNOWN : number(number, digits) + NO_BREAK +
			unit;
	}

	private static String bare(final double percent) {
		return String.format(Locale.ROOT, percent > 0 && percent < 1 ? "%.2f"
			: "%.1f", percent);
	}

	/** Returns a number of a summary; NaN where there is none. */
	static double value(final Map<?, ?> values, final String key) {
		return values.get(key) instanceof final Number n ? n.doubleValue()
			: Double.NaN;
	}
}
