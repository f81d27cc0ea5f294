
package org.senoscope.core.phenotype;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Who is called at a coverage. */
class AbstentionTest {

	/** A common class called surely, a rare one called at 0.6 to 0.7 only. */
	private static float[] cells() {
		final float[] p = new float[1000];
		for (int i = 0; i < p.length; i++)
			p[i] = i < 900 ? 0.2f * i / 900 : 0.6f + 0.1f * (i - 900) / 100;
		return p;
	}

	@Test
	void aRareClassKeepsItsShareOfCalls() {
		final float[] p = cells();
		final Abstention abstention = Abstention.fit(p, 1, false);
		for (final double coverage : new double[] { 0.5, 0.8, 0.9 }) {
			int common = 0, rare = 0;
			for (int i = 0; i < p.length; i++)
				if (!abstention.abstains(p, i, 1, false, coverage)) {
					if (i < 900) common++;
					else rare++;
				}
			assertEquals(coverage, common / 900.0, 0.01);
			assertEquals(coverage, rare / 100.0, 0.02);
		}
	}

	@Test
	void atFullCoverageEveryCellIsCalled() {
		final Abstention abstention = Abstention.fit(cells(), 1, false);
		assertFalse(abstention.abstains(new float[] { 0.501f }, 0, 1, false, 1));
		assertTrue(abstention.abstains(new float[] { 0.501f }, 0, 1, false, 0.99));
	}

	@Test
	void aClassCalledTooSeldomIsJudgedAsAllCells() {
		final float[] p = cells();
		final float[] few = java.util.Arrays.copyOf(p, 905);
		final Abstention abstention = Abstention.fit(few, 1, false);
		// certainty 0.15 of the rare call, below nine tenths of all
		assertTrue(abstention.abstains(new float[] { 0.65f }, 0, 1, false, 0.9));
	}
}
