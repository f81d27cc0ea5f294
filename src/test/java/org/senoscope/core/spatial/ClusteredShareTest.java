
package org.senoscope.core.spatial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;

class ClusteredShareTest {

	/**
	 * Wilson's interval for 10 of 50: 11.24 to 33.04 % (Brown, Cai and DasGupta
	 * 2001).
	 */
	@Test
	void wilsonMatchesPublishedFigures() {
		final ClusteredShare p = new ClusteredShare(100);
		for (int i = 0; i < 50; i++)
			p.add(i * 50, 10, i < 10);
		assertArrayEquals(new double[] { 11.24, 33.04 }, p.wilson(), 0.01);
		assertEquals(20, p.percent(), 1e-9);
	}

	@Test
	void clusteredCellsGiveAWiderIntervalThanCounting() {
		final Random random = new Random(1);
		final ClusteredShare clustered = new ClusteredShare(100), even =
			new ClusteredShare(100);
		for (int square = 0; square < 60; square++)
			for (int i = 0; i < 50; i++) {
				final double x = square % 10 * 100 + random.nextDouble() * 100, y =
					square / 10 * 100 + random.nextDouble() * 100;
				clustered.add(x, y, random.nextDouble() < (square % 3 == 0 ? 0.7
					: 0.05));
				even.add(x, y, random.nextDouble() < 0.27);
			}
		assertTrue(width(clustered.interval(2000, 1)) > 2 * width(clustered
			.wilson()));
		assertEquals(width(even.wilson()), width(even.interval(2000, 1)), 0.35 *
			width(even.wilson()));
		assertArrayEquals(clustered.interval(2000, 1), clustered.interval(2000, 1));
	}

	@Test
	void fewSquaresGiveNoSpatialInterval() {
		final ClusteredShare p = new ClusteredShare(100);
		for (int i = 0; i < 4; i++)
			p.add(i * 100 + 1, 1, true);
		assertFalse(p.isSpatial());
		assertTrue(Double.isNaN(p.interval(100, 1)[0]));
	}

	private static double width(final double[] interval) {
		return interval[1] - interval[0];
	}
}
