
package org.senoscope.core.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.senoscope.core.protocol.ControlRole;
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

	private static Gate find(final GateMethod method, final double fixed,
		final Histogram cells, final List<String> warnings)
	{
		return GateFinder.find(method, fixed, GateSettings.DEFAULTS, GateReadings
			.of(cells), warnings);
	}

	@Test
	void fixedIsWhatTheProtocolSays() {
		final List<String> warnings = new ArrayList<>();
		final Gate gate = find(GateMethod.FIXED, 0.2, normal(1, new double[] { 0.1,
			0.02, 500 }), warnings);
		assertEquals(0.2, gate.value());
		assertTrue(warnings.isEmpty());
	}

	@Test
	void mixtureAndOtsuFindTheGapBetweenTwoGroups() {
		for (int seed = 0; seed < 20; seed++) {
			final Histogram h = normal(seed, new double[] { 0.08, 0.04, 1600 },
				new double[] { 0.6, 0.12, 400 });
			final List<String> warnings = new ArrayList<>();
			final Gate mixture = find(GateMethod.MIXTURE, 0.2, h, warnings);
			assertTrue(warnings.isEmpty(), "seed " + seed + ": " + warnings);
			assertTrue(mixture.value() > 0.18 && mixture.value() < 0.36, "mixture " +
				mixture.value());
			final double otsu = find(GateMethod.OTSU, 0.2, h, warnings).value();
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
			final Gate gate = find(GateMethod.MIXTURE, 0.25, new Histogram(-0.2,
				0.005, counts), warnings);
			if (warnings.isEmpty()) invented++;
			else assertEquals(0.25, gate.value());
		}
		assertTrue(invented <= 2, invented +
			" of 40 unimodal channels were given a gate");
	}

	@Test
	void fewCellsGiveNoGate() {
		final List<String> warnings = new ArrayList<>();
		final Gate gate = find(GateMethod.OTSU, 0.2, normal(1, new double[] { 0.1,
			0.02, 20 }, new double[] { 0.8, 0.02, 20 }), warnings);
		assertEquals(0.2, gate.value());
		assertEquals(1, warnings.size());
	}

	/**
	 * One per cent of 5,000 cells, ten deviations away: all but all are found.
	 */
	@Test
	void rarePositiveCellsAreParted() {
		int near = 0;
		for (int seed = 0; seed < 20; seed++) {
			final Gate gate = find(GateMethod.MIXTURE, Double.NaN, normal(seed,
				new double[] { 0.08, 0.02, 4950 }, new double[] { 0.28, 0.03, 50 }),
				new ArrayList<>());
			if (gate.value() > 0.14 && gate.value() < 0.22) near++;
		}
		assertTrue(near >= 19, near + " of 20");
	}

	/** Of three groups the lowest is negative. */
	@Test
	void ofThreeGroupsTheLowestIsNegative() {
		final Gate gate = find(GateMethod.MIXTURE, Double.NaN, normal(3,
			new double[] { 0.05, 0.02, 3000 }, new double[] { 0.4, 0.04, 800 },
			new double[] { 0.9, 0.06, 1500 }), new ArrayList<>());
		assertTrue(gate.value() > 0.11 && gate.value() < 0.3, "" + gate);
		assertTrue(gate.low() <= gate.value() && gate.value() <= gate.high());
	}

	@Test
	void triangleLiesAtTheFootOfThePeak() {
		final Gate gate = find(GateMethod.TRIANGLE, Double.NaN, normal(4,
			new double[] { 0.1, 0.03, 5000 }, new double[] { 0.7, 0.3, 250 }),
			new ArrayList<>());
		assertTrue(gate.value() > 0.13 && gate.value() < 0.3, "" + gate);
	}

	/** 1 to 1,000 has its 95th percentile at 950.05. */
	@Test
	void aControlGivesItsPercentileWithAnInterval() {
		final Random random = new Random(1);
		final float[] values = new float[1000];
		final int[] places = new int[1000];
		for (int i = 0; i < 1000; i++) {
			values[i] = 1 + i * 7 % 1000;
			places[i] = random.nextInt(100);
		}
		final ControlSample sample = new ControlSample("c.tif", values, places);
		final double[] q = sample.quantile(0.95, 1);
		assertEquals(950.05, q[0], 0.01);
		// the standard error of that rank is 7 cells
		assertEquals(950 - 14, q[1], 8);
		assertEquals(950 + 14, q[2], 8);
		assertEquals(0.051, sample.shareAbove(950), 1e-9);
	}

	/** Cells of a place that are alike widen the interval. */
	@Test
	void placesThatDifferWidenTheInterval() {
		final Random random = new Random(1);
		final float[] values = new float[2000];
		final int[] places = new int[2000], single = new int[2000];
		final double[] shift = new double[20];
		for (int p = 0; p < 20; p++)
			shift[p] = random.nextGaussian();
		for (int i = 0; i < 2000; i++) {
			places[i] = i / 100;
			values[i] = (float) (shift[places[i]] + 0.3 * random.nextGaussian());
		}
		final double[] clustered = new ControlSample("", values, places).quantile(
			0.95, 1), alone = new ControlSample("", values, single).quantile(0.95, 1);
		assertEquals(clustered[0], alone[0]);
		assertTrue(clustered[2] - clustered[1] > 2 * (alone[2] - alone[1]));
	}

	@Test
	void aControlWithoutCellsOrNoControlLeavesTheFixedGate() {
		final List<String> warnings = new ArrayList<>();
		assertEquals(0.2, find(GateMethod.CONTROL, 0.2, normal(1, new double[] {
			0.1, 0.02, 500 }), warnings).value());
		assertTrue(warnings.get(0).contains("no negative control"), warnings.get(
			0));
		assertEquals(0.2, GateFinder.find(GateMethod.AUTO, 0.2,
			GateSettings.DEFAULTS, new GateReadings(normal(1, new double[] { 0.1,
				0.02, 500 }), Map.of(ControlRole.NEGATIVE, new ControlSample("few.tif",
					new float[10], new int[10]))), warnings).value());
		assertTrue(warnings.get(1).contains("has 10 cells"), warnings.get(1));
	}
}
