
package org.senoscope.core.phantom;

/** Transmission of an optical density, {@code 10^-od}, from a table. */
final class Absorption {

	private static final int PER_OD = 1024;
	private static final float MAX_OD = 4;
	private static final float[] TABLE = new float[(int) (MAX_OD * PER_OD) + 2];

	static {
		for (int i = 0; i < TABLE.length; i++) {
			TABLE[i] = (float) StrictMath.pow(10, -(double) i / PER_OD);
		}
	}

	private Absorption() {}

	/** Returns the transmitted share; densities are clipped to 0..4. */
	static float transmission(final float od) {
		final float at = Math.max(0, Math.min(MAX_OD, od)) * PER_OD;
		final int i = (int) at;
		return TABLE[i] + (at - i) * (TABLE[i + 1] - TABLE[i]);
	}
}
