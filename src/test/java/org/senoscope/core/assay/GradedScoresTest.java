
package org.senoscope.core.assay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GradedScoresTest {

	@Test
	void hScoreWeighsGrades() {
		assertEquals(100 * (10 + 2 * 20 + 3 * 30) / 100.0, new GradedScores(
			new long[] { 40, 10, 20, 30 }).hScore(), 1e-9);
	}

	/** Cuts of the Allred proportion: 0, any, 1 %, 10 %, 1/3, 2/3. */
	@Test
	void allredProportionHasQuPathsCuts() {
		final long[][] positives = { { 0, 0 }, { 9, 1 }, { 10, 2 }, { 99, 2 }, {
			100, 3 }, { 333, 3 }, { 334, 4 }, { 666, 4 }, { 667, 5 } };
		for (final long[] p : positives)
			assertEquals(p[1], new GradedScores(new long[] { 1000 - p[0], p[0], 0,
				0 }).allredProportion(), p[0] + " of 1000");
	}

	/** Intensity from the mean grade of positive cells, cuts 5/3 and 7/3. */
	@Test
	void allredIntensityIsTheMeanGrade() {
		assertEquals(0, new GradedScores(new long[] { 5, 0, 0, 0 })
			.allredIntensity());
		assertEquals(1, new GradedScores(new long[] { 5, 3, 3, 0 })
			.allredIntensity());
		assertEquals(2, new GradedScores(new long[] { 5, 1, 1, 1 })
			.allredIntensity());
		assertEquals(3, new GradedScores(new long[] { 5, 0, 1, 2 })
			.allredIntensity());
	}

	@Test
	void withoutCellsThereIsNoScore() {
		final GradedScores none = new GradedScores(new long[4]);
		assertTrue(Double.isNaN(none.hScore()));
		assertEquals(-1, none.allredProportion());
		assertEquals(-1, none.allredIntensity());
	}
}
