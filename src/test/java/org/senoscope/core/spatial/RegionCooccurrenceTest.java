
package org.senoscope.core.spatial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.PlantedCell;

/** Shares in squares of two sections, of planted cells that lie in place. */
class RegionCooccurrenceTest {

	private static RegionCooccurrence.Result result(final long first,
		final long second, final boolean opposed, final double sideUm)
	{
		final RegionCooccurrence c = new RegionCooccurrence(250);
		for (final PlantedCell p : Phantoms.section(first, 0, false, sideUm))
			c.add(0, 0.5 * p.xPx(), 0.5 * p.yPx(), p.positive());
		for (final PlantedCell p : Phantoms.section(second, 1, opposed, sideUm))
			c.add(1, 0.5 * p.xPx(), 0.5 * p.yPx(), p.positive());
		return RegionCooccurrence.compare(c.tiles(20), 200, 1);
	}

	@Test
	void whatIsPlantedTogetherOrApartIsFound() {
		final RegionCooccurrence.Result with = result(5, 5, false, 2400), against =
			result(5, 5, true, 2400);
		assertTrue(with.low() > 0.3 && with.spearman() > 0.7, with.toString());
		assertTrue(against.high() < -0.3 && against.spearman() < -0.7, against
			.toString());
		assertTrue(with.bothHighPercent() > 1.5 * with.expectedPercent(), with
			.toString());
		assertTrue(against.bothHighPercent() < 0.6 * against.expectedPercent(),
			against.toString());
	}

	/**
	 * 95 % intervals of blocks that have nothing in common; at least 10 of 12.
	 */
	@Test
	void whatHasNothingToDoWithEachOtherIsNotFound() {
		int held = 0;
		for (int k = 0; k < 12; k++) {
			final RegionCooccurrence.Result r = result(100 + k, 200 + k, false, 1500);
			if (r.low() <= 0 && r.high() >= 0 || Double.isNaN(r.spearman())) held++;
		}
		assertTrue(held >= 10, held + " of 12");
	}

	@Test
	void ranksAreComparedAndFewSquaresSayNothing() {
		final List<RegionCooccurrence.Tile> tiles = new ArrayList<>();
		final long[][] shares = { { 1, 5 }, { 2, 6 }, { 3, 6 }, { 4, 9 } };
		for (final long[] s : shares)
			tiles.add(new RegionCooccurrence.Tile(tiles.size(), 0, new long[] { 10,
				10 }, s));
		// ranks 1 2 3 4 and 1 2.5 2.5 4: by hand
		assertEquals(4.5 / Math.sqrt(5 * 4.5), RegionCooccurrence.spearman(tiles),
			1e-12);
		assertTrue(Double.isNaN(RegionCooccurrence.compare(tiles, 10, 1)
			.spearman()));
	}
}
