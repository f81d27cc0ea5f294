
package org.senoscope.core.phenotype;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

class CellDensityTest {

	private static final int F = 3;

	/** Two kinds of cells whose first two markers go together. */
	private static float[] cells(final int n, final long seed) {
		final Random random = new Random(seed);
		final float[] z = new float[n * F];
		for (int i = 0; i < n; i++) {
			final double common = random.nextGaussian() + (i % 2 == 0 ? -2 : 2);
			z[i * F] = (float) (common + 0.2 * random.nextGaussian());
			z[i * F + 1] = (float) (common + 0.2 * random.nextGaussian());
			z[i * F + 2] = (float) random.nextGaussian();
		}
		return z;
	}

	private static CellDensity.Scorer scorer() {
		final int[] kind = new int[3000];
		Arrays.setAll(kind, i -> i % 2);
		return CellDensity.fit(cells(3000, 1), kind, F, 1, null).scorer();
	}

	private static double flagged(final float[] z) {
		final CellDensity.Scorer scorer = scorer();
		int flags = 0;
		for (int i = 0; i < z.length / F; i++)
			if (scorer.score(z, i) > 1) flags++;
		return flags * (double) F / z.length;
	}

	@Test
	void cellsOfTheSameKindAreFlaggedRarely() {
		final double share = flagged(cells(4000, 2));
		assertTrue(share > 0.01 && share < 0.05, "" + share);
	}

	@Test
	void markersThatNeverGoTogetherAreFlaggedThoughEachIsInRange() {
		final float[] z = cells(1000, 3);
		for (int i = 0; i < 1000; i++)
			z[i * F + 1] = -z[i * F];
		assertTrue(flagged(z) > 0.9);
	}

	@Test
	void aMissingMarkerIsNoReasonToFlag() {
		final float[] z = cells(4000, 4);
		for (int i = 0; i < 4000; i++)
			z[i * F + i % F] = Float.NaN;
		final double share = flagged(z);
		assertTrue(share < 0.05, "" + share);
		assertEquals(0, scorer().score(new float[] { Float.NaN, Float.NaN,
			Float.NaN }, 0));
	}

	@Test
	void aMarkerOutsideItsRangeIsFlaggedByItself() {
		final float[] z = { Float.NaN, Float.NaN, 9 };
		assertTrue(scorer().score(z, 0) > 1);
	}

	@Test
	void pairsTakenForOneAreFlaggedThoughEachReadingIsInRange() {
		// two sizes of cells; a pair has twice of all four amounts
		final Random random = new Random(5);
		final int n = 4000, f = 4;
		final float[] z = new float[n * f], pairs = new float[n * f];
		for (int i = 0; i < n * f; i++) {
			z[i] = (float) (random.nextGaussian() * 0.8 + (i / f % 2 == 0 ? -0.5
				: 0.5));
			pairs[i] = z[i] + 1.5f;
		}
		final int[] kind = new int[n];
		final CellDensity.Scorer plain = CellDensity.fit(z, kind, f, 1, null)
			.scorer(), learned = CellDensity.fit(z, kind, f, 1, pairs).scorer();
		int missed = 0, found = 0, wrong = 0;
		for (int i = 0; i < n; i++) {
			if (plain.score(pairs, i) <= 1) missed++;
			if (learned.score(pairs, i) > 1) found++;
			if (learned.score(z, i) > 1) wrong++;
		}
		assertTrue(missed > 0.5 * n, "the test is too easy: " + missed);
		assertTrue(found > n - missed + 0.1 * n, found + " against " + (n -
			missed));
		assertTrue(wrong < 0.06 * n, "" + wrong);
	}
}
