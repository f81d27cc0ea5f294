
package org.senoscope.fiji;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

import org.senoscope.core.UserException;

/**
 * The option string of a macro's {@code run("Label", "key=value other=[a b]")},
 * read word for word.
 * <p>
 * ImageJ's own look-up finds a key by searching the text, so that
 * {@code specimen_kind=culture} also sets {@code kind}, turns a number that
 * does not parse into 0 and never sees a misspelt key. This one splits the
 * whole string, so that every word of it is accounted for.
 */
final class MacroOptions {

	private MacroOptions() {}

	/**
	 * Splits an option string into keys and values.
	 *
	 * @param options words of the form {@code key=value}; a value with blanks
	 *          stands in square brackets, which may nest, or in double quotes
	 * @return values by key, in the order of the string
	 * @throws UserException for a word that is no {@code key=value}, a bracket or
	 *           quote that is not closed, or a key given twice with different
	 *           values
	 */
	static Map<String, String> parse(final String options) {
		final Map<String, String> values = new LinkedHashMap<>();
		final int length = options.length();
		int at = skipBlanks(options, 0);
		while (at < length) {
			int end = at;
			while (end < length && options.charAt(end) != '=' && !isBlank(options
				.charAt(end)))
				end++;
			final String key = options.substring(at, end);
			if (end == length || options.charAt(end) != '=' || key.isEmpty())
				throw new UserException("macro option \"" + key +
					"\" has no value: write key=value, for switches key=true or key=false, and put values with blanks in square brackets");
			final int start = end + 1;
			final char first = start < length ? options.charAt(start) : ' ';
			final String value;
			if (first == '[' || first == '"') {
				end = first == '[' ? closingBracket(options, start, key) : closingQuote(
					options, start, key);
				value = options.substring(start + 1, end);
				end++;
				if (end < length && !isBlank(options.charAt(end)))
					throw new UserException("macro option " + key +
						": a blank must follow the closing " + (first == '[' ? "]" : "\"") +
						" before \"" + word(options, end) + "\"");
			}
			else {
				value = word(options, start);
				end = start + value.length();
			}
			final String before = values.put(key, value);
			if (before != null && !before.equals(value)) throw new UserException(
				"macro option " + key + " is given twice, as \"" + before +
					"\" and \"" + value + "\": keep one");
			at = skipBlanks(options, end);
		}
		return values;
	}

	/**
	 * Writes keys and values so that {@link #parse} reads the same: values with
	 * blanks in brackets, as ImageJ's recorder does, or in quotes where the
	 * value's own brackets do not pair.
	 */
	static String format(final Map<String, String> values) {
		final StringJoiner options = new StringJoiner(" ");
		values.forEach((key, value) -> options.add(key + "=" + quoted(value)));
		return options.toString();
	}

	private static String quoted(final String value) {
		final boolean plain = !value.isEmpty() && value.charAt(0) != '[' && value
			.charAt(0) != '"' && value.chars().noneMatch(c -> isBlank((char) c));
		if (plain) return value;
		return bracketsPair(value) ? "[" + value + "]" : '"' + value + '"';
	}

	private static boolean bracketsPair(final String value) {
		int depth = 0;
		for (int i = 0; i < value.length() && depth >= 0; i++) {
			if (value.charAt(i) == '[') depth++;
			else if (value.charAt(i) == ']') depth--;
		}
		return depth == 0;
	}

	private static int skipBlanks(final String text, final int from) {
		int at = from;
		while (at < text.length() && isBlank(text.charAt(at)))
			at++;
		return at;
	}

	private static String word(final String text, final int from) {
		int end = from;
		while (end < text.length() && !isBlank(text.charAt(end)))
			end++;
		return text.substring(from, end);
	}

	private static int closingBracket(final String text, final int open,
		final String key)
	{
		int depth = 0;
		for (int i = open; i < text.length(); i++) {
			final char c = text.charAt(i);
			if (c == '[') depth++;
			else if (c == ']' && --depth == 0) return i;
		}
		throw new UserException("macro option " + key +
			": the square bracket is not closed");
	}

	private static int closingQuote(final String text, final int open,
		final String key)
	{
		final int close = text.indexOf('"', open + 1);
		if (close < 0) throw new UserException("macro option " + key +
			": the quotation mark is not closed");
		return close;
	}

	private static boolean isBlank(final char c) {
		return c == ' ' || c == '\t' || c == '\n' || c == '\r';
	}
}
