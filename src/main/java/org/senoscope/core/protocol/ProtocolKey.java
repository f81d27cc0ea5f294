
package org.senoscope.core.protocol;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One key of a protocol or one run option, as read from its {@link Key}: all
 * that protocol files, command-line flags, macro keys, dialogs and the
 * documentation need to know of it.
 *
 * @param section name of the section, empty at the top level
 * @param name name inside the section, in snake case
 * @param type type of the value
 * @param defaultValue value where nothing is said: String, Double (NaN: open),
 *          Integer, Boolean or an enum constant
 * @param unit unit of a number, empty where it has none
 * @param min smallest value allowed
 * @param max largest value allowed
 * @param choices words allowed, in order; empty unless the type is
 *          {@link Type#CHOICE}
 * @param meaning one sentence
 * @param label short label in dialogs, empty: no place in dialogs
 * @param file whether the value is the path of a file
 * @param javaType type of the record component behind the key
 */
public record ProtocolKey(String section, String name, Type type,
		Object defaultValue, String unit, double min, double max,
		List<String> choices, String meaning, String label, boolean file,
		Class<?> javaType) {

	/** What kind of value a key takes. */
	public enum Type {
			/** Any text on one line. */
			TEXT,
			/** A number, '.' as decimal sign. */
			NUMBER,
			/** A whole number. */
			INTEGER,
			/** true or false. */
			FLAG,
			/** One of the choices. */
			CHOICE
	}

	private static final Pattern NUMBER = Pattern.compile(
		"[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
	private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,18}");

	/** Copies the choices. */
	public ProtocolKey {
		choices = List.copyOf(choices);
	}

	/** Returns whether the value names files, alone or with a role before it. */
	public boolean namesFiles() {
		return file || path().equals("control") || path().equals("rounds");
	}

	/** Returns the path in a protocol file, {@code ki67.gate}. */
	public String path() {
		return section.isEmpty() ? name : section + "." + name;
	}

	/** Returns the key in macros and name of the field, {@code ki67_gate}. */
	public String macroKey() {
		return section.isEmpty() ? name : section + "_" + name;
	}

	/** Returns the flag of the command line, {@code --ki67-gate}. */
	public String flag() {
		return "--" + macroKey().replace('_', '-');
	}

	/** Returns whether the key may be left open (a number that is NaN). */
	public boolean mayBeOpen() {
		return defaultValue instanceof Double d && d.isNaN();
	}

	/**
	 * Returns a value as protocols write it; open numbers and texts are empty.
	 */
	public String text(final Object value) {
		if (value instanceof Double d) return d.isNaN() ? "" : BigDecimal.valueOf(d)
			.stripTrailingZeros().toPlainString();
		if (value instanceof Enum<?> e) return word(e);
		return value.toString();
	}

	/** Returns the default as protocols write it. */
	public String defaultText() {
		return text(defaultValue);
	}

	/**
	 * Returns what values are allowed, in words: choices, range and unit, or the
	 * type.
	 */
	public String allowed() {
		return switch (type) {
			case CHOICE -> String.join(", ", choices);
			case FLAG -> "true, false";
			case TEXT -> file ? "file" : "text";
			case NUMBER, INTEGER -> range();
		};
	}

	private String range() {
		final String what = type == Type.INTEGER ? "whole number" : "number";
		final String of = unit.isEmpty() ? "" : " " + unit;
		if (min == Double.NEGATIVE_INFINITY && max == Double.POSITIVE_INFINITY)
			return what + of;
		if (max == Double.POSITIVE_INFINITY) return what + " from " + text(min) +
			of;
		if (min == Double.NEGATIVE_INFINITY) return what + " up to " + text(max) +
			of;
		return what + " from " + text(min) + " to " + text(max) + of;
	}

	/**
	 * Reads a value from text.
	 *
	 * @param text the value as a user wrote it
	 * @return the value in the type of the record's component
	 * @throws IllegalArgumentException if it is none; the message says what is
	 *           wrong and what is allowed, without the key
	 */
	public Object parse(final String text) {
		final String t = text.strip();
		return switch (type) {
			case TEXT -> KeySyntax.check(this, oneLine(t));
			case FLAG -> flag(t);
			case CHOICE -> choice(t);
			case NUMBER -> number(t);
			case INTEGER -> whole(t);
		};
	}

	private static String oneLine(final String t) {
		if (t.chars().anyMatch(c -> c < ' ')) throw new IllegalArgumentException(
			"must be one line of text");
		return t;
	}

	private static Object flag(final String t) {
		if (t.equals("true")) return true;
		if (t.equals("false")) return false;
		throw new IllegalArgumentException("'" + t + "' is neither true nor false");
	}

	private Object choice(final String t) {
		for (final Object constant : javaType.getEnumConstants())
			if (word((Enum<?>) constant).equalsIgnoreCase(t)) return constant;
		throw new IllegalArgumentException("'" + t + "' is not one of " + String
			.join(", ", choices) + Nearest.hint(t.toLowerCase(Locale.ROOT), choices));
	}

	private Object number(final String t) {
		if (t.isEmpty() && mayBeOpen()) return Double.NaN;
		if (!NUMBER.matcher(t).matches()) throw new IllegalArgumentException("'" +
			t + "' is not a number" + (NUMBER.matcher(t.replace(',', '.')).matches()
				? " (write " + t.replace(',', '.') + ")" : "; allowed: " + range()));
		final double v = Double.parseDouble(t);
		inRange(v, t);
		return v;
	}

	private Object whole(final String t) {
		if (!WHOLE.matcher(t).matches()) throw new IllegalArgumentException("'" +
			t + "' is not a whole number; allowed: " + range());
		final long v = Long.parseLong(t);
		inRange(v, t);
		if (v != (int) v) throw new IllegalArgumentException(t +
			" is too large for a whole number");
		return (int) v;
	}

	private void inRange(final double v, final String t) {
		if (!(v >= min && v <= max && Double.isFinite(v)))
			throw new IllegalArgumentException(t + " is out of range; allowed: " +
				range());
	}

	/** Returns the word that stands for an enum constant. */
	public static String word(final Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}
}
