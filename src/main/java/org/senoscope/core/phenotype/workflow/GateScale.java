
package org.senoscope.core.phenotype.workflow;

/**
 * How SCIMAP's {@code rescale} puts the values of one marker on one slide on a
 * scale from 0 to 1 on which 0.5 is the gate: values are taken as logarithm of
 * 1 + value; the one nearest to the gate becomes 0.5, the lowest 0, the highest
 * 1, between them the scale is linear. All values are added before the first is
 * scaled. Not thread-safe while values are added.
 */
public final class GateScale {

	private final double gate;
	private double low = Double.POSITIVE_INFINITY, middle = Double.NaN, high =
		Double.NEGATIVE_INFINITY;

	/**
	 * Begins a marker.
	 *
	 * @param gate its gate in the unit of the values, not NaN
	 */
	public GateScale(final double gate) {
		this.gate = log(gate);
	}

	/**
	 * Logarithm of 1 + value; below 0, where values above a background may lie,
	 * mirrored.
	 */
	private static double log(final double value) {
		return Math.copySign(Math.log1p(Math.abs(value)), value);
	}

	/** Adds a value; NaN is none. Of two as near to the gate the first counts. */
	public void add(final double value) {
		final double v = log(value);
		if (Double.isNaN(v)) return;
		low = Math.min(low, v);
		high = Math.max(high, v);
		if (!(Math.abs(v - gate) >= Math.abs(middle - gate))) middle = v;
	}

	/** Returns a value on the scale, NaN for NaN. */
	public double scaled(final double value) {
		final double v = log(value);
		if (Double.isNaN(v)) return Double.NaN;
		if (v > middle) return 0.5 + 0.5 * (v - middle) / (high - middle);
		return middle > low ? 0.5 * ((v - low) / (middle - low)) : 0;
	}
}
