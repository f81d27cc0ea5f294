
package org.senoscope.core.region;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.senoscope.core.cell.Lineage;

class RegionForestTest {

	private static final Lineage[] KINDS = { Lineage.TUMOUR, Lineage.STROMA,
		Lineage.IMMUNE };

	/** Stripes of 200 µm of large, of long and of small nuclei, 600 each. */
	private static final class Stripes {

		private final double[][] features = new double[1800][];
		private final Lineage[] truth = new Lineage[1800];
		private final int[] parts = new int[1800];

		Stripes(final long seed) {
			final Random random = new Random(seed);
			final RegionFeatures cells = new RegionFeatures();
			for (int i = 0; i < truth.length; i++) {
				final int kind = i % 3;
				truth[i] = KINDS[kind];
				final double x = 200 * random.nextDouble() + 200 * kind, y = 800 *
					random.nextDouble();
				parts[i] = (int) (y / 200);
				final double[] shape = new double[][] { { 70, 8, 0.5 }, { 45, 4.5,
					0.9 }, { 30, 5.8, 0.4 } }[kind];
				final double factor = Math.exp(0.25 * random.nextGaussian());
				cells.add(x, y, shape[0] * factor, shape[1] * Math.sqrt(factor),
					shape[2], 0.95);
			}
			cells.forEach((i, values) -> features[i] = values.clone());
		}
	}

	@Test
	void kindsOfTissueAreToldOnTissueNotSeen() {
		final Stripes seen = new Stripes(1), unseen = new Stripes(2);
		final RegionForest forest = RegionForest.train(seen.features, seen.truth,
			seen.parts);
		int right = 0;
		for (int i = 0; i < unseen.truth.length; i++)
			if (forest.tell(unseen.features[i]) == unseen.truth[i]) right++;
		assertTrue(right > 0.95 * unseen.truth.length, right + " of 1800");
		assertEquals(right / 1800.0, forest.balancedAccuracy(), 0.03);
		assertArrayEquals(new int[] { 600, 600, 600 }, forest.trainedOn());
	}

	@Test
	void trainingTwiceGivesTheSameForest() {
		final Stripes s = new Stripes(3);
		final RegionForest a = RegionForest.train(s.features, s.truth, s.parts), b =
			RegionForest.train(s.features, s.truth, s.parts);
		for (int t = 0; t < a.trees().size(); t++) {
			assertArrayEquals(a.trees().get(t).feature(), b.trees().get(t).feature());
			assertArrayEquals(a.trees().get(t).cut(), b.trees().get(t).cut());
		}
	}

	@Test
	void oneClassIsRefused() {
		final Stripes s = new Stripes(4);
		final Lineage[] one = new Lineage[1800];
		Arrays.fill(one, Lineage.TUMOUR);
		assertThrows(IllegalArgumentException.class, () -> RegionForest.train(
			s.features, one, s.parts));
	}

	/*
	 *    1 . . . 2 . . . . . . . 3      µm 0, 20, 90: 2 lies within 30 µm of 1,
	 *                                   all within 100 µm of each other
	 */
	@Test
	void neighboursWithinTheRadiusAreCounted() {
		final RegionFeatures cells = new RegionFeatures();
		cells.add(0, 0, 40, 6, 0.5, 1);
		cells.add(20, 0, 60, 8, 0.7, 1);
		cells.add(90, 0, 50, 7, 0.9, 1);
		final double[][] values = new double[3][];
		cells.forEach((i, v) -> values[i] = v.clone());
		final int near = RegionFeatures.NAMES.indexOf("area_mean_30um"), far =
			RegionFeatures.NAMES.indexOf("area_mean_100um");
		assertEquals(50, values[0][near], 1e-6);
		assertEquals(10, values[0][near + 1], 1e-6);
		assertEquals(50, values[2][near], 1e-6);
		assertEquals(2 / (Math.PI * 900) * 1e6, values[1][near - 1], 1e-6);
		assertEquals(0.7, values[0][far + 2], 1e-6);
	}
}
