
package org.senoscope.core.gate;

/**
 * The cut between negative and positive.
 *
 * @param value cells with a reading at or above it are positive; unit of the
 *          reading
 * @param origin where it comes from, in words that a report prints
 */
public record Gate(double value, String origin) {
}
