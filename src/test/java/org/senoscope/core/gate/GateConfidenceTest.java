
package org.senoscope.core.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GateConfidenceTest {

	private static final Gate GATE = new Gate(0.2, "fixed");

	@Test
	void itIsAHalfAtTheGateAndFallsWithTheReading() {
		assertEquals(0.5, GateConfidence.below(0.2, 0.01, GATE), 1e-12);
		double last = 1;
		for (int i = 0; i <= 100; i++) {
			final double p = GateConfidence.below(0.004 * i, 0.01, GATE);
			assertTrue(p < last, "at " + 0.004 * i);
			last = p;
		}
	}

	/** Quantiles of Student's distribution with three degrees of freedom. */
	@Test
	void itIsStudentsDistribution() {
		assertEquals(0.95, GateConfidence.below(0.2 - 2.3534 * 0.01, 0.01, GATE),
			1e-4);
		assertEquals(0.01, GateConfidence.below(0.2 + 4.5407 * 0.01, 0.01, GATE),
			1e-4);
	}

	@Test
	void whatIsUnsureOfCellOrGateMakesItLessSure() {
		final double sharp = GateConfidence.below(0.15, 0.01, GATE);
		assertTrue(GateConfidence.below(0.15, 0.03, GATE) < sharp);
		assertTrue(GateConfidence.below(0.15, 0.01, new Gate(0.2, 0.15, 0.25,
			"control", true)) < sharp);
	}

	@Test
	void withoutErrorTheSideDecidesAndWithoutReadingNothing() {
		assertEquals(1, GateConfidence.below(0.1, 0, GATE));
		assertEquals(0, GateConfidence.below(0.2, 0, GATE));
		assertTrue(Double.isNaN(GateConfidence.below(Double.NaN, 0.1, GATE)));
		assertTrue(Double.isNaN(GateConfidence.below(0.1, Double.NaN, GATE)));
		assertTrue(Double.isNaN(GateConfidence.below(0.1, 0.1, new Gate(Double.NaN,
			"no gate"))));
	}
}
