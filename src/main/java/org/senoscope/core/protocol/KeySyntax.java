
package org.senoscope.core.protocol;

import java.util.regex.Pattern;

/** The texts that have a form of their own, by key. */
final class KeySyntax {

	private static final Pattern FOUR_WHOLE = Pattern.compile(
		"\\d{1,9}(\\s*,\\s*\\d{1,9}){3}");
	private static final Pattern WHOLE_FROM_ONE = Pattern.compile(
		"[1-9]\\d{0,8}");
	private static final Pattern THREE_NUMBERS = Pattern.compile(
		"\\d*\\.?\\d+(\\s*,\\s*\\d*\\.?\\d+){2}");

	private KeySyntax() {}

	/**
	 * Returns the text if it has the form that its key wants.
	 *
	 * @throws IllegalArgumentException if not; the message says what is wrong
	 */
	static String check(final ProtocolKey key, final String text) {
		switch (key.path()) {
			case "region" -> region(text);
			case "z" -> plane(text);
			case "control" -> Control.parse(text);
			case "stains.counterstain", "stains.chromogen" -> colour(text, 10);
			case "stains.white" -> colour(text, 255);
			case "pseudonym" -> pseudonym(text);
			default -> {
				// any text will do
			}
		}
		return text;
	}

	private static void region(final String text) {
		if (text.isEmpty()) return;
		if (!FOUR_WHOLE.matcher(text).matches()) throw new IllegalArgumentException(
			"'" + text +
				"' is not x,y,width,height in whole full-resolution pixels, such as 1000,2000,512,512");
		final String[] parts = text.split("\\s*,\\s*");
		if (Integer.parseInt(parts[2]) == 0 || Integer.parseInt(parts[3]) == 0)
			throw new IllegalArgumentException("'" + text +
				"' has no area; width and height must be at least 1");
	}

	private static void plane(final String text) {
		if (!text.equals("best") && !text.equals("max") && !WHOLE_FROM_ONE.matcher(
			text).matches()) throw new IllegalArgumentException("'" + text +
				"' is neither best, max nor the number of a plane from 1");
	}

	private static void colour(final String text, final double max) {
		if (text.isEmpty()) return;
		boolean good = THREE_NUMBERS.matcher(text).matches();
		double sum = 0;
		if (good) for (final String part : text.split("\\s*,\\s*")) {
			final double v = Double.parseDouble(part);
			good &= v <= max;
			sum += v;
		}
		if (!good || sum == 0) throw new IllegalArgumentException("'" + text +
			"' is not r,g,b, three numbers from 0 to " + (int) max +
			" that are not all 0");
	}

	private static void pseudonym(final String text) {
		// It names a folder: no way out of the output folder, no character that
		// some file system refuses.
		if (text.matches(".*[/\\\\:*?\"<>|].*") || text.matches("\\.+"))
			throw new IllegalArgumentException("'" + text +
				"' cannot name a file; leave out / \\ : * ? \" < > |");
	}
}
