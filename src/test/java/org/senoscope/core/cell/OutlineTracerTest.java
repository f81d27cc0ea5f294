
package org.senoscope.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;

class OutlineTracerTest {

	private static final GeometryFactory GEOMETRY = new GeometryFactory();

	private static int[] draw(final String... rows) {
		final int[] labels = new int[rows.length * rows[0].length()];
		for (int y = 0; y < rows.length; y++)
			for (int x = 0; x < rows[y].length(); x++)
				labels[y * rows[y].length() + x] = rows[y].charAt(x) == '#' ? 1 : 0;
		return labels;
	}

	private static Polygon polygon(final Outline o) {
		final Coordinate[] ring = new Coordinate[o.corners() + 1];
		for (int i = 0; i < ring.length; i++)
			ring[i] = new Coordinate(o.x()[i % o.corners()], o.y()[i % o.corners()]);
		return GEOMETRY.createPolygon(ring);
	}

	private static Outline trace(final int[] labels, final int w,
		final int scale)
	{
		int first = 0;
		while (labels[first] != 1)
			first++;
		return new OutlineTracer().trace(labels, w, labels.length / w, first % w,
			first / w, 1, 10, 20, scale);
	}

	@Test
	void aSinglePixelIsADiamondOfHalfItsArea() {
		final Outline o = trace(draw("...", ".#.", "..."), 3, 1);
		assertEquals(4, o.corners());
		assertEquals(0.5, o.area(), 1e-9);
	}

	@Test
	void outlinesLieInLevel0Coordinates() {
		final Outline o = trace(draw("##", "##"), 2, 4);
		// pixels 10..11 by 20..21 of 4 level-0 pixels each
		for (int i = 0; i < o.corners(); i++) {
			assertTrue(o.x()[i] >= 40 && o.x()[i] <= 48, "x " + o.x()[i]);
			assertTrue(o.y()[i] >= 80 && o.y()[i] <= 88, "y " + o.y()[i]);
		}
		assertEquals(3.5 * 16, o.area(), 1e-6);
	}

	@Test
	void pixelsThatTouchByACornerStayInOneValidOutline() {
		final Outline o = trace(draw("#..", ".#.", "..#"), 3, 1);
		assertTrue(polygon(o).isValid());
		assertEquals(6, polygon(o).getCentroid().getX() - 10 + polygon(o)
			.getCentroid().getY() - 20 + 3, 1e-3);
	}

	/**
	 * On random blobs: valid, half a pixel less than the pixels, and around
	 * exactly the centres of the label's pixels.
	 */
	@Test
	void theOutlineHoldsThePixelCentresOfItsLabelAndNoOther() {
		final Random random = new Random(5);
		for (int round = 0; round < 50; round++) {
			final int w = 24, h = 20;
			final int[] labels = new int[w * h];
			final double cx = 12, cy = 10, r0 = 3 + 4 * random.nextDouble(), wobble =
				2 * random.nextDouble(), phase = random.nextDouble();
			int n = 0;
			for (int y = 0; y < h; y++)
				for (int x = 0; x < w; x++) {
					final double dx = x + 0.5 - cx, dy = y + 0.5 - cy;
					if (Math.hypot(dx, dy) < r0 + wobble * Math.sin(3 * Math.atan2(dy,
						dx) + 6 * phase))
					{
						labels[y * w + x] = 1;
						n++;
					}
				}
			final Polygon p = polygon(trace(labels, w, 1));
			assertTrue(p.isValid(), "round " + round);
			assertEquals(n - 0.5, p.getArea(), 1e-3, "round " + round);
			for (int y = 0; y < h; y++)
				for (int x = 0; x < w; x++)
					assertEquals(labels[y * w + x] == 1, p.contains(GEOMETRY.createPoint(
						new Coordinate(10 + x + 0.5, 20 + y + 0.5))), x + "," + y +
							" in round " + round);
		}
	}

	@Test
	void shapeOfADiscIsNearlyThatOfACircle() {
		final int w = 61;
		final int[] labels = new int[w * w];
		long n = 0;
		double sxx = 0;
		for (int y = 0; y < w; y++)
			for (int x = 0; x < w; x++)
				if (Math.hypot(x - 30, y - 30) <= 25) {
					labels[y * w + x] = 1;
					n++;
					sxx += (x - 30) * (x - 30);
				}
		final OutlineTracer tracer = new OutlineTracer();
		final Outline outline = tracer.trace(labels, w, w, 30, 5, 1, 0, 0, 1);
		final NucleusShape s = NucleusShape.of(outline, tracer.smoothLength(), n,
			sxx, sxx, 0, 1, 0.5);
		assertEquals(Math.PI * 25 * 25 * 0.25, s.areaUm2(), 8);
		assertEquals(1, s.circularity(), 0.02);
		assertEquals(1, s.solidity(), 0.03);
		assertEquals(0, s.eccentricity(), 1e-6);
		assertEquals(25, s.majorAxisUm(), 0.3);
	}
}
