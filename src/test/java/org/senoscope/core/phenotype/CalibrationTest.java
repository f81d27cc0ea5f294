
package org.senoscope.core.phenotype;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.senoscope.core.phenotype.TrainingReport.MethodScores;
import org.senoscope.core.phenotype.TrainingSettings.Prior;

class CalibrationTest {

	private static final int N = 20000;
	private final float[] logits = new float[N];
	private final float[] truth = new float[N];

	/** Log-odds that are three times too sure of a class of about a fifth. */
	CalibrationTest() {
		final Random random = new Random(5);
		for (int i = 0; i < N; i++) {
			final double odds = 2 * random.nextGaussian() - 2.2;
			logits[i] = (float) (3 * odds);
			truth[i] = random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
		}
	}

	@Test
	void oversureLogOddsBecomeProbabilitiesThatHold() {
		final Calibration c = Calibration.fit(logits, truth, 1, false,
			Prior.NATURAL);
		// Sampling error of a slope from 20,000 cells is about 0.01.
		assertEquals(1 / 3.0, c.slope()[0], 0.02);
		final MethodScores s = Scores.of("", List.of("a"), c.probabilities(logits),
			truth, false, null);
		assertTrue(s.calibrationError() < 0.01, "" + s.calibrationError());
	}

	@Test
	void theBalancedPriorMovesTheCallNotTheOrder() {
		final float[] natural = Calibration.fit(logits, truth, 1, false,
			Prior.NATURAL).probabilities(logits);
		final Calibration balanced = Calibration.fit(logits, truth, 1, false,
			Prior.BALANCED);
		final float[] p = balanced.probabilities(logits);
		assertEquals(0.5, balanced.prior()[0], 1e-9);
		assertEquals(Scores.rocAuc(natural, truth), Scores.rocAuc(p, truth), 1e-4);
		final MethodScores s = Scores.of("", List.of("a"), p, truth, false, null);
		final MethodScores before = Scores.of("", List.of("a"), natural, truth,
			false, null);
		assertTrue(s.balancedAccuracy() > before.balancedAccuracy() + 0.02);
	}

	@Test
	void halfwayIsTheGeometricMeanOfTheOdds() {
		final double natural = odds(Prior.NATURAL);
		assertEquals(Math.sqrt(natural), odds(Prior.HALFWAY), 1e-6);
		assertEquals(1, odds(Prior.BALANCED), 1e-6);
	}

	private double odds(final Prior prior) {
		final double p = Calibration.fit(logits, truth, 1, false, prior).prior()[0];
		return p / (1 - p);
	}

	@Test
	void classesThatExcludeEachOtherSumToOne() {
		final float[] two = new float[2 * N];
		final float[] both = new float[2 * N];
		for (int i = 0; i < N; i++) {
			two[2 * i] = logits[i];
			both[2 * i] = truth[i];
			both[2 * i + 1] = 1 - truth[i];
		}
		final Calibration c = Calibration.fit(two, both, 2, true, Prior.NATURAL);
		final float[] p = c.probabilities(two);
		for (int i = 0; i < N; i++)
			assertEquals(1, p[2 * i] + p[2 * i + 1], 1e-5);
		final MethodScores s = Scores.of("", List.of("a", "b"), p, both, true,
			null);
		assertTrue(s.calibrationError() < 0.01, "" + s.calibrationError());
	}
}
