
package org.senoscope.core.nuclei.starconvex.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** What the network should say of drawn label images. */
class StarTargetsTest {

	private static final int RAYS = 4;

	/*
	 * 5 x 3 block (1) in a 8 x 6 picture, seen at the pixel marked *:
	 *
	 *   . . . . . . . .
	 *   . 1 1 1 1 1 . .
	 *   . 1 * 1 1 1 . .
	 *   . 1 1 1 1 1 . .
	 *   . . . . . . . .
	 *   . . . . . . . .
	 */
	@Test
	void raysReachTheEdgeOfABlock() {
		final int[] labels = new int[48];
		for (int y = 1; y <= 3; y++)
			Arrays.fill(labels, y * 8 + 1, y * 8 + 6, 1);
		final float[] probability = new float[12];
		final float[] distances = new float[12 * RAYS];
		new StarTargets(8, 6, 2, RAYS).write(labels, probability, 0, distances, 0);
		// grid point (1, 1) is pixel (2, 2): right, down, left, up
		assertArrayEquals(new float[] { 3.5f, 1.5f, 1.5f, 1.5f }, Arrays
			.copyOfRange(distances, 5 * RAYS, 6 * RAYS), 1e-6f);
		// the middle row is 2 px from the background, as far as any
		assertEquals(1, probability[5]);
		assertEquals(0, probability[0]);
		assertArrayEquals(new float[RAYS], Arrays.copyOf(distances, RAYS));
	}

	@Test
	void touchingNucleiEndEachOthersRaysAndLowerEachOthersProbability() {
		// 1 1 1 1 2 2 2 2, six rows
		final int[] labels = new int[48];
		for (int i = 0; i < 48; i++)
			labels[i] = i % 8 < 4 ? 1 : 2;
		final float[] probability = new float[12];
		final float[] distances = new float[12 * RAYS];
		new StarTargets(8, 6, 2, RAYS).write(labels, probability, 0, distances, 0);
		// pixels 0, 2, 4, 6 of a row lie 4, 2, 1, 3 px from the other nucleus
		assertArrayEquals(new float[] { 1, 0.5f, 0.25f, 0.75f }, Arrays.copyOf(
			probability, 4), 1e-6f);
		assertEquals(1.5f, distances[RAYS], 1e-6f);
		assertEquals(2.5f, distances[RAYS + 2], 1e-6f);
	}

	@Test
	void whatIsNotAnnotatedIsUnknownAndNoBackground() {
		// 1 1 1 1 ? ? 0 0
		final int[] labels = new int[48];
		for (int i = 0; i < 48; i++)
			labels[i] = i % 8 < 4 ? 1 : i % 8 < 6 ? -1 : 0;
		final float[] probability = new float[12];
		final float[] distances = new float[12 * RAYS];
		new StarTargets(8, 6, 2, RAYS).write(labels, probability, 0, distances, 0);
		assertArrayEquals(new float[] { 1, 1, StarTargets.UNKNOWN, 0 }, Arrays
			.copyOf(probability, 4));
		assertEquals(1.5f, distances[RAYS], 1e-6f);
	}

	/** Against distances looked for one by one, on blobs that touch. */
	@Test
	void probabilityIsTheEuclideanDistanceOverTheLargest() {
		final int side = 40;
		final Random random = new Random(3);
		final int[] labels = new int[side * side];
		for (int n = 1; n <= 12; n++) {
			final int cx = random.nextInt(side), cy = random.nextInt(side);
			final double r = 3 + 6 * random.nextDouble();
			for (int i = 0; i < labels.length; i++)
				if (Math.hypot(i % side - cx, i / side - cy) < r) labels[i] = n;
		}
		final float[] probability = new float[side * side];
		new StarTargets(side, side, 1, RAYS).write(labels, probability, 0,
			new float[side * side * RAYS], 0);
		final double[] expected = new double[side * side];
		final double[] largest = new double[13];
		for (int i = 0; i < expected.length; i++) {
			if (labels[i] == 0) continue;
			expected[i] = Double.MAX_VALUE;
			for (int j = 0; j < expected.length; j++)
				if (labels[j] != labels[i]) expected[i] = Math.min(expected[i], Math
					.hypot(i % side - j % side, i / side - j / side));
			largest[labels[i]] = Math.max(largest[labels[i]], expected[i]);
		}
		for (int i = 0; i < expected.length; i++)
			assertEquals(labels[i] == 0 ? 0 : expected[i] / largest[labels[i]],
				probability[i], 1e-6, "pixel " + i);
	}

	/** A ray is as long as StarDist's march: unit steps, then its correction. */
	@Test
	void slantingRaysOfADiscAreAsLongAsItsRadius() {
		final int side = 64;
		final int[] labels = new int[side * side];
		for (int i = 0; i < labels.length; i++)
			if (Math.hypot(i % side - 32, i / side - 32) <= 20) labels[i] = 7;
		final float[] distances = new float[side * side / 4 * 32];
		new StarTargets(side, side, 2, 32).write(labels, new float[side * side / 4],
			0, distances, 0);
		for (int k = 0; k < 32; k++)
			assertEquals(20, distances[(16 * 32 + 16) * 32 + k], 0.75, "ray " + k);
	}
}
