
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.senoscope.core.image.Region;

class AnalysedAreaTest {

	@Test
	void countAndRunsAreThePixelsThatAreAnalysed() {
		final Random random = new Random(2);
		for (int round = 0; round < 30; round++) {
			final double downsample = 1 + 4 * random.nextDouble();
			final int w = 8 + random.nextInt(12), h = 8 + random.nextInt(12);
			final int fullWidth = (int) (w * downsample), fullHeight = (int) (h *
				downsample);
			final boolean[] mask = new boolean[w * h];
			for (int i = 0; i < mask.length; i++)
				mask[i] = random.nextInt(3) > 0;
			final Region region = new Region(random.nextInt(3), random.nextInt(3),
				fullWidth - 4, fullHeight - 3);
			final AnalysedArea area = new AnalysedArea(w, h, downsample, mask, null,
				region);
			final Region asked = new Region(1, 2, fullWidth - 1, fullHeight - 2);
			long expected = 0;
			final boolean[] seen = new boolean[fullWidth * fullHeight];
			for (int y = asked.y(); y < asked.bottom(); y++)
				for (int x = asked.x(); x < asked.right(); x++)
					if (area.at(x, y)) expected++;
			area.forEachRun(asked, (y, from, to, annotation) -> {
				for (int x = from; x < to; x++) {
					assertEquals(false, seen[y * fullWidth + x], "visited twice");
					seen[y * fullWidth + x] = true;
					assertEquals(true, area.at(x, y));
				}
			});
			long visited = 0;
			for (final boolean s : seen)
				visited += s ? 1 : 0;
			assertEquals(expected, visited);
			assertEquals(expected, area.count(asked));
		}
	}

	/** A mask pixel decides on the level-0 pixels whose centres it holds. */
	@Test
	void maskPixelsCoverTheirShareOfLevel0() {
		final AnalysedArea area = new AnalysedArea(2, 1, 2.5, new boolean[] { true,
			false }, null, new Region(0, 0, 5, 2));
		// centres 0.5, 1.5 lie before 2.5; 2.5 belongs to the second mask pixel
		assertEquals(true, area.at(1, 0));
		assertEquals(false, area.at(2, 0));
		assertEquals(4, area.count(new Region(0, 0, 5, 2)));
	}
}
