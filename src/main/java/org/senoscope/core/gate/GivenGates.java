
package org.senoscope.core.gate;

import java.util.Map;

/**
 * Gates that a lab brings along for a picture.
 *
 * @param origin where they come from, in words that a report prints
 * @param byMarker gate by name of the marker, in the unit of its reading
 */
public record GivenGates(String origin, Map<String, Double> byMarker) {

	/** No gates. */
	public static final GivenGates NONE = new GivenGates("", Map.of());

	/** Copies the map. */
	public GivenGates {
		byMarker = Map.copyOf(byMarker);
	}
}
