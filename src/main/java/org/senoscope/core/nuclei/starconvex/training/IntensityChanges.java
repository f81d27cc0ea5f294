
package org.senoscope.core.nuclei.starconvex.training;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.stain.StainVectors;

/**
 * Random changes of a patch that leave the nuclei where they are: what other
 * exposures, lamps, lenses, cameras and stainings would have made of it.
 */
final class IntensityChanges {

	private static final double DARKEST = 1 / 255.0;
	private static final double UNLIKE = 0.25;
	private static final double UNLIKE_SIZE = 0.4;

	private IntensityChanges() {}

	/**
	 * Changes a fluorescence patch, nuclei near 1 on 0.
	 *
	 * @param v side x side values, changed in place
	 * @param labels nucleus at each pixel
	 */
	static void fluorescence(final float[] v, final int[] labels, final int side,
		final RandomGenerator random)
	{
		if (random.nextDouble() < UNLIKE) unlike(v, labels, side, random);
		final double gamma = random.nextDouble() < 0.6 ? Math.exp(random.nextDouble(
			-0.5, 0.5)) : 1;
		final double gain = Math.exp(random.nextDouble(-0.4, 0.4));
		final double offset = random.nextDouble(-0.1, 0.15);
		// Uneven light, and nuclei that hold less of the dye on one side.
		final double slope = random.nextDouble() < 0.3 ? random.nextDouble(0.4) : 0;
		final double angle = random.nextDouble(2 * Math.PI);
		final double dx = slope * Math.cos(angle) / side;
		final double dy = slope * Math.sin(angle) / side;
		for (int y = 0, i = 0; y < side; y++)
			for (int x = 0; x < side; x++, i++) {
				final double power = gamma == 1 ? v[i] : Math.signum(v[i]) * Math.pow(
					Math.abs(v[i]), gamma);
				v[i] = (float) (offset + power * gain * (1 + dx * (x - side / 2) + dy *
					(y - side / 2)));
			}
		blur(v, side, 1, random, 0.35, 1.6);
		if (random.nextDouble() < 0.5) {
			final double camera = random.nextDouble(0.08);
			final double photons = random.nextDouble(0.1);
			for (int i = 0; i < v.length; i++)
				v[i] += random.nextGaussian() * (camera + photons * Math.sqrt(Math.max(
					0, v[i])));
		}
	}

	/** Nuclei that hold more or less of the dye than their neighbours. */
	private static void unlike(final float[] v, final int[] labels,
		final int side, final RandomGenerator random)
	{
		final Map<Integer, Float> gains = new HashMap<>();
		final float[] gain = new float[v.length];
		for (int i = 0; i < gain.length; i++)
			gain[i] = labels[i] <= 0 ? 1 : gains.computeIfAbsent(labels[i],
				l -> (float) Math.exp(random.nextGaussian() * UNLIKE_SIZE));
		final float[] soft = Blur.gaussian(gain, side, side, 1, 1);
		for (int i = 0; i < v.length; i++)
			v[i] *= soft[i];
	}

	/**
	 * Changes a patch of a stained section, glass at 1: the stains are separated
	 * and put together again with other amounts and colours.
	 *
	 * @param v side x side x 3 values, changed in place
	 */
	static void stained(final float[] v, final int side,
		final RandomGenerator random)
	{
		final StainVectors he = StainVectors.builtIn(ImageKind.H_E);
		final double[][] to = new double[3][];
		final double[] amount = new double[3];
		for (int s = 0; s < 3; s++) {
			to[s] = jittered(he.vector(s), s == StainVectors.RESIDUAL ? 0 : 0.12,
				random);
			amount[s] = Math.exp(random.nextDouble(-0.5, 0.5));
		}
		// Nuclei may be brown in all, and what lies between them too.
		final double[] dab = StainVectors.builtIn(ImageKind.H_DAB).vector(
			StainVectors.CHROMOGEN);
		final double colours = random.nextDouble();
		if (colours < 0.2) to[0] = jittered(dab, 0.12, random);
		else if (colours < 0.35) to[1] = jittered(dab, 0.12, random);
		// density out = density in * weights * amounts * vectors
		final double[] mix = new double[9];
		for (int s = 0; s < 3; s++) {
			final double[] weights = he.weights(s);
			for (int in = 0; in < 3; in++)
				for (int out = 0; out < 3; out++)
					mix[in * 3 + out] += weights[in] * amount[s] * to[s][out];
		}
		final double lamp = Math.exp(random.nextDouble(-0.08, 0.05));
		final double[] tint = new double[3];
		for (int c = 0; c < 3; c++)
			tint[c] = lamp * Math.exp(random.nextDouble(-0.03, 0.03));
		final double[] density = new double[3];
		for (int i = 0; i < v.length; i += 3) {
			for (int c = 0; c < 3; c++)
				density[c] = -Math.log(Math.max(DARKEST, v[i + c]));
			for (int c = 0; c < 3; c++) {
				final double d = density[0] * mix[c] + density[1] * mix[3 + c] +
					density[2] * mix[6 + c];
				v[i + c] = (float) (tint[c] * Math.exp(-d));
			}
		}
		blur(v, side, 3, random, 0.4, 1.5);
		if (random.nextDouble() < 0.5) {
			final double noise = random.nextDouble(0.04);
			for (int i = 0; i < v.length; i++)
				v[i] += noise * random.nextGaussian();
		}
		// as a camera ends at its white, and as networks are given them
		for (int i = 0; i < v.length; i++)
			v[i] = Math.max(0, Math.min(1, v[i]));
	}

	private static double[] jittered(final double[] vector, final double size,
		final RandomGenerator random)
	{
		final double[] out = new double[3];
		double square = 0;
		for (int c = 0; c < 3; c++) {
			out[c] = vector[c] + size * random.nextGaussian();
			// no stain lets more light through than glass
			if (size > 0) out[c] = Math.max(0.05, out[c]);
			square += out[c] * out[c];
		}
		for (int c = 0; c < 3; c++)
			out[c] /= Math.sqrt(square);
		return out;
	}

	private static void blur(final float[] v, final int side, final int channels,
		final RandomGenerator random, final double share, final double most)
	{
		if (random.nextDouble() < share) System.arraycopy(Blur.gaussian(v, side,
			side, channels, random.nextDouble(most)), 0, v, 0, v.length);
	}
}
