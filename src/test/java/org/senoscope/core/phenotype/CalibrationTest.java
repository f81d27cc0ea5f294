
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
			Prior.NATURAL, null);
		// Sampling error of a slope from 20,000 cells is about 0.01.
		assertEquals(1 / 3.0, c.slope()[0], 0.02);
		final MethodScores s = Scores.of("", List.of("a"), c.probabilities(logits,
			null), truth, false, null);
		assertTrue(s.calibrationError() < 0.01, "" + s.calibrationError());
	}

	@Test
	void theBalancedPriorMovesTheCallNotTheOrder() {
		final float[] natural = Calibration.fit(logits, truth, 1, false,
			Prior.NATURAL, null).probabilities(logits, null);
		final Calibration balanced = Calibration.fit(logits, truth, 1, false,
			Prior.BALANCED, null);
		final float[] p = balanced.probabilities(logits, null);
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
		final double p = Calibration.fit(logits, truth, 1, false, prior, null)
			.prior()[0];
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
		final Calibration c = Calibration.fit(two, both, 2, true, Prior.NATURAL,
			null);
		final float[] p = c.probabilities(two, null);
		for (int i = 0; i < N; i++)
			assertEquals(1, p[2 * i] + p[2 * i + 1], 1e-5);
		final MethodScores s = Scores.of("", List.of("a", "b"), p, both, true,
			null);
		assertTrue(s.calibrationError() < 0.01, "" + s.calibrationError());
	}

	/** Log-odds that are too sure of a cell only where its marker lacks. */
	@Test
	void probabilitiesHoldWhateverWasMeasured() {
		final float[] marker = new float[N], half = logits.clone();
		for (int i = 0; i < N; i++) {
			marker[i] = i % 2 == 0 ? 1 : Float.NaN;
			if (i % 2 == 0) half[i] = logits[i] / 3;
		}
		final float[] blind = Calibration.fit(half, truth, 1, false, Prior.NATURAL,
			null).probabilities(half, null);
		final Calibration c = Calibration.fit(half, truth, 1, false, Prior.NATURAL,
			marker);
		final float[] p = c.probabilities(half, marker);
		for (int lacks = 0; lacks < 2; lacks++) {
			// By chance 0.005 with 10,000 cells.
			assertTrue(error(p, lacks) < 0.015, "" + error(p, lacks));
			assertTrue(error(blind, lacks) > 0.03, "" + error(blind, lacks));
		}
		assertEquals(3, Math.exp(c.slopeMeasured()[0]), 0.2);
		final float[] back = c.probabilities(c.logits(p, marker), marker);
		for (int i = 0; i < N; i++)
			assertEquals(p[i], back[i], 2e-6);
	}

	private double error(final float[] p, final int lacks) {
		final float[] own = new float[N / 2], is = new float[N / 2];
		for (int i = 0; i < N / 2; i++) {
			own[i] = p[2 * i + lacks];
			is[i] = truth[2 * i + lacks];
		}
		return Scores.of("", List.of("a"), own, is, false, null).calibrationError();
	}
}
