
package org.senoscope.core.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.run.Histogram;
import org.senoscope.core.run.HistogramScale;

class BatchGatesTest {

	private static final Gate NONE = new Gate(0.2, "fixed in the protocol");

	/** Negative cells at 0.05, positive ones at 0.6. */
	private static Histogram cells(final HistogramScale scale, final int negative,
		final int positive, final double unit, final long seed)
	{
		final long[] counts = new long[scale.bins()];
		final Random random = new Random(seed);
		for (int i = 0; i < negative + positive; i++)
			counts[scale.bin(unit * (i < negative ? 0.05 + 0.015 * random
				.nextGaussian() : 0.6 + 0.05 * random.nextGaussian()))]++;
		return scale.histogram(counts);
	}

	private static BatchGates batch(final Histogram... slides) {
		BatchGates all = new BatchGates(new TreeMap<>());
		for (int i = 0; i < slides.length; i++)
			all = all.with("slide " + i, Map.of("ki67", new BatchGates.Slide(
				slides[i], NONE)));
		return all;
	}

	private static Gate gate(final BatchGates batch,
		final List<String> warnings)
	{
		return batch.gate("ki67", (readings, said) -> GateFinder.find(
			GateMethod.MIXTURE, 0.2, GateSettings.DEFAULTS, readings, said),
			warnings);
	}

	/** One slide has no positive cell and the other no negative one. */
	@Test
	void slidesWithoutAValleyHaveOneTogether() {
		final HistogramScale od = HistogramScale.OPTICAL_DENSITY;
		final List<String> warnings = new ArrayList<>();
		final Gate gate = gate(batch(cells(od, 1000, 0, 1, 1), cells(od, 0, 800, 1,
			2)), warnings);
		assertTrue(gate.value() > 0.1 && gate.value() < 0.5, "gate " + gate);
		assertTrue(gate.origin().startsWith(
			"gate of the batch, 2 slides: valley between two groups of the cells of all of them"),
			gate.origin());
		assertEquals(List.of(), warnings);
		gate(batch(cells(od, 1000, 0, 1, 1)), warnings);
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).startsWith("Batch: Gate: the readings are not"),
			warnings.get(0));
	}

	/** Bins of intensities follow each slide's noise. */
	@Test
	void intensitiesOfSlidesWithOtherBinsArePooled() {
		final Gate gate = gate(batch(cells(HistogramScale.intensity(10), 1000, 300,
			1000, 1), cells(HistogramScale.intensity(14), 1000, 300, 1000, 2), cells(
				HistogramScale.intensity(12), 1000, 300, 1000, 3)), new ArrayList<>());
		assertTrue(gate.value() > 100 && gate.value() < 500, "gate " + gate);
	}

	@Test
	void gatesFromControlsGiveTheirMedian() {
		BatchGates all = batch(cells(HistogramScale.OPTICAL_DENSITY, 10, 10, 1, 1));
		for (final double v : new double[] { 0.1, 0.4, 0.15 })
			all = all.with("control " + v, Map.of("ki67", new BatchGates.Slide(cells(
				HistogramScale.OPTICAL_DENSITY, 10, 10, 1, 1), new Gate(v, v - 0.02, v +
					0.02, "95th percentile", true))));
		final Gate gate = gate(all, new ArrayList<>());
		assertEquals(0.15, gate.value());
		assertEquals(0.13, gate.low(), 1e-9);
		assertTrue(gate.anchored());
	}

	@Test
	void aSlideThatIsReadAgainReplacesItself() {
		final BatchGates once = batch(cells(HistogramScale.OPTICAL_DENSITY, 500,
			500, 1, 1));
		assertEquals(1, once.with("slide 0", Map.of()).slides().size());
		assertNull(gate(once.with("slide 0", Map.of()), new ArrayList<>()));
	}
}
