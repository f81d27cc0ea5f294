
package org.senoscope.core.phenotype;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.senoscope.core.phenotype.TrainingReport.MethodScores;

class ScoresTest {

	private static final float[] TRUTH = { 0, 0, 1, 1 };

	@Test
	void tiesCountHalfInTheAreaUnderTheCurve() {
		assertEquals(1, Scores.rocAuc(new float[] { 1, 2, 3, 4 }, TRUTH));
		assertEquals(0.75, Scores.rocAuc(new float[] { 1, 3, 2, 4 }, TRUTH));
		assertEquals(0.5, Scores.rocAuc(new float[] { 1, 1, 1, 1 }, TRUTH));
	}

	@Test
	void aCellCountsAboveOneHalfAndAbstentionLeavesCellsOut() {
		final float[] p = { 0.1f, 0.6f, 0.5f, 0.9f };
		final MethodScores s = Scores.of("m", List.of("a"), p, TRUTH, false,
			new boolean[] { true, false, false, true });
		assertEquals(0.5, s.balancedAccuracy());
		assertEquals(0.5, s.classes().get(0).sensitivity());
		assertEquals(0.5, s.coverage());
		assertEquals(1, s.balancedAccuracyAtCoverage());
		// |0.1-0| + |0.6-0| + |0.5-1| + |0.9-1|, each alone in its bin, over 4.
		assertEquals(1.3 / 4, s.calibrationError(), 1e-6);
	}
}
