
package org.senoscope.core.gate;

/**
 * The cut between negative and positive.
 *
 * @param value cells with a reading at or above it are positive; unit of the
 *          reading
 * @param low lower end of its 95 % interval by bootstrap; NaN where it has none
 * @param high upper end of it
 * @param origin where it comes from, in words that a report prints
 * @param anchored whether it rests on a biological negative control
 */
public record Gate(double value, double low, double high, String origin,
		boolean anchored) {

	/** Makes a gate without an interval that rests on no control. */
	public Gate(final double value, final String origin) {
		this(value, Double.NaN, Double.NaN, origin, false);
	}
}
