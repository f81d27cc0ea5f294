
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.senoscope.core.cell.CellRaster;
import org.senoscope.core.image.Region;

class SeamResolverTest {

	/** Two blocks side by side; the seam is at column 1024. */
	private final BlockGrid grid = BlockGrid.of(2048, 1024, 1, 48, 1024);

	private static NucleusCandidate box(final int block, final boolean owned,
		final int x, final int y, final int w, final int h)
	{
		final int[] runs = new int[3 * h];
		for (int i = 0; i < h; i++) {
			runs[3 * i] = y + i;
			runs[3 * i + 1] = x;
			runs[3 * i + 2] = x + w;
		}
		return new NucleusCandidate(block, owned, x, y, x + w, y + h, runs, w * h,
			x + w / 2.0, y + h / 2.0, Double.NaN, false);
	}

	@Test
	void aNucleusThatBothBlocksSawCountsOnce() {
		final NucleusCandidate owned = box(0, true, 1010, 100, 20, 20), borrowed =
			box(1, false, 1010, 100, 20, 20);
		assertSame(owned, resolved(owned, borrowed).get(0));
		assertEquals(1, resolved(owned, borrowed).size());
	}

	@Test
	void aNucleusThatItsOwnBlockMissedIsTakenFromTheNeighbour() {
		final NucleusCandidate borrowed = box(0, false, 1020, 100, 20, 20);
		assertEquals(List.of(borrowed), resolved(borrowed));
	}

	@Test
	void ofTwoThatOverlapMuchOneStandsAndOfTwoThatTouchBoth() {
		final NucleusCandidate a = box(0, true, 1000, 100, 20, 20), b = box(1, true,
			1008, 100, 40, 20);
		assertEquals(List.of(a), resolved(a, b));
		final NucleusCandidate c = box(1, true, 1018, 100, 40, 20);
		assertEquals(List.of(a, c), resolved(a, c));
	}

	@Test
	void theAnswerDoesNotDependOnTheOrderOfTheCandidates() {
		final List<NucleusCandidate> all = new ArrayList<>(List.of(box(0, true,
			1000, 90, 20, 20), box(1, false, 1000, 90, 20, 20), box(0, true, 1005,
				300, 22, 30), box(1, true, 1012, 305, 40, 30), box(1, true, 1400, 10, 9,
					9)));
		final List<NucleusCandidate> expected = SeamResolver.resolve(grid, all,
			new Region(0, 0, 2048, 1024));
		Collections.reverse(all);
		assertEquals(expected, SeamResolver.resolve(grid, all, new Region(0, 0,
			2048, 1024)));
		assertEquals(3, expected.size());
	}

	@Test
	void aPixelThatTwoClaimGoesToOneInWhateverOrderTheyArePainted() {
		final NucleusCandidate a = box(0, true, 1000, 100, 20, 20), c = box(1, true,
			1018, 100, 40, 20);
		final CellRaster raster = new CellRaster();
		final Region reach = new Region(990, 90, 100, 50);
		SeamResolver.paint(List.of(a, c), reach, raster);
		assertEquals(1, raster.nuclei()[20 * 100 + 29]);
		assertEquals(2, raster.nuclei()[20 * 100 + 30]);
		SeamResolver.paint(List.of(c, a), reach, raster);
		assertEquals(2, raster.nuclei()[20 * 100 + 29]);
		assertEquals(1, raster.nuclei()[20 * 100 + 30]);
	}

	@Test
	void overlapIsTheNumberOfSharedPixels() {
		assertEquals(2 * 5, box(0, true, 0, 0, 10, 5).overlap(box(1, true, 8, 0, 10,
			5)));
		assertEquals(0, box(0, true, 0, 0, 10, 5).overlap(box(1, true, 10, 0, 10,
			5)));
		assertTrue(Arrays.asList(box(0, true, 0, 0, 10, 5)).get(0).boxMeets(box(1,
			true, 8, 0, 10, 5)));
	}

	private List<NucleusCandidate> resolved(
		final NucleusCandidate... candidates)
	{
		return SeamResolver.resolve(grid, List.of(candidates), new Region(900, 0,
			300, 400));
	}
}
