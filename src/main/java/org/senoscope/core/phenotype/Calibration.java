
package org.senoscope.core.phenotype;

import org.senoscope.core.phenotype.TrainingSettings.Prior;

/**
 * Turns log-odds of a network into probabilities that are right as often as
 * they say, on cells the network had not seen: {@code slope x logit +
 * intercept}, then a sigmoid (Platt 1999) or, where a cell has exactly one
 * class, a softmax with one slope for all (temperature and bias; Guo et al.,
 * ICML 2017).
 *
 * @param slope one a class
 * @param intercept one a class, the prior in it
 * @param exclusive whether a cell has exactly one class
 * @param prior class frequencies the probabilities assume
 */
public record Calibration(float[] slope, float[] intercept, boolean exclusive,
		double[] prior) {

	private static final int ITERATIONS = 200;

	/**
	 * Fits.
	 *
	 * @param logits {@code cells x classes} of cells that were held out
	 * @param truth {@code cells x classes}, 1 or 0
	 * @param classes number of classes
	 * @param exclusive whether a cell has exactly one class
	 * @param wanted prior to move the intercepts to
	 */
	public static Calibration fit(final float[] logits, final float[] truth,
		final int classes, final boolean exclusive, final Prior wanted)
	{
		final int n = truth.length / classes;
		final float[] slope = new float[classes];
		final float[] intercept = new float[classes];
		java.util.Arrays.fill(slope, 1);
		final Calibration c = new Calibration(slope, intercept, exclusive,
			new double[classes]);
		for (int iteration = 0; iteration < ITERATIONS; iteration++) {
			// Newton's steps, the intercepts and the slopes in turn; the ridge keeps
			// classes that are told apart without error from running away.
			final boolean slopes = iteration % 2 == 1;
			final double[] gradient = new double[classes];
			final double[] curvature = new double[classes];
			final float[] p = c.probabilities(logits);
			for (int i = 0; i < n * classes; i++) {
				final int k = i % classes;
				final double x = slopes ? logits[i] : 1;
				gradient[k] += (p[i] - truth[i]) * x;
				curvature[k] += p[i] * (1 - p[i]) * x * x;
			}
			if (slopes && exclusive) {
				java.util.Arrays.fill(gradient, java.util.Arrays.stream(gradient)
					.sum());
				java.util.Arrays.fill(curvature, java.util.Arrays.stream(curvature)
					.sum());
			}
			for (int k = 0; k < classes; k++) {
				final float[] parameter = slopes ? slope : intercept;
				final double from = slopes ? slope[k] - 1 : intercept[k];
				final double step = (gradient[k] + from) / (curvature[k] + 1);
				parameter[k] -= (float) Math.max(-1, Math.min(1, step));
				if (slopes) slope[k] = Math.max(0.05f, slope[k]);
			}
		}
		c.movePrior(truth, n, wanted);
		return c;
	}

	private void movePrior(final float[] truth, final int n, final Prior wanted) {
		final int classes = slope.length;
		double total = 0;
		for (int k = 0; k < classes; k++) {
			double share = 0;
			for (int i = 0; i < n; i++)
				share += truth[i * classes + k];
			share = Math.max(0.5, Math.min(n - 0.5, share)) / n;
			final double odds = exclusive ? Math.log(share * classes) : Math.log(
				share / (1 - share));
			final double moved = switch (wanted) {
				case NATURAL -> 0;
				case HALFWAY -> odds / 2;
				case BALANCED -> odds;
			};
			intercept[k] -= (float) moved;
			prior[k] = exclusive ? Math.exp(odds - moved) : 1 / (1 + Math.exp(moved -
				odds));
			total += prior[k];
		}
		if (exclusive) for (int k = 0; k < classes; k++)
			prior[k] /= total;
	}

	/** Returns {@code cells x classes} probabilities. */
	public float[] probabilities(final float[] logits) {
		final int classes = slope.length;
		final float[] p = new float[logits.length];
		for (int i = 0; i < p.length; i += classes) {
			double sum = 0;
			double most = Double.NEGATIVE_INFINITY;
			for (int k = 0; k < classes; k++)
				most = Math.max(most, slope[k] * logits[i + k] + intercept[k]);
			for (int k = 0; k < classes; k++) {
				final double z = slope[k] * logits[i + k] + intercept[k];
				p[i + k] = (float) (exclusive ? Math.exp(z - most) : 1 / (1 + Math.exp(
					-z)));
				sum += p[i + k];
			}
			if (exclusive) for (int k = 0; k < classes; k++)
				p[i + k] /= (float) sum;
		}
		return p;
	}

	/**
	 * Returns how certain the call of a cell is: the distance from one half of
	 * its least certain class, or the highest probability where a cell has
	 * exactly one of several classes.
	 */
	public static float certainty(final float[] probabilities, final int cell,
		final int classes, final boolean exclusive)
	{
		float least = Float.POSITIVE_INFINITY;
		float most = 0;
		for (int k = 0; k < classes; k++) {
			final float p = probabilities[cell * classes + k];
			least = Math.min(least, Math.abs(p - 0.5f));
			most = Math.max(most, p);
		}
		return exclusive ? most : least;
	}
}
