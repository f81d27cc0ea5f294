
package org.senoscope.core.nuclei;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/**
 * Objects are drawn as runs on one row; the expected figures are worked out by
 * hand.
 */
class LabelMatchingTest {

	@Test
	void iouDecidesWhatMatches() {
		// reference: AAAA.BBBB predicted: .AAA.BB.. -> IoU 3/4 and 2/4
		final int[] reference = { 1, 1, 1, 1, 0, 2, 2, 2, 2 };
		final int[] predicted = { 0, 7, 7, 7, 0, 900, 900, 0, 0 };
		final LabelMatching matching = new LabelMatching(0.5, 0.7, 0.9);
		matching.add(predicted, reference);
		final LabelMatching.Score[] s = matching.scores();
		assertEquals(2, s[0].truePositives());
		assertEquals(1, s[0].averagePrecision());
		assertEquals(1.25 / 2, s[0].panopticQuality(), 1e-12);
		assertEquals(1, s[1].truePositives());
		assertEquals(1 / 3.0, s[1].averagePrecision(), 1e-12);
		assertEquals(0.5, s[1].f1(), 1e-12);
		assertEquals(0.75 / 2, s[1].panopticQuality(), 1e-12);
		assertEquals(0, s[2].averagePrecision());
	}

	@Test
	void anObjectHasOnePartnerAtMost() {
		// One predicted object over two reference objects, IoU 2/5 and 3/5.
		final int[] reference = { 1, 1, 2, 2, 2 };
		final int[] predicted = { 5, 5, 5, 5, 5 };
		final LabelMatching matching = new LabelMatching(0.3);
		matching.add(predicted, reference);
		final LabelMatching.Score s = matching.scores()[0];
		assertEquals(1, s.truePositives());
		assertEquals(0, s.falsePositives());
		assertEquals(1, s.falseNegatives());
		assertEquals(0.6, s.matchedIouSum(), 1e-12);
	}

	@Test
	void pooledAndMeanOverImagesDiffer() {
		final LabelMatching matching = new LabelMatching(0.5);
		matching.add(new int[] { 1, 0 }, new int[] { 1, 0 });
		matching.add(new int[] { 0, 0, 0, 0 }, new int[] { 1, 2, 3, 0 });
		matching.add(new int[3], new int[3]);
		final LabelMatching.Score s = matching.scores()[0];
		assertEquals(0.25, s.averagePrecision(), 1e-12);
		assertEquals(2 / 3.0, s.meanImageAp(), 1e-12);
		assertEquals(3, s.images());
	}

	@Test
	void differentSizesAreRefused() {
		final LabelMatching matching = new LabelMatching(0.5);
		assertThrows(IllegalArgumentException.class, () -> matching.add(new int[3],
			new int[4]));
		assertThrows(IllegalArgumentException.class, () -> new LabelMatching(0));
	}
}
