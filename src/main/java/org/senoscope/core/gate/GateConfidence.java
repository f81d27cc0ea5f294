
package org.senoscope.core.gate;

/**
 * How sure it is that a cell lies below a gate, from how well its reading and
 * the gate are known.
 */
public final class GateConfidence {

	/** Width of a 95 % interval in standard errors. */
	private static final double WIDTH = 2 * 1.959964;

	/**
	 * As many independent pixels a nucleus is worth: its mean errs by the spread
	 * of its pixels over the root of this. Neighbouring pixels are alike, and an
	 * outline that takes in too much or too little, which errs most, spreads them
	 * too. Found on phantoms, where readings can be held beside what was planted
	 * ({@code ./build scores-ihc}); not known on real sections.
	 */
	public static final int INDEPENDENT = 4;

	private GateConfidence() {}

	/**
	 * Returns the probability that a reading without error would lie below the
	 * gate: Student's distribution with three degrees of freedom, since the error
	 * rests on {@link #INDEPENDENT} values, of the distance in standard errors of
	 * reading and gate together. It falls with the reading and is 0.5 at the
	 * gate. It takes readings around the gate to be equally frequent beforehand,
	 * and knows nothing of what shifts all cells alike (antibody, stain vectors).
	 *
	 * @param value reading of the cell
	 * @param error its standard error
	 * @param gate the gate; its interval counts where it has one
	 * @return NaN where reading, error or gate is not known
	 */
	public static double below(final double value, final double error,
		final Gate gate)
	{
		final double own = (gate.high() - gate.low()) / WIDTH;
		final double s = Math.hypot(error, Double.isNaN(own) ? 0 : own);
		final double away = gate.value() - value;
		if (Double.isNaN(away) || Double.isNaN(s)) return Double.NaN;
		if (s == 0) return away > 0 ? 1 : 0;
		final double t = away / s / Math.sqrt(3);
		return 0.5 + (t / (1 + t * t) + Math.atan(t)) / Math.PI;
	}
}
