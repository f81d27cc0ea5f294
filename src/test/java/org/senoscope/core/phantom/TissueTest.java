
package org.senoscope.core.phantom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

class TissueTest {

	private static final int SIDE = 400;

	private static byte[] drawn(final Tissue tissue, final int x, final int y,
		final int w, final int h)
	{
		final byte[] rgb = new byte[3 * w * h];
		tissue.render(x, y, w, h, rgb);
		return rgb;
	}

	@Test
	void anyRectangleHasThePixelsOfTheWhole() {
		final Tissue tissue = new Tissue(3, SIDE, SIDE, 0.5, false);
		final byte[] whole = drawn(tissue, 0, 0, SIDE, SIDE);
		final int x0 = 131, y0 = 77, w = 150, h = 201;
		final byte[] part = drawn(tissue, x0, y0, w, h);
		for (int y = 0; y < h; y++) {
			for (int x = 0; x < 3 * w; x++) {
				assertEquals(whole[3 * ((y0 + y) * SIDE + x0) + x], part[3 * y * w + x],
					"at " + x / 3 + ", " + y);
			}
		}
	}

	@Test
	void nucleiOfTwoHalvesAreThoseOfTheWhole() {
		final Tissue tissue = new Tissue(5, SIDE, SIDE, 0.5, true);
		final Map<Long, Integer> whole = new HashMap<>();
		tissue.cells(0, 0, SIDE, SIDE, 1, whole);
		final Map<Long, Integer> halves = new HashMap<>();
		final List<PlantedCell> upper = tissue.cells(0, 0, SIDE, 133, 1, halves);
		tissue.cells(0, 133, SIDE, SIDE - 133, 1 + upper.size(), halves);
		assertTrue(whole.size() > 100, "only " + whole.size() + " nuclei");
		assertEquals(whole.keySet(), halves.keySet());
	}

	@Test
	void labelsCarryTheNumbersOfTheTruth() {
		final Tissue tissue = new Tissue(7, SIDE, SIDE, 0.5, true);
		final Map<Long, Integer> ids = new HashMap<>();
		final List<PlantedCell> cells = tissue.cells(0, 0, SIDE, SIDE, 1, ids);
		final int[] labels = new int[SIDE * SIDE];
		tissue.labels(0, SIDE, ids, labels);
		final int[] pixels = new int[cells.size() + 1];
		for (final int l : labels) {
			pixels[l]++;
		}
		double drawn = 0, planted = 0;
		for (final PlantedCell c : cells) {
			if (c.edge()) continue;
			drawn += pixels[c.id()] * 0.25;
			planted += c.nucleusAreaUm2();
		}
		// Overlaps take a few percent away.
		assertEquals(1, drawn / planted, 0.05);
		// Bands drawn apart agree with the whole.
		final int[] band = new int[SIDE * 100];
		tissue.labels(150, 100, ids, band);
		for (int i = 0; i < band.length; i++) {
			assertEquals(labels[150 * SIDE + i], band[i]);
		}
	}

	@Test
	void positiveNucleiAreBrownAndNegativeOnesBlue() {
		final Tissue tissue = new Tissue(9, SIDE, SIDE, 0.5, true);
		final byte[] rgb = drawn(tissue, 0, 0, SIDE, SIDE);
		int right = 0, all = 0;
		for (final PlantedCell c : tissue.cells(0, 0, SIDE, SIDE, 1, null)) {
			if (c.amount() > 0.1 && c.amount() < 0.4) continue;
			final int i = 3 * ((int) c.yPx() * SIDE + (int) c.xPx());
			final boolean brown = (rgb[i] & 0xff) > (rgb[i + 2] & 0xff);
			if (brown == c.positive()) right++;
			all++;
		}
		assertTrue(right >= 0.95 * all, right + " of " + all);
	}

	@Test
	void differentSeedsGiveDifferentPictures() {
		final Set<Integer> sizes = new HashSet<>();
		final List<Integer> first = new ArrayList<>();
		for (int seed = 0; seed < 4; seed++) {
			final int n = new Tissue(seed, SIDE, SIDE, 0.5, true).cells(0, 0, SIDE,
				SIDE, 1, null).size();
			sizes.add(n);
			first.add(n);
		}
		assertNotEquals(1, sizes.size(), "numbers of nuclei " + first);
	}
}
