
package org.senoscope.core.spatial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.senoscope.core.spatial.HotSpots.HotSpot;

/**
 * 20,000 cells on 4,000 x 4,000 px, a tenth positive; in a disc of 300 px
 * around (2,800, 1,200) seven of ten are.
 */
class HotSpotsTest {

	private static CellGrid planted(final long seed) {
		final Random random = new Random(seed);
		final CellGrid grid = new CellGrid(50);
		for (int i = 0; i < 20_000; i++) {
			final double x = 4000 * random.nextDouble(), y = 4000 * random
				.nextDouble();
			grid.add(x, y, random.nextDouble() < (Math.hypot(x - 2800, y - 1200) < 300
				? 0.7 : 0.1));
		}
		return grid;
	}

	private static double[] middle(final HotSpot spot) {
		double x = 0, y = 0;
		for (int i = 0; i < spot.outline().corners(); i++) {
			x += spot.outline().x()[i] / spot.outline().corners();
			y += spot.outline().y()[i] / spot.outline().corners();
		}
		return new double[] { x, y };
	}

	@Test
	void theBestWindowLiesOnThePlantedHotSpot() {
		for (int seed = 0; seed < 5; seed++) {
			final HotSpot spot = HotSpots.window(planted(seed), 250);
			final double[] middle = middle(spot);
			assertTrue(Math.hypot(middle[0] - 2800, middle[1] - 1200) < 120,
				middle[0] + ", " + middle[1]);
			assertTrue(spot.measured() >= 250 && spot.measured() < 400, "" + spot
				.measured());
			assertTrue(spot.percent() > 60, "" + spot.percent());
		}
	}

	@Test
	void theDensityPeakSurroundsIt() {
		final HotSpot spot = HotSpots.peak(planted(7), 150);
		final double[] middle = middle(spot);
		assertTrue(Math.hypot(middle[0] - 2800, middle[1] - 1200) < 150, middle[0] +
			", " + middle[1]);
		// three quarters of a disc of 300 px, blurred by 150
		final double radius = Math.sqrt(spot.areaPx() / Math.PI);
		assertTrue(radius > 130 && radius < 290, "" + radius);
		assertTrue(spot.percent() > 45, "" + spot.percent());
	}

	@Test
	void countsOfWindowsAreThoseOfTheCells() {
		final CellGrid grid = new CellGrid(10);
		for (int y = 0; y < 30; y++)
			for (int x = 0; x < 30; x++)
				grid.add(10 * x + 5, 10 * y + 5, x >= 20 && y >= 20);
		final HotSpot spot = HotSpots.window(grid, 100);
		assertEquals(100, spot.measured());
		assertEquals(100, spot.positive());
		assertEquals(200, spot.outline().x()[0]);
		assertEquals(300, spot.outline().y()[2]);
	}

	@Test
	void scatteredCellsAtAnEdgeAreNoHotSpot() {
		final CellGrid grid = new CellGrid(10);
		final Random random = new Random(1);
		for (int i = 0; i < 5000; i++)
			grid.add(500 * random.nextDouble(), 500 * random.nextDouble(), random
				.nextInt(5) == 0);
		// a hundred positive cells far apart
		for (int i = 0; i < 100; i++)
			grid.add(2000 + 200 * (i % 10), 200 * (i / 10), true);
		final HotSpot spot = HotSpots.window(grid, 100);
		assertTrue(middle(spot)[0] < 500);
	}

	@Test
	void tooFewCellsHaveNoHotSpot() {
		final CellGrid grid = new CellGrid(10);
		assertNull(HotSpots.window(grid, 1));
		assertNull(HotSpots.peak(grid, 50));
		grid.add(-5, -5, false);
		assertNull(HotSpots.window(grid, 2));
		assertNull(HotSpots.peak(grid, 50));
	}
}
