
package org.senoscope.core.assay.ki67;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.senoscope.core.spatial.ClusteredShare;

class LabellingIndexTest {

	private final List<String> warnings = new ArrayList<>();

	/**
	 * Nuclei 20 px apart, half a micrometre a pixel: every tenth positive in
	 * region A (left half), every second in B; stroma is not counted.
	 */
	private Map<String, Object> index(final int side, final String type,
		final boolean tumourKnown, final boolean field, final double[] interval)
	{
		final LabellingIndex index = new LabellingIndex(Ki67Settings.DEFAULTS, 0.5);
		final ClusteredShare share = new ClusteredShare(200);
		for (int i = 0; i < side * side; i++) {
			final boolean left = i % side < side / 2;
			final double x = 20 * (i % side), y = 20 * (i / side);
			final boolean positive = i % (left ? 10 : 2) == 0;
			index.add(x, y, left ? "A" : "B", true, true, positive);
			share.add(x, y, positive);
		}
		for (int i = 0; i < 100; i++)
			index.add(i, -50, "stroma", false, false, false);
		return index.build(share, interval, 2, Map.of("A", 1.0, "B", 3.0), type,
			tumourKnown, field, warnings);
	}

	private static double number(final Map<String, Object> values,
		final String... path)
	{
		Object at = values;
		for (final String key : path)
			at = ((Map<?, ?>) at).get(key);
		return ((Number) at).doubleValue();
	}

	@Test
	void tumourAllRegionsAndDensitiesStandBesideEachOther() {
		final Map<String, Object> said = index(40, "", true, false, new double[] {
			20, 40 });
		assertEquals(1700, number(said, "over_all_nuclei", "measured"));
		assertEquals(1600, number(said, "over_tumour_nuclei", "measured"));
		assertEquals(800, number(said, "counted_per_mm2"));
		assertEquals(10, number(said, "regions", "A", "percent"), 0.1);
		assertEquals(50, number(said, "regions", "B", "percent"), 0.1);
		assertEquals(800, number(said, "regions", "A", "cells_per_mm2"));
		// B has three times the area of A
		assertEquals((10 + 3 * 50) / 4.0, number(said, "weighted_by_area_percent"),
			0.1);
		// a square of 500 is wider than B, so a strip of A is in it
		assertEquals(46, number(said, "hot_spot_window", "percent"), 4);
		assertTrue(number(said, "hot_spot_window", "measured") >= 500);
		assertEquals(0, number(said, "more_nuclei_wanted"));
		assertTrue(warnings.isEmpty(), warnings.toString());
		assertFalse(said.containsKey("category"));
		assertFalse(said.containsKey("more_fields_wanted"), "a slide");
	}

	@Test
	void belowFiveHundredItSaysHowManyMore() {
		final Map<String, Object> said = index(20, "", true, false, new double[] {
			20, 40 });
		assertEquals(100, number(said, "more_nuclei_wanted"));
		assertEquals(List.of(
			"Ki-67: 400 nuclei were counted; at least 500 are asked for, 100 more are needed."),
			warnings);
		assertFalse(said.containsKey("hot_spot_window"), "no window of 500");
	}

	@Test
	void aFieldSaysHowManyMoreFieldsAreNeeded() {
		// 30 points wide, 10 asked: nine fields in all
		assertEquals(8, number(index(40, "", true, true, new double[] { 15, 45 }),
			"more_fields_wanted"));
		assertEquals(0, number(index(40, "", true, true, new double[] { 25, 34 }),
			"more_fields_wanted"));
	}

	@Test
	void aCategoryNeedsTheTumour() {
		assertTrue(index(40, "breast ER+ HER2-", true, false, new double[] { 20,
			40 }).containsKey("category"));
		assertFalse(index(40, "breast ER+ HER2-", false, false, new double[] { 20,
			40 }).containsKey("category"));
		assertTrue(warnings.get(0).contains("the tumour was not selected"));
		index(40, "breast", true, false, new double[] { 20, 40 });
		assertTrue(warnings.get(1).contains("ER-positive, HER2-negative"));
	}
}
