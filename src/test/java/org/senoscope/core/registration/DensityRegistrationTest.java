
package org.senoscope.core.registration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.PlantedCell;

/** Neighbouring sections of a planted block, laid on the slide at any angle. */
class DensityRegistrationTest {

	private static final double SIDE = 2400;

	private static DensityRegistration.Section section(
		final List<PlantedCell> cells, final RigidTransform laid)
	{
		final List<double[]> places = cells.stream().map(c -> new double[] { laid.x(
			0.5 * c.xPx(), 0.5 * c.yPx()), laid.y(0.5 * c.xPx(), 0.5 * c.yPx()) })
			.filter(p -> p[0] >= 0 && p[1] >= 0 && p[0] < SIDE && p[1] < SIDE)
			.toList();
		return new DensityRegistration.Section(places.stream().mapToDouble(
			p -> p[0]).toArray(), places.stream().mapToDouble(p -> p[1]).toArray(),
			SIDE, SIDE);
	}

	@Test
	void shiftAndRotationOfANeighbouringSectionAreFound() {
		for (final double degrees : new double[] { 14, -160 }) {
			final RigidTransform laid = RigidTransform.about(SIDE / 2, SIDE / 2, Math
				.toRadians(degrees), 110, -75);
			final DensityRegistration.Found found = DensityRegistration.find(section(
				Phantoms.section(5, 0, false, SIDE), RigidTransform.IDENTITY), section(
					Phantoms.section(5, 1, false, SIDE), laid));
			assertTrue(found.matches(), degrees + "°: " + found);
			for (final double x : new double[] { 400, 2000 })
				for (final double y : new double[] { 400, 2000 })
					assertEquals(0, Math.hypot(found.transform().x(x, y) - laid.x(x, y),
						found.transform().y(x, y) - laid.y(x, y)), 25, degrees + "°, µm");
		}
	}

	@Test
	void sectionsOfOtherBlocksDoNotMatch() {
		for (int seed = 6; seed < 9; seed++) {
			final DensityRegistration.Found found = DensityRegistration.find(section(
				Phantoms.section(5, 0, false, SIDE), RigidTransform.IDENTITY), section(
					Phantoms.section(seed, 1, false, SIDE), RigidTransform.IDENTITY));
			assertFalse(found.matches(), seed + ": " + found);
		}
	}
}
