
package org.senoscope.core.assay.costain;

import java.util.ArrayList;
import java.util.List;

/**
 * Two markers, by their names as {@link PanelSettings#overlap()} writes them.
 *
 * @param first the one
 * @param second the other
 */
public record MarkerPair(String first, String second) {

	/**
	 * Reads pairs: A,B separated by semicolons.
	 *
	 * @throws IllegalArgumentException if they are not written so; the message
	 *           says what is wrong
	 */
	public static List<MarkerPair> parse(final String text) {
		final List<MarkerPair> pairs = new ArrayList<>();
		for (final String part : text.split("[;\\n]")) {
			if (part.isBlank()) continue;
			final String[] names = part.split(",");
			if (names.length != 2 || names[0].isBlank() || names[1].isBlank())
				throw new IllegalArgumentException("'" + part.strip() +
					"' is not a pair of markers, such as p16,p21");
			pairs.add(new MarkerPair(names[0].strip(), names[1].strip()));
		}
		return List.copyOf(pairs);
	}
}
