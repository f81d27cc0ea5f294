
package org.senoscope.core.phenotype;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.senoscope.core.phenotype.TrainingSettings.Prior;

/**
 * Turns log-odds of a network into probabilities that are right as often as
 * they say, on cells the network had not seen: {@code slope x logit +
 * intercept}, then a sigmoid (Platt 1999) or, where a cell has exactly one
 * class, a softmax with one slope for all (temperature and bias; Guo et al.,
 * ICML 2017). Where cells differ in what was measured of them, slope and
 * intercept differ too: a network is more often too sure of few markers than of
 * many, or of some markers than of others.
 *
 * @param slope one a class
 * @param intercept one a class, the prior in it
 * @param exclusive whether a cell has exactly one class
 * @param prior class frequencies the probabilities assume
 * @param slopeMeasured {@code features x classes}: what a feature that was
 *          measured adds to the logarithm of the slope; null: nothing
 * @param interceptMeasured what it adds to the intercept; null: nothing
 */
public record Calibration(float[] slope, float[] intercept, boolean exclusive,
		double[] prior, float[] slopeMeasured, float[] interceptMeasured) {

	private static final int ITERATIONS = 200;

	/** Steps of the fit by what was measured (Adam; Kingma and Ba, ICLR 2015). */
	private static final int PANEL_STEPS = 150;
	private static final double PANEL_RATE = 0.05;
	/** Holds back what few cells say of a feature; chosen on simulated panels. */
	private static final double RIDGE = 10;
	/** Share of the cells that have to have a feature, and to lack it. */
	private static final double VARYING = 0.02;
	/** Probabilities nearer to 0 or 1 are rounded. */
	private static final double LEAST = 1e-6;

	/**
	 * Fits.
	 *
	 * @param logits {@code cells x classes} of cells that were held out
	 * @param truth {@code cells x classes}, 1 or 0
	 * @param classes number of classes
	 * @param exclusive whether a cell has exactly one class
	 * @param wanted prior to move the intercepts to
	 * @param values {@code cells x features}, NaN: not measured; null: everything
	 *          was
	 */
	public static Calibration fit(final float[] logits, final float[] truth,
		final int classes, final boolean exclusive, final Prior wanted,
		final float[] values)
	{
		final int n = truth.length / classes;
		final float[] slope = new float[classes];
		final float[] intercept = new float[classes];
		Arrays.fill(slope, 1);
		final Calibration c = new Calibration(slope, intercept, exclusive,
			new double[classes], null, null);
		for (int iteration = 0; iteration < ITERATIONS; iteration++) {
			// Newton's steps, the intercepts and the slopes in turn; the ridge keeps
			// classes that are told apart without error from running away.
			final boolean slopes = iteration % 2 == 1;
			final double[] gradient = new double[classes];
			final double[] curvature = new double[classes];
			final float[] p = c.probabilities(logits, null);
			for (int i = 0; i < n * classes; i++) {
				final int k = i % classes;
				final double x = slopes ? logits[i] : 1;
				gradient[k] += (p[i] - truth[i]) * x;
				curvature[k] += p[i] * (1 - p[i]) * x * x;
			}
			if (slopes && exclusive) {
				Arrays.fill(gradient, Arrays.stream(gradient).sum());
				Arrays.fill(curvature, Arrays.stream(curvature).sum());
			}
			for (int k = 0; k < classes; k++) {
				final float[] parameter = slopes ? slope : intercept;
				final double from = slopes ? slope[k] - 1 : intercept[k];
				final double step = (gradient[k] + from) / (curvature[k] + 1);
				parameter[k] -= (float) Math.max(-1, Math.min(1, step));
				if (slopes) slope[k] = Math.max(0.05f, slope[k]);
			}
		}
		final Calibration panels = values == null ? c : c.byPanel(logits, truth,
			values);
		panels.movePrior(truth, n, wanted);
		return panels;
	}

	/** The same, by what was measured, where that differs between cells. */
	private Calibration byPanel(final float[] logits, final float[] truth,
		final float[] values)
	{
		final int k = slope.length, n = truth.length / k, f = values.length / n;
		final double[] share = new double[f];
		for (int i = 0; i < values.length; i++)
			if (!Float.isNaN(values[i])) share[i % f] += 1.0 / n;
		final int[] varying = IntStream.range(0, f).filter(
			j -> share[j] > VARYING && share[j] < 1 - VARYING).toArray();
		if (varying.length == 0) return this;
		final int v = varying.length;
		// Rows: the constant, then the features by how far they are from their
		// mean; columns: logarithms of slopes, then intercepts.
		final double[] w = new double[(v + 1) * 2 * k];
		for (int c = 0; c < k; c++) {
			w[c] = Math.log(slope[c]);
			w[k + c] = intercept[c];
		}
		final double[] gradient = new double[w.length], first =
			new double[w.length], second = new double[w.length];
		final double[] x = new double[v + 1], z = new double[2 * k];
		x[0] = 1;
		for (int step = 1; step <= PANEL_STEPS; step++) {
			for (int i = 0; i < w.length; i++)
				gradient[i] = i < 2 * k ? 0 : RIDGE * w[i] / n;
			for (int i = 0; i < n; i++) {
				for (int j = 0; j < v; j++)
					x[j + 1] = (Float.isNaN(values[i * f + varying[j]]) ? 0 : 1) -
						share[varying[j]];
				Arrays.fill(z, 0);
				for (int j = 0; j <= v; j++)
					for (int c = 0; c < 2 * k; c++)
						z[c] += w[j * 2 * k + c] * x[j];
				double sum = 0, most = Double.NEGATIVE_INFINITY;
				for (int c = 0; c < k; c++) {
					z[c] = Math.exp(z[c]) * logits[i * k + c];
					z[k + c] += z[c];
					most = Math.max(most, z[k + c]);
				}
				for (int c = 0; c < k; c++)
					sum += Math.exp(z[k + c] - most);
				double shared = 0;
				for (int c = 0; c < k; c++) {
					final double p = exclusive ? Math.exp(z[k + c] - most) / sum : 1 /
						(1 + Math.exp(-z[k + c]));
					z[k + c] = (p - truth[i * k + c]) / n;
					z[c] *= z[k + c];
					shared += z[c];
				}
				// One slope for all classes that exclude each other.
				if (exclusive) Arrays.fill(z, 0, k, shared);
				for (int j = 0; j <= v; j++)
					for (int c = 0; c < 2 * k; c++)
						gradient[j * 2 * k + c] += z[c] * x[j];
			}
			final double rate = PANEL_RATE * (0.505 + 0.495 * Math.cos(Math.PI *
				step / PANEL_STEPS));
			for (int i = 0; i < w.length; i++) {
				first[i] += 0.1 * (gradient[i] - first[i]);
				second[i] += 0.01 * (gradient[i] * gradient[i] - second[i]);
				w[i] -= rate * first[i] / (1 - Math.pow(0.9, step)) / (Math.sqrt(
					second[i] / (1 - Math.pow(0.99, step))) + 1e-9);
			}
		}
		final float[] slopes = new float[f * k], intercepts = new float[f * k];
		for (int j = 0; j < v; j++)
			for (int c = 0; c < k; c++) {
				final double s = w[(j + 1) * 2 * k + c], b = w[(j + 1) * 2 * k + k + c];
				slopes[varying[j] * k + c] = (float) s;
				intercepts[varying[j] * k + c] = (float) b;
				w[c] -= s * share[varying[j]];
				w[k + c] -= b * share[varying[j]];
			}
		final Calibration fitted = new Calibration(slope.clone(), intercept.clone(),
			exclusive, prior, slopes, intercepts);
		for (int c = 0; c < k; c++) {
			fitted.slope[c] = (float) Math.exp(w[c]);
			fitted.intercept[c] = (float) w[k + c];
		}
		return fitted;
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

	/**
	 * Returns {@code cells x classes} probabilities.
	 *
	 * @param values {@code cells x features}, NaN: not measured; null: everything
	 *          was, or it makes no difference
	 */
	public float[] probabilities(final float[] logits, final float[] values) {
		final int k = slope.length;
		final float[] p = new float[logits.length];
		final double[] slopes = new double[k], z = new double[k];
		for (int i = 0; i < p.length; i += k) {
			ofCell(values, i / k, p.length / k, slopes, z);
			double sum = 0, most = Double.NEGATIVE_INFINITY;
			for (int c = 0; c < k; c++) {
				z[c] += slopes[c] * logits[i + c];
				most = Math.max(most, z[c]);
			}
			for (int c = 0; c < k; c++) {
				p[i + c] = (float) (exclusive ? Math.exp(z[c] - most) : 1 / (1 + Math
					.exp(-z[c])));
				sum += p[i + c];
			}
			if (exclusive) for (int c = 0; c < k; c++)
				p[i + c] /= (float) sum;
		}
		return p;
	}

	/**
	 * Returns the log-odds that {@link #probabilities} turns into some
	 * probabilities; where classes exclude each other, but for a number that all
	 * classes of a cell share.
	 */
	public float[] logits(final float[] probabilities, final float[] values) {
		final int k = slope.length;
		final float[] logits = new float[probabilities.length];
		final double[] slopes = new double[k], z = new double[k];
		for (int i = 0; i < logits.length; i += k) {
			ofCell(values, i / k, logits.length / k, slopes, z);
			for (int c = 0; c < k; c++) {
				final double p = Math.max(LEAST, Math.min(1 - LEAST, probabilities[i +
					c]));
				logits[i + c] = (float) ((Math.log(exclusive ? p : p / (1 - p)) -
					z[c]) / slopes[c]);
			}
		}
		return logits;
	}

	/** Slopes and intercepts for what was measured of a cell. */
	private void ofCell(final float[] values, final int cell, final int cells,
		final double[] slopes, final double[] intercepts)
	{
		final int k = slope.length;
		final int f = values == null || slopeMeasured == null ? 0 : values.length /
			cells;
		for (int c = 0; c < k; c++) {
			double turn = 0;
			intercepts[c] = intercept[c];
			for (int j = 0; j < f; j++) {
				if (Float.isNaN(values[cell * f + j])) continue;
				turn += slopeMeasured[j * k + c];
				intercepts[c] += interceptMeasured[j * k + c];
			}
			slopes[c] = slope[c] * Math.exp(turn);
		}
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
