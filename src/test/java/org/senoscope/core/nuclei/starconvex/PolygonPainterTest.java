
package org.senoscope.core.nuclei.starconvex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.senoscope.core.image.Region;

class PolygonPainterTest {

	private static final Region RASTER = new Region(0, 0, 11, 9);

	/*
	 * A diamond around (5, 4) with corners 3.5 px away, corners at the centres of
	 * pixels, whose centres it holds:
	 */
	@Test
	void pixelsWhoseCentreIsInsideArePainted() {
		final int[] labels = new int[99];
		final PolygonPainter painter = new PolygonPainter(4);
		assertEquals(25, painter.find(diamond(5, 4, 3.5f), 0, 1, RASTER));
		painter.paint(labels, 11, 7);
		assertEquals("""
				...........
				.....#.....
				....###....
				...#####...
				..#######..
				...#####...
				....###....
				.....#.....
				...........
				""", drawn(labels, 11));
	}

	/** A network pixel of 2 x 2: the same diamond, twice as large. */
	@Test
	void polygonsAreBroughtToTheScaleOfTheRaster() {
		final PolygonPainter painter = new PolygonPainter(4);
		// centre at (2.5 * 2 - 0.5, 2.5 * 2 - 0.5), corners 4.2 px away: 40 centres
		assertEquals(40, painter.find(diamond(2, 2, 2.1f), 0, 2, new Region(0, 0,
			20, 20)));
		// the raster is a window of the slide
		assertEquals(40, painter.find(diamond(12, 12, 2.1f), 0, 2, new Region(20,
			20, 20, 20)));
		assertEquals(20, painter.find(diamond(2, 2, 2.1f), 0, 2, new Region(5, 0,
			20, 20)), "what lies outside is left out");
	}

	@Test
	void onlyFreePixelsAreTakenAndGivenBack() {
		final int[] labels = new int[99];
		final PolygonPainter painter = new PolygonPainter(4);
		final LabelPieces pieces = new LabelPieces();
		for (int y = 0; y < 9; y++)
			labels[y * 11 + 5] = 1; // a bar through the middle
		painter.find(diamond(5, 4, 3.5f), 0, 1, RASTER);
		assertEquals(18, painter.paintFree(labels, 11, 2));
		assertFalse(painter.isOnePiece(labels, RASTER, 2, 18, pieces));
		painter.erase(labels, 11, 2);
		for (int p = 0; p < 99; p++)
			assertEquals(p % 11 == 5 ? 1 : 0, labels[p]);
		labels[4 * 11 + 5] = 0; // a gap joins the halves
		assertEquals(19, painter.paintFree(labels, 11, 2));
		assertTrue(painter.isOnePiece(labels, RASTER, 2, 19, pieces));
	}

	/** Of a label in two pieces the larger one stays. */
	@Test
	void largestPieceStays() {
		final int[] labels = { //
			1, 1, 0, 1, //
			1, 2, 2, 0, //
			0, 0, 2, 1 };
		new LabelPieces().keepLargest(labels, 4, 3, 2, new boolean[] { false, true,
			true });
		assertEquals("""
				##..
				###.
				..#.
				""", drawn(labels, 4));
	}

	private static Candidates diamond(final int x, final int y,
		final float distance)
	{
		final Candidates c = new Candidates(4);
		c.add(1, x, y, new float[] { distance, distance, distance, distance }, 0);
		return c;
	}

	private static String drawn(final int[] labels, final int width) {
		final StringBuilder s = new StringBuilder();
		for (int p = 0; p < labels.length; p++) {
			s.append(labels[p] > 0 ? '#' : '.');
			if (p % width == width - 1) s.append('\n');
		}
		return s.toString();
	}
}
