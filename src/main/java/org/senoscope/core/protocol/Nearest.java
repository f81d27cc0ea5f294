
package org.senoscope.core.protocol;

import java.util.Collection;

/**
 * Finds the valid word that a user probably meant, by Levenshtein's edit
 * distance.
 */
public final class Nearest {

	private Nearest() {}

	/**
	 * Returns the nearest of the valid words, the first of equals, else the first
	 * that begins with the word, or null if none is near (more than a third of
	 * the letters, at least two, would have to change).
	 */
	public static String of(final String word,
		final Collection<String> candidates)
	{
		String best = null;
		int least = Math.max(2, word.length() / 3) + 1;
		for (final String c : candidates) {
			final int d = distance(word, c);
			if (d < least) {
				least = d;
				best = c;
			}
		}
		if (best == null && word.length() > 1) for (final String c : candidates)
			if (c.startsWith(word)) return c;
		return best;
	}

	/** Returns {@code " (did you mean X?)"}, or nothing if no word is near. */
	public static String hint(final String word,
		final Collection<String> candidates)
	{
		final String best = of(word, candidates);
		return best == null ? "" : " (did you mean " + best + "?)";
	}

	/** Returns the number of letters to insert, delete or change. */
	static int distance(final String a, final String b) {
		int[] previous = new int[b.length() + 1];
		int[] row = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++)
			previous[j] = j;
		for (int i = 1; i <= a.length(); i++) {
			row[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				final int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1)
					? 0 : 1);
				row[j] = Math.min(change, 1 + Math.min(previous[j], row[j - 1]));
			}
			final int[] swap = previous;
			previous = row;
			row = swap;
		}
		return previous[b.length()];
	}
}
