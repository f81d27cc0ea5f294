
package org.senoscope.core.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.run.Histogram;

class GateFinderTest {

	private static Histogram normal(final long seed,
		final double[]... components)
	{
		final Random random = new Random(seed);
		final long[] counts = new long[640];
		for (final double[] c : components)
			for (int i = 0; i < c[2]; i++)
				counts[(int) Math.max(0, Math.min(639, (c[0] + c[1] * random
					.nextGaussian() + 0.2) / 0.005))]++;
		return new Histogram(-0.2, 0.005, counts);
	}

	@Test
	void fixedIsWhatTheProtocolSays() {
		final List<String> warnings = new ArrayList<>();
		final Gate gate = GateFinder.find(GateMethod.FIXED, 0.2, normal(1,
			new double[] { 0.1, 0.02, 500 }), warnings);
		assertEquals(0.2, gate.value());
		assertTrue(warnings.isEmpty());
	}

	@Test
	void mixtureAndOtsuFindTheGapBetweenTwoGroups() {
		for (int seed = 0; seed < 20; seed++) {
			final Histogram h = normal(seed, new double[] { 0.08, 0.04, 1600 },
				new double[] { 0.6, 0.12, 400 });
			final List<String> warnings = new ArrayList<>();
			final Gate mixture = GateFinder.find(GateMethod.MIXTURE, 0.2, h,
				warnings);
			assertTrue(warnings.isEmpty(), "seed " + seed + ": " + warnings);
			assertTrue(mixture.value() > 0.18 && mixture.value() < 0.36, "mixture " +
				mixture.value());
			final double otsu = GateFinder.find(GateMethod.OTSU, 0.2, h, warnings)
				.value();
			assertTrue(otsu > 0.18 && otsu < 0.5, "Otsu " + otsu);
		}
	}

	/**
	 * One group, symmetric or skewed, gives no gate: the fixed one stands and a
	 * warning says so.
	 */
	@Test
	void oneGroupGivesNoGate() {
		int invented = 0;
		for (int seed = 0; seed < 40; seed++) {
			final Random random = new Random(seed);
			final long[] counts = new long[640];
			for (int i = 0; i < 2000; i++) {
				final double v = seed % 2 == 0 ? 0.3 + 0.08 * random.nextGaussian()
					: 0.1 * Math.exp(0.6 * random.nextGaussian());
				counts[(int) Math.max(0, Math.min(639, (v + 0.2) / 0.005))]++;
			}
			final List<String> warnings = new ArrayList<>();
			final Gate gate = GateFinder.find(GateMethod.MIXTURE, 0.25, new Histogram(
				-0.2, 0.005, counts), warnings);
			if (warnings.isEmpty()) invented++;
			else assertEquals(0.25, gate.value());
		}
		assertTrue(invented <= 2, invented +
			" of 40 unimodal channels were given a gate");
	}

	@Test
	void fewCellsGiveNoGate() {
		final List<String> warnings = new ArrayList<>();
		final Gate gate = GateFinder.find(GateMethod.OTSU, 0.2, normal(1,
			new double[] { 0.1, 0.02, 20 }, new double[] { 0.8, 0.02, 20 }),
			warnings);
		assertEquals(0.2, gate.value());
		assertEquals(1, warnings.size());
	}
}
