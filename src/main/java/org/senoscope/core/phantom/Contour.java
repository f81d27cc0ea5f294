
package org.senoscope.core.phantom;

/**
 * A closed star-shaped outline: an ellipse with smooth Fourier perturbation and
 * sometimes a dent, as nuclei and cell bodies have.
 * <p>
 * Radii are tabulated over the diamond angle (no trigonometry a pixel). Units
 * are those of the semi-axes, the origin is the centre.
 */
final class Contour {

	private static final int STEPS = 128;

	/** Directions of the table: cosine and sine of each diamond angle. */
	private static final float[] COS = new float[STEPS], SIN = new float[STEPS];
	private static final double[] ANGLE = new double[STEPS];

	static {
		for (int i = 0; i < STEPS; i++) {
			final double p = 4.0 * i / STEPS;
			final double x = p < 1 ? 1 - p : p < 3 ? p < 2 ? 1 - p : p - 3 : p - 3;
			final double y = p < 1 ? p : p < 3 ? 2 - p : p - 4;
			final double n = StrictMath.sqrt(x * x + y * y);
			COS[i] = (float) (x / n);
			SIN[i] = (float) (y / n);
			ANGLE[i] = StrictMath.atan2(y, x);
		}
	}

	private final float[] radius = new float[STEPS + 2];
	private final float largest;

	/**
	 * @param a longer semi-axis
	 * @param b shorter semi-axis
	 * @param angle direction of the longer axis, radians from x towards y
	 * @param roughness relative amplitude of the perturbation
	 * @param dent relative depth of one indentation, 0 for none
	 * @param bits where the random numbers come from
	 */
	Contour(final double a, final double b, final double angle,
		final double roughness, final double dent, final long bits)
	{
		final double[] amplitude = new double[6], phase = new double[6];
		for (int k = 2; k < 6; k++) {
			amplitude[k] = roughness * Hash.normal(bits, 30 + k) * 1.6 / k;
			phase[k] = Hash.uniform(bits, 50 + k, 0, 2 * Math.PI);
		}
		// A dent lies on a long side, as in kidney-shaped nuclei.
		final double dentAt = angle + (Hash.uniform(bits, 60) < 0.5 ? 0.5 : -0.5) *
			Math.PI + Hash.uniform(bits, 61, -0.4, 0.4);
		float max = 0;
		for (int i = 0; i < STEPS; i++) {
			final double t = ANGLE[i] - angle;
			final double c = StrictMath.cos(t), s = StrictMath.sin(t);
			double r = a * b / StrictMath.sqrt(b * b * c * c + a * a * s * s);
			double f = 1;
			for (int k = 2; k < 6; k++) {
				f += amplitude[k] * StrictMath.cos(k * t + phase[k]);
			}
			if (dent > 0) {
				final double d = StrictMath.IEEEremainder(ANGLE[i] - dentAt, 2 *
					Math.PI);
				f -= dent * StrictMath.exp(-d * d / 0.18);
			}
			r *= Math.max(0.55, f);
			radius[i] = (float) r;
			if (r > max) max = (float) r;
		}
		radius[STEPS] = radius[0];
		radius[STEPS + 1] = radius[1];
		largest = max;
	}

	/** Returns the largest radius. */
	float largestRadius() {
		return largest;
	}

	/** Returns the radius in the direction of (dx, dy). */
	float radius(final float dx, final float dy) {
		final float sum = Math.abs(dx) + Math.abs(dy);
		if (sum == 0) return radius[0];
		final float q = dy / sum;
		final float p = dx >= 0 ? q >= 0 ? q : 4 + q : 2 - q;
		final float at = p * (STEPS / 4);
		final int i = (int) at;
		return radius[i] + (at - i) * (radius[i + 1] - radius[i]);
	}

	/** Returns the enclosed area. */
	double area() {
		double twice = 0;
		for (int i = 0; i < STEPS; i++) {
			final int j = (i + 1) % STEPS;
			twice += (double) radius[i] * radius[j] * ((double) COS[i] * SIN[j] -
				(double) SIN[i] * COS[j]);
		}
		return twice / 2;
	}
}
