
package org.senoscope.core.assay.costain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.senoscope.core.evidence.MarkerState;

/** Co-positivity of tables of cells whose truth is known. */
class CoPositivityTest {

	private static final MarkerState P = MarkerState.POSITIVE, N =
		MarkerState.NEGATIVE, Q = MarkerState.NOT_MEASURED;

	@Test
	void pairsAndCombinationsAreThoseOfTheCells() {
		final CoPositivity c = new CoPositivity(3, List.of());
		final MarkerState[][] cells = { { P, P, N }, { P, N, N }, { N, P, Q }, { P,
			P, P }, { N, N, N } };
		for (final MarkerState[] cell : cells)
			c.add(cell);
		assertEquals(new CoPositivity.Pair(0, 1, 5, 3, 3, 2), c.pairs().get(0));
		assertEquals(1.8, c.pairs().get(0).expected(), 1e-9);
		assertEquals(new CoPositivity.Pair(0, 2, 4, 3, 1, 1), c.pairs().get(1));
		// the cell of which a marker is not known is in no combination
		assertEquals(4, c.combinations().stream().mapToLong(
			CoPositivity.Combination::cells).sum());
	}

	@Test
	void aPanelMayHaveAnyNumberOfMarkers() {
		final int n = 130;
		final CoPositivity c = new CoPositivity(n, List.of());
		final MarkerState[] cell = new MarkerState[n];
		java.util.Arrays.fill(cell, N);
		cell[0] = cell[64] = cell[n - 1] = P;
		c.add(cell);
		final List<CoPositivity.Pair> pairs = c.pairs();
		assertEquals(n * (n - 1) / 2, pairs.size());
		assertEquals(List.of("0 64", "0 129", "64 129"), pairs.stream().filter(
			p -> p.both() > 0).map(p -> p.first() + " " + p.second()).toList());
		assertEquals("{0, 64, 129}", c.combinations().get(0).positive().toString());
	}

	/**
	 * 2,000 tables of 400 cells with shares 5 to 50 % and planted ratios of 0.5,
	 * 1 and 1.8: the mean of observed over expected is the planted ratio within
	 * three of its own standard errors and 2 %.
	 */
	@Test
	void observedOverExpectedIsWithoutBias() {
		for (final double planted : new double[] { 0.5, 1, 1.8 }) {
			final SplittableRandom random = new SplittableRandom(7);
			double sum = 0, squares = 0;
			int n = 0;
			for (int table = 0; table < 2000; table++) {
				final double a = 0.05 + 0.45 * random.nextDouble(), b = 0.05 + 0.45 *
					random.nextDouble();
				final double both = Math.min(planted * a * b, Math.min(a, b));
				if (both < planted * a * b) continue;
				final CoPositivity c = new CoPositivity(2, List.of());
				for (int cell = 0; cell < 400; cell++) {
					final double u = random.nextDouble();
					final boolean isA = u < a, isB = u < both || u >= a && u < a + b -
						both;
					c.add(new MarkerState[] { isA ? P : N, isB ? P : N });
				}
				final double ratio = c.pairs().get(0).ratio();
				if (Double.isNaN(ratio)) continue;
				sum += ratio;
				squares += ratio * ratio;
				n++;
			}
			final double mean = sum / n, error = Math.sqrt((squares / n - mean *
				mean) / n);
			assertTrue(n > 1500, "tables " + n);
			assertEquals(planted, mean, Math.min(3 * error, 0.02 * planted));
		}
	}
}
