
package org.senoscope.io.output;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Writes numbers as text, quickly and the same everywhere: '.' as decimal
 * point, no grouping, no exponent, no trailing zeros, no minus zero. Nothing is
 * allocated but for numbers beyond 10^12. Not thread-safe.
 */
public final class NumberText {

	private static final int MOST_DECIMALS = 12;
	private static final double[] POWERS = new double[MOST_DECIMALS + 1];
	/** Below this, a scaled number is exact in a double. */
	private static final double EXACT = 9e15;

	static {
		double power = 1;
		for (int i = 0; i < POWERS.length; i++, power *= 10)
			POWERS[i] = power;
	}

	private char[] chars = new char[64];
	private int length;

	/**
	 * Formats with at least seven significant digits and at least three decimals
	 * (at most twelve), trailing zeros dropped. NaN and infinity give empty text.
	 */
	public NumberText reading(final double value) {
		double bound = 1000;
		int decimals = 3;
		final double size = Math.abs(value);
		while (size < bound && decimals < MOST_DECIMALS) {
			bound /= 10;
			decimals++;
		}
		return fixed(value, decimals);
	}

	/**
	 * Formats with a number of decimals at most, trailing zeros dropped. NaN and
	 * infinity give empty text.
	 *
	 * @param value the number
	 * @param decimals decimals, 0 to 12
	 */
	public NumberText fixed(final double value, final int decimals) {
		length = 0;
		if (Double.isNaN(value) || Double.isInfinite(value)) return this;
		final double scaled = Math.rint(Math.abs(value) * POWERS[decimals]);
		if (scaled >= EXACT) return big(value, decimals);
		long digits = (long) scaled;
		int left = decimals;
		while (left > 0 && digits % 10 == 0) {
			digits /= 10;
			left--;
		}
		// built from the right
		int at = chars.length;
		for (int i = 0; i < left; i++, digits /= 10)
			chars[--at] = (char) ('0' + digits % 10);
		if (left > 0) chars[--at] = '.';
		do {
			chars[--at] = (char) ('0' + digits % 10);
			digits /= 10;
		}
		while (digits > 0);
		if (value < 0 && scaled > 0) chars[--at] = '-';
		length = chars.length - at;
		System.arraycopy(chars, at, chars, 0, length);
		return this;
	}

	/** Formats a whole number. */
	public NumberText integer(final long value) {
		final String text = Long.toString(value);
		length = text.length();
		text.getChars(0, length, chars, 0);
		return this;
	}

	/** Returns the characters, of which {@link #length()} count. */
	public char[] chars() {
		return chars;
	}

	/** Returns the number of characters, 0 for a number that is not known. */
	public int length() {
		return length;
	}

	@Override
	public String toString() {
		return new String(chars, 0, length);
	}

	private NumberText big(final double value, final int decimals) {
		final String text = strip(new BigDecimal(value).setScale(decimals,
			RoundingMode.HALF_EVEN)).toPlainString();
		length = text.length();
		if (length > chars.length) chars = new char[length];
		text.getChars(0, length, chars, 0);
		return this;
	}

	private static BigDecimal strip(final BigDecimal number) {
		final BigDecimal stripped = number.stripTrailingZeros();
		return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
	}
}
