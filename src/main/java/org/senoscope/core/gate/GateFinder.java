
package org.senoscope.core.gate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.run.Histogram;

/**
 * Finds a gate from the readings of all cells of a slide. A gate is only taken
 * from the slide where the slide can give one: a mixture needs two well
 * separated components, else the fixed gate stands and a warning says so.
 */
public final class GateFinder {

	/** Fewest cells from which a gate is taken. */
	static final int MIN_CELLS = 100;

	/**
	 * Separation of two components, in their pooled spread, from which readings
	 * count as bimodal (Ashman, Bird and Zepf 1994).
	 */
	static final double MIN_SEPARATION = 2;

	private GateFinder() {}

	/**
	 * Finds the gate.
	 *
	 * @param method how
	 * @param fixed gate of the protocol
	 * @param histogram readings of all cells
	 * @param warnings receives one line where the method could not be carried out
	 * @return the gate
	 */
	public static Gate find(final GateMethod method, final double fixed,
		final Histogram histogram, final List<String> warnings)
	{
		final Gate written = new Gate(fixed, "fixed in the protocol");
		if (method == GateMethod.FIXED) return written;
		final long cells = Arrays.stream(histogram.counts()).sum();
		if (cells < MIN_CELLS) {
			warnings.add(String.format(Locale.ROOT,
				"Gate: only %d cells, too few to take a gate from them; the fixed gate %.3g is used.",
				cells, fixed));
			return written;
		}
		if (method == GateMethod.OTSU) return new Gate(otsu(histogram),
			"Otsu's threshold on the cells of this slide (not anchored to a control)");
		final double mixture = mixture(histogram);
		if (Double.isNaN(mixture)) {
			warnings.add(String.format(Locale.ROOT,
				"Gate: the readings are not bimodal, so no gate can be taken from them; the fixed gate %.3g is used.",
				fixed));
			return written;
		}
		return new Gate(mixture,
			"two-component mixture of the cells of this slide (not anchored to a control)");
	}

	/**
	 * Otsu's threshold (1979): the bin edge that separates the counts into two
	 * classes with the largest variance between them.
	 */
	static double otsu(final Histogram h) {
		double total = 0, weighted = 0;
		for (int i = 0; i < h.counts().length; i++) {
			total += h.counts()[i];
			weighted += (double) i * h.counts()[i];
		}
		double below = 0, belowWeighted = 0, best = -1, cut = 0;
		int ties = 0;
		for (int i = 0; i < h.counts().length - 1; i++) {
			below += h.counts()[i];
			belowWeighted += (double) i * h.counts()[i];
			if (below == 0 || below == total) continue;
			final double difference = belowWeighted / below - (weighted -
				belowWeighted) / (total - below);
			final double between = below * (total - below) * difference * difference;
			if (between > best * (1 + 1e-12)) {
				best = between;
				cut = i + 1;
				ties = 1;
			}
			else if (between >= best * (1 - 1e-12))
				// an empty gap between the classes: its middle
				cut = (cut * ties + i + 1) / ++ties;
		}
		return h.from() + cut * h.binWidth();
	}

	/**
	 * Two Gaussian components fitted by expectation-maximisation, started from
	 * Otsu's classes.
	 *
	 * @return where the upper component becomes the likelier one, NaN if the
	 *         readings are not bimodal
	 */
	static double mixture(final Histogram h) {
		final int n = h.counts().length;
		final double start = (otsu(h) - h.from()) / h.binWidth();
		final double[] weight = new double[2], mean = new double[2], variance =
			new double[2];
		for (int i = 0; i < n; i++) {
			final int c = i + 0.5 < start ? 0 : 1;
			weight[c] += h.counts()[i];
			mean[c] += h.counts()[i] * (i + 0.5);
		}
		final double total = weight[0] + weight[1];
		if (weight[0] == 0 || weight[1] == 0) return Double.NaN;
		for (int c = 0; c < 2; c++)
			mean[c] /= weight[c];
		for (int i = 0; i < n; i++) {
			final int c = i + 0.5 < start ? 0 : 1;
			variance[c] += h.counts()[i] * (i + 0.5 - mean[c]) * (i + 0.5 - mean[c]);
		}
		for (int c = 0; c < 2; c++) {
			variance[c] = Math.max(0.25, variance[c] / weight[c]);
			weight[c] /= total;
		}
		for (int iteration = 0; iteration < 200; iteration++) {
			final double[] s0 = new double[2], s1 = new double[2], s2 = new double[2];
			for (int i = 0; i < n; i++) {
				if (h.counts()[i] == 0) continue;
				final double x = i + 0.5;
				final double upper = share(x, weight, mean, variance) * h.counts()[i],
						lower = h.counts()[i] - upper;
				s0[0] += lower;
				s1[0] += lower * x;
				s2[0] += lower * x * x;
				s0[1] += upper;
				s1[1] += upper * x;
				s2[1] += upper * x * x;
			}
			double moved = 0;
			for (int c = 0; c < 2; c++) {
				if (s0[c] < 1) return Double.NaN;
				final double m = s1[c] / s0[c];
				moved = Math.max(moved, Math.abs(m - mean[c]));
				mean[c] = m;
				variance[c] = Math.max(0.25, s2[c] / s0[c] - m * m);
				weight[c] = s0[c] / total;
			}
			if (moved < 1e-6) break;
		}
		final double separation = Math.sqrt(2) * (mean[1] - mean[0]) / Math.sqrt(
			variance[0] + variance[1]);
		if (separation < MIN_SEPARATION || Math.min(weight[0], weight[1]) *
			total < MIN_CELLS / 20.0 || !hasValley(h, mean)) return Double.NaN;
		double low = mean[0], high = mean[1];
		for (int i = 0; i < 60; i++) {
			final double middle = (low + high) / 2;
			if (share(middle, weight, mean, variance) < 0.5) low = middle;
			else high = middle;
		}
		return h.from() + high * h.binWidth();
	}

	/**
	 * Whether the counts between the two means fall clearly below both peaks. A
	 * skewed single peak also fits two components better than one, but has no
	 * valley.
	 */
	private static boolean hasValley(final Histogram h, final double[] mean) {
		final int n = h.counts().length;
		final int from = Math.max(0, (int) mean[0]), to = Math.min(n - 1,
			(int) mean[1]);
		final int half = Math.max(1, (to - from) / 8);
		final double[] smooth = new double[n];
		for (int i = 0; i < n; i++) {
			double sum = 0;
			int k = 0;
			for (int j = Math.max(0, i - half); j <= Math.min(n - 1, i +
				half); j++, k++)
				sum += h.counts()[j];
			smooth[i] = sum / k;
		}
		double valley = Double.MAX_VALUE;
		for (int i = from; i <= to; i++)
			valley = Math.min(valley, smooth[i]);
		double lower = 0, upper = 0;
		for (int i = Math.max(0, from - 2 * half); i <= Math.min(n - 1, from + 2 *
			half); i++)
			lower = Math.max(lower, smooth[i]);
		for (int i = Math.max(0, to - 2 * half); i <= Math.min(n - 1, to + 2 *
			half); i++)
			upper = Math.max(upper, smooth[i]);
		final double width = 2.0 * half + 1;
		// three standard errors of the counts under the window
		return Math.min(lower, upper) - valley > 3 * Math.sqrt((Math.min(lower,
			upper) + valley) / width);
	}

	private static double share(final double x, final double[] weight,
		final double[] mean, final double[] variance)
	{
		final double lower = Math.log(weight[0]) - 0.5 * Math.log(variance[0]) -
			(x - mean[0]) * (x - mean[0]) / (2 * variance[0]);
		final double upper = Math.log(weight[1]) - 0.5 * Math.log(variance[1]) -
			(x - mean[1]) * (x - mean[1]) / (2 * variance[1]);
		return 1 / (1 + Math.exp(lower - upper));
	}
}
