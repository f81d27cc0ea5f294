
package org.senoscope.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;

import org.senoscope.core.gate.Gate;
import org.senoscope.core.gate.GateFinder;
import org.senoscope.core.gate.GateReadings;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.run.HistogramScale;

/**
 * {@code ./build rates-gates}: how often a gate is invented where there is one
 * group of cells, and how well it parts two, on simulated readings.
 */
public final class GateRates {

	private static final int[] CELLS = { 200, 1000, 5000, 50_000 };
	private static final double[] SHARES = { 0.005, 0.01, 0.05, 0.2, 0.5, 0.8 };

	private GateRates() {}

	/** Prints the tables. */
	public static void main(final String[] arguments) {
		System.out.println(
			"One group of cells: share of runs in which a gate was invented (400 runs, 100 of 50,000 cells)");
		for (final boolean od : new boolean[] { true, false })
			for (final Map.Entry<String, ToDoubleFunction<Random>> e : singles()
				.entrySet())
			{
				System.out.printf(Locale.ROOT, "%-18s %-32s", od ? "optical density"
					: "intensity", e.getKey());
				for (final int n : CELLS)
					System.out.printf(Locale.ROOT, "  %,6d cells %.3f", n, invented(e
						.getValue(), od, n));
				System.out.println();
			}
		System.out.println();
		System.out.println(
			"Two groups: negative normal, positive log-normal (sd 0.25) whose median lies SEPARATION deviations above it;");
		System.out.println(
			"found: a gate is given; within: the number of cells called positive is within 5 % of the planted one");
		for (final int n : new int[] { 1000, 5000, 50_000 })
			for (final double share : SHARES)
				for (final double separation : new double[] { 6, 8, 10 })
					twoGroups(n, share, separation);
	}

	private static Map<String, ToDoubleFunction<Random>> singles() {
		final Map<String, ToDoubleFunction<Random>> all = new LinkedHashMap<>();
		all.put("normal", r -> 0.3 + 0.05 * r.nextGaussian());
		all.put("log-normal, sd 0.5", r -> 0.1 * Math.exp(0.5 * r.nextGaussian()));
		all.put("log-normal, sd 1", r -> 0.05 * Math.exp(r.nextGaussian()));
		all.put("exponential", r -> -0.1 * Math.log(1 - r.nextDouble()));
		all.put("gamma, shape 2", r -> 0.1 * gamma(r, 2));
		all.put("gamma, shape 0.5", r -> 0.1 * gamma(r, 0.5));
		all.put("Student, 3 degrees of freedom", r -> 0.3 + 0.03 * student(r, 3));
		all.put("Student, 5 degrees of freedom", r -> 0.3 + 0.03 * student(r, 5));
		all.put("uniform", r -> 0.5 * r.nextDouble());
		all.put("Laplace", r -> 0.4 + 0.04 * Math.log((1 - r.nextDouble()) / (1 - r
			.nextDouble())));
		all.put("log-normal with noise", r -> 0.02 * r.nextGaussian() + 0.05 * Math
			.exp(0.7 * r.nextGaussian()));
		return all;
	}

	private static double invented(final ToDoubleFunction<Random> draw,
		final boolean od, final int n)
	{
		final int runs = n > 10_000 ? 100 : 400;
		int gates = 0;
		for (int run = 0; run < runs; run++) {
			final Random random = new Random(7919L * run + n);
			final double[] values = new double[n];
			for (int i = 0; i < n; i++)
				values[i] = draw.applyAsDouble(random);
			if (!Double.isNaN(gate(values, od))) gates++;
		}
		return (double) gates / runs;
	}

	private static double gate(final double[] values, final boolean od) {
		final HistogramScale scale = od ? HistogramScale.OPTICAL_DENSITY
			: HistogramScale.intensity(20);
		final long[] counts = new long[scale.bins()];
		for (final double v : values)
			counts[scale.bin(od ? v : 10_000 * v)]++;
		final Gate gate = GateFinder.find(GateMethod.MIXTURE, Double.NaN,
			GateSettings.DEFAULTS, GateReadings.of(scale.histogram(counts)),
			new ArrayList<>());
		return od ? gate.value() : gate.value() / 10_000;
	}

	private static void twoGroups(final int n, final double share,
		final double separation)
	{
		final int runs = n > 10_000 ? 40 : 200;
		int found = 0, within = 0;
		double error = 0;
		for (int run = 0; run < runs; run++) {
			final Random random = new Random(31L * run + n);
			final double[] values = new double[n];
			final boolean[] positive = new boolean[n];
			int planted = 0;
			for (int i = 0; i < n; i++) {
				positive[i] = random.nextDouble() < share;
				if (positive[i]) planted++;
				values[i] = 0.08 + 0.02 * random.nextGaussian() + (positive[i] ? 0.02 *
					separation * Math.exp(0.25 * random.nextGaussian()) : 0);
			}
			final double gate = gate(values, true);
			if (Double.isNaN(gate)) continue;
			found++;
			int called = 0, wrong = 0;
			for (int i = 0; i < n; i++) {
				if (values[i] >= gate) called++;
				if (values[i] >= gate != positive[i]) wrong++;
			}
			if (Math.abs(called - planted) <= 0.05 * planted) within++;
			error += (double) wrong / n;
		}
		System.out.printf(Locale.ROOT,
			"%,6d cells  positive %4.1f %%  separation %2.0f  found %.2f  within 5 %% %.2f  cells called wrongly %.2f %%%n",
			n, 100 * share, separation, (double) found / runs, found == 0 ? Double.NaN
				: (double) within / found, found == 0 ? Double.NaN : 100 * error /
					found);
	}

	/** Marsaglia and Tsang (2000). */
	private static double gamma(final Random r, final double shape) {
		if (shape < 1) return gamma(r, shape + 1) * Math.pow(1 - r.nextDouble(), 1 /
			shape);
		final double d = shape - 1 / 3.0, c = 1 / Math.sqrt(9 * d);
		while (true) {
			final double x = r.nextGaussian(), v = Math.pow(1 + c * x, 3);
			if (v > 0 && Math.log(1 - r.nextDouble()) < 0.5 * x * x + d - d * v + d *
				Math.log(v)) return d * v;
		}
	}

	private static double student(final Random r, final double freedom) {
		return r.nextGaussian() / Math.sqrt(2 * gamma(r, freedom / 2) / freedom);
	}
}
