
package org.senoscope.core.nuclei.starconvex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.Test;

class SuppressionTest {

	/**
	 * 201 candidates of a real prediction, by falling score, and what StarDist
	 * 0.9.2 keeps of them at two thresholds: exactly the same.
	 */
	@Test
	void keepsWhatStarDistKeeps() throws IOException {
		final List<int[]> expected = new ArrayList<>();
		final List<Double> thresholds = new ArrayList<>();
		final Candidates c = new Candidates(16);
		try (BufferedReader in = new BufferedReader(new InputStreamReader(
			new GZIPInputStream(SuppressionTest.class.getResourceAsStream(
				"stardist-suppression.txt.gz")), StandardCharsets.US_ASCII)))
		{
			String line;
			while ((line = in.readLine()) != null) {
				final String[] words = line.split(" ");
				final double[] numbers = Arrays.stream(words).mapToDouble(
					Double::parseDouble).toArray();
				if (thresholds.size() < 2) {
					thresholds.add(numbers[0]);
					expected.add(IntStream.range(1, numbers.length).map(
						i -> (int) numbers[i]).toArray());
					continue;
				}
				final float[] distances = new float[16];
				for (int k = 0; k < 16; k++)
					distances[k] = (float) numbers[3 + k];
				c.add((float) numbers[0], (int) numbers[1], (int) numbers[2], distances,
					0);
			}
		}
		assertEquals(201, c.n);
		for (int t = 0; t < 2; t++) {
			final int[] kept = new Suppression(16).keep(c, thresholds.get(t));
			Arrays.sort(kept);
			assertArrayEquals(expected.get(t), kept);
		}
	}

	/**
	 * Squares of 10 px that share 6 x 10, 4 x 4 and nothing; exact, since all
	 * crossings are whole pixels.
	 */
	@Test
	void overlapOfSquaresIsExact() {
		final PolygonOverlap overlap = new PolygonOverlap(4);
		assertEquals(60, overlap.area(square(0, 0), square(4, 0)));
		assertEquals(16, overlap.area(square(0, 0), square(6, 6)));
		assertEquals(0, overlap.area(square(0, 0), square(10, 0)));
		assertEquals(100, overlap.area(square(3, 5), square(3, 5)));
	}

	/**
	 * The area of random stars against counting of points: within 2 px² and 4 %,
	 * which is what the whole-pixel crossings may make out.
	 */
	@Test
	void overlapOfStarsIsThatOfTheirPoints() {
		final Random random = new Random(3);
		final PolygonOverlap overlap = new PolygonOverlap(16);
		for (int round = 0; round < 100; round++) {
			final Candidates c = new Candidates(16);
			for (int i = 0; i < 2; i++) {
				final float[] distances = new float[16];
				for (int k = 0; k < 16; k++)
					distances[k] = 8 + 8 * random.nextFloat();
				c.add(1, 40 + random.nextInt(16), 40 + random.nextInt(16), distances,
					0);
			}
			final PolygonOverlap.Shape a = new PolygonOverlap.Shape(16), b =
				new PolygonOverlap.Shape(16);
			a.set(c, 0);
			b.set(c, 1);
			int inside = 0;
			for (int y = 0; y < 960; y++)
				for (int x = 0; x < 960; x++)
					if (holds(a, (x + 0.5) / 10, (y + 0.5) / 10) && holds(b, (x + 0.5) /
						10, (y + 0.5) / 10)) inside++;
			assertEquals(inside / 100.0, overlap.area(a, b), 2 + 0.04 * inside / 100,
				"round " + round);
		}
	}

	private static boolean holds(final PolygonOverlap.Shape s, final double x,
		final double y)
	{
		boolean in = false;
		for (int k = 0; k < s.n; k++)
			if (s.y[k] <= y != s.y[k + 1] <= y && x < s.x[k] + (y - s.y[k]) * (s.x[k +
				1] - s.x[k]) / (s.y[k + 1] - s.y[k])) in = !in;
		return in;
	}

	private static PolygonOverlap.Shape square(final int x, final int y) {
		final PolygonOverlap.Shape s = new PolygonOverlap.Shape(4);
		for (int k = 0; k < 4; k++)
			s.add(x + (k == 1 || k == 2 ? 10 : 0), y + (k >= 2 ? 10 : 0));
		s.close();
		return s;
	}
}
