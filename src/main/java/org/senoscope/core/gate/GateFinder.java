
package org.senoscope.core.gate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.run.Histogram;

/**
 * Finds a gate: from the negative control, from the readings of all cells of a
 * slide, or the one of the protocol. A gate is only taken from where there is
 * one to be had: a control needs enough cells, two groups of cells a valley
 * between them; else the fixed gate stands and a warning says so.
 */
public final class GateFinder {

	/** Fewest cells from which a gate is taken. */
	static final int MIN_CELLS = 100;

	/** Fewest cells of a control that have a 95th percentile. */
	static final int MIN_CONTROL_CELLS = 50;

	private static final int RESAMPLES = 100;
	private static final long SEED = 1;

	private GateFinder() {}

	/**
	 * Finds the gate.
	 *
	 * @param method how
	 * @param fixed gate of the protocol
	 * @param settings percentile of controls
	 * @param readings of cells and controls
	 * @param warnings receives one line where the method could not be carried out
	 * @return the gate
	 */
	public static Gate find(final GateMethod method, final double fixed,
		final GateSettings settings, final GateReadings readings,
		final List<String> warnings)
	{
		final Gate written = new Gate(fixed, "fixed in the protocol");
		final ControlSample negative = readings.control(ControlRole.NEGATIVE);
		if (method == GateMethod.CONTROL || method == GateMethod.AUTO &&
			negative != null)
		{
			final Gate gate = fromControl(negative, settings, warnings, fixed);
			return gate == null ? written : gate;
		}
		if (method == GateMethod.FIXED) return written;
		final Histogram cells = readings.cells();
		final long count = Arrays.stream(cells.counts()).sum();
		if (count < MIN_CELLS) {
			warnings.add(String.format(Locale.ROOT,
				"Gate: only %d cells, too few to take a gate from them; the fixed gate %.3g is used.",
				count, fixed));
			return written;
		}
		if (method == GateMethod.OTSU) return new Gate(otsu(cells),
			"Otsu's threshold on the cells of this slide (not anchored to a control)");
		if (method == GateMethod.TRIANGLE) return new Gate(triangle(cells),
			"triangle threshold on the cells of this slide (not anchored to a control)");
		final Gate valley = valley(cells);
		if (valley != null) return valley;
		warnings.add(String.format(Locale.ROOT,
			"Gate: the readings are not bimodal, so no gate can be taken from them; the fixed gate %.3g is used.",
			fixed));
		return written;
	}

	private static Gate fromControl(final ControlSample negative,
		final GateSettings settings, final List<String> warnings,
		final double fixed)
	{
		if (negative == null || negative.cells() < MIN_CONTROL_CELLS) {
			warnings.add(negative == null ? String.format(Locale.ROOT,
				"Gate: there is no negative control to take it from; the fixed gate %.3g is used.",
				fixed) : String.format(Locale.ROOT,
					"Gate: the negative control has %d cells, fewer than %d; the fixed gate %.3g is used.",
					negative.cells(), MIN_CONTROL_CELLS, fixed));
			return null;
		}
		final double[] q = negative.quantile(settings.percentile() / 100, SEED);
		return new Gate(q[0], q[1], q[2], String.format(Locale.ROOT,
			"%s percentile of the negative control (%s, %,d cells; 95 %% interval %.3g to %.3g)",
			ordinal(settings.percentile()), negative.files(), negative.cells(), q[1],
			q[2]), true);
	}

	private static String ordinal(final double percentile) {
		final String number = percentile == Math.rint(percentile) ? Long.toString(
			(long) percentile) : Double.toString(percentile);
		final String end = number.endsWith("1") && !number.endsWith("11") ? "st"
			: number.endsWith("2") && !number.endsWith("12") ? "nd" : number.endsWith(
				"3") && !number.endsWith("13") ? "rd" : "th";
		return number + end;
	}

	/**
	 * The valley between the lowest two groups of cells, with an interval by
	 * drawing the counts anew.
	 *
	 * @return null where there is one group only
	 */
	static Gate valley(final Histogram cells) {
		final SpreadCounts spread = new SpreadCounts(cells);
		final Bimodality found = Bimodality.find(spread.counts());
		if (found == null) return null;
		final SplittableRandom random = new SplittableRandom(SEED);
		final double[] drawn = new double[RESAMPLES];
		int n = 0;
		final double[] counts = new double[SpreadCounts.BINS];
		for (int b = 0; b < RESAMPLES; b++) {
			for (int i = 0; i < counts.length; i++)
				counts[i] = Math.max(0, spread.counts()[i] + Math.sqrt(spread
					.counts()[i]) * normal(random));
			final Bimodality again = Bimodality.find(counts);
			if (again != null) drawn[n++] = spread.value(again.valley());
		}
		final double[] gates = Arrays.copyOf(drawn, n);
		Arrays.sort(gates);
		return new Gate(spread.value(found.valley()), n < RESAMPLES / 2 ? Double.NaN
			: gates[(int) (0.025 * n)], n < RESAMPLES / 2 ? Double.NaN
				: gates[(int) (0.975 * n)],
			"valley between two groups of the cells of this slide (not anchored to a control)",
			false);
	}

	/** Marsaglia's polar method, for the splittable generator has none. */
	private static double normal(final SplittableRandom random) {
		while (true) {
			final double u = 2 * random.nextDouble() - 1, v = 2 * random
				.nextDouble() - 1, s = u * u + v * v;
			if (s > 0 && s < 1) return u * Math.sqrt(-2 * Math.log(s) / s);
		}
	}

	/**
	 * Otsu's threshold (1979): the bin edge that separates the counts into two
	 * classes with the largest variance between them, on the scale of the bins.
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
		return h.value(cut);
	}

	/**
	 * The triangle threshold (Zack, Rogers and Latt 1977): the bin farthest below
	 * the line from the peak to the end of the longer tail, on counts that are
	 * smoothed as far as their number asks for.
	 */
	static double triangle(final Histogram h) {
		final SpreadCounts spread = new SpreadCounts(h);
		final double[] smooth = smooth(spread.counts(), Math.max(4, (int) (200 /
			Math.sqrt(spread.total()))));
		int peak = 0;
		for (int i = 0; i < smooth.length; i++)
			if (smooth[i] > smooth[peak]) peak = i;
		final boolean right = smooth.length - 1 - peak >= peak;
		final int end = right ? smooth.length - 1 : 0;
		double farthest = -1;
		int cut = peak;
		for (int i = Math.min(peak, end); i <= Math.max(peak, end); i++) {
			final double line = smooth[peak] + (smooth[end] - smooth[peak]) * (i -
				peak) / (double) (end - peak);
			if (line - smooth[i] > farthest) {
				farthest = line - smooth[i];
				cut = i;
			}
		}
		return spread.value(cut + 0.5);
	}

	private static double[] smooth(final double[] counts, final int half) {
		final double[] sums = new double[counts.length + 1];
		for (int i = 0; i < counts.length; i++)
			sums[i + 1] = sums[i] + counts[i];
		final double[] smooth = new double[counts.length];
		for (int i = 0; i < counts.length; i++) {
			final int a = Math.max(0, i - half), b = Math.min(counts.length, i +
				half + 1);
			smooth[i] = (sums[b] - sums[a]) / (b - a);
		}
		return smooth;
	}
}
