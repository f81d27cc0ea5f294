
package org.senoscope.core.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;
import org.senoscope.core.validation.NucleusMatching.Nucleus;
import org.senoscope.core.validation.NucleusMatching.Pair;

/** Which nucleus is which, on squares of side 10 and points. */
class NucleusMatchingTest {

	private static final GeometryFactory FACTORY = new GeometryFactory();

	@Test
	void outlinesMatchByOverlapEachOnce() {
		// 8 of 10 columns in common: 80 / 120
		final List<Nucleus> reference = List.of(square(0, 0), square(50, 0));
		final List<Nucleus> predicted = List.of(square(4, 0), square(2, 0));
		assertEquals(List.of(new Pair(1, 0)), match(predicted, reference, 0.4));
		assertEquals(List.of(), match(predicted, reference, 0.7));
	}

	@Test
	void pointsMatchTheNearestWithinReach() {
		final List<Nucleus> reference = List.of(point(0, 0), point(8, 0));
		final List<Nucleus> predicted = List.of(point(5, 0), point(7, 0), point(30,
			0));
		// 7 takes 8; 5 then takes 0, which is 5 away
		assertEquals(List.of(new Pair(1, 1), new Pair(0, 0)), match(predicted,
			reference, 0.5));
	}

	@Test
	void pointsMatchTheOutlineThatHoldsThem() {
		assertEquals(List.of(new Pair(0, 1)), match(List.of(point(22, 3)), List.of(
			square(0, 0), square(20, 0)), 0.5));
		assertEquals(List.of(), match(List.of(point(15, 3)), List.of(square(0, 0),
			square(20, 0)), 0.5));
	}

	private static List<Pair> match(final List<Nucleus> predicted,
		final List<Nucleus> reference, final double iou)
	{
		return NucleusMatching.match(predicted, reference, iou, 6);
	}

	private static Nucleus square(final double x, final double y) {
		return new Nucleus(FACTORY.toGeometry(new Envelope(x, x + 10, y, y + 10)),
			"");
	}

	private static Nucleus point(final double x, final double y) {
		return new Nucleus(FACTORY.createPoint(new Coordinate(x, y)), "");
	}
}
