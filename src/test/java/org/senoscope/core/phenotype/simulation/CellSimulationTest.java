
package org.senoscope.core.phenotype.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.evidence.Marker;
import org.senoscope.core.protocol.ControlRole;

/** Simulated cells are what the evidence definition lets one expect. */
class CellSimulationTest {

	private static final MarkerProfiles PROFILES = MarkerProfiles.of(
		EvidenceDefinition.builtIn());
	private static final SimulationSettings ALL = SimulationSettings.DEFAULTS
		.panel(PROFILES.markers()).size(4, 4000);

	@Test
	void everyMarkerThatWeighsOnAStateIsSimulated() {
		for (final Marker marker : EvidenceDefinition.builtIn().markers()) {
			final boolean weighs = marker.roles().stream().anyMatch(r -> r
				.weight() > 0 && PROFILES.axes().contains(r.axis()));
			assertEquals(weighs, PROFILES.markers().contains(marker.id()), marker
				.id());
		}
	}

	@Test
	void markersMoveInTheDirectionsOfTheDefinition() {
		final SimulatedCells cells = CellSimulation.run(PROFILES, ALL);
		assertTrue(ratio(cells, "sagal", 0) > 2, "SA-beta-gal in senescent cells");
		assertTrue(ratio(cells, "lmnb1", 0) < 0.6, "lamin B1 is lost");
		assertTrue(ratio(cells, "nr2f1", 1) > 1.3, "NR2F1 in dormant cells");
		assertTrue(ratio(cells, "sox2", 2) > 1.3, "SOX2 in stem-like cells");
		assertTrue(ratio(cells, "ki67", 3) > 2, "Ki-67 in cycling cells");
	}

	@Test
	void restingAndArrestedCellsAreAlikeInKi67() {
		final SimulatedCells cells = CellSimulation.run(PROFILES, ALL);
		final int ki67 = cells.features().names().indexOf("ki67");
		final double resting = median(cells, ki67, c -> !cells.is(c, 0) && !cells
			.is(c, 1) && !cells.is(c, 3)), arrested = median(cells, ki67, c -> cells
				.is(c, 0) || cells.is(c, 1));
		assertEquals(1, arrested / resting, 0.2);
	}

	@Test
	void statesOverlapInEverySingleMarker() {
		final SimulatedCells cells = CellSimulation.run(PROFILES, ALL);
		final int sagal = cells.features().names().indexOf("sagal");
		final long missed = count(cells, c -> cells.is(c, 0) && !cells.positive(c,
			sagal)), falsely = count(cells, c -> !cells.is(c, 0) && cells.positive(c,
				sagal));
		assertTrue(missed > 0.1 * count(cells, c -> cells.is(c, 0)));
		assertTrue(falsely > 0.02 * count(cells, c -> !cells.is(c, 0)));
	}

	@Test
	void controlsAreHardlyArrestedAndOtherLineagesHaveNoState() {
		final SimulatedCells cells = CellSimulation.run(PROFILES, ALL.controlled(1)
			.otherLineages(0.2));
		final long controls = count(cells, c -> cells.features().control(
			c) == ControlRole.NEGATIVE);
		assertEquals(0.25 * cells.features().cells(), controls, 1);
		assertTrue(count(cells, c -> cells.features().control(c) != null && (cells
			.is(c, 0) || cells.is(c, 1))) < 0.1 * controls);
		final long other = count(cells, c -> cells.lineages()[c] != Lineage.TUMOUR);
		assertEquals(0.2, other / (double) cells.features().cells(), 0.02);
		assertEquals(0, count(cells, c -> cells.lineages()[c] != Lineage.TUMOUR &&
			(cells.is(c, 0) || cells.is(c, 1) || cells.is(c, 2) || cells.is(c, 3))));
	}

	@Test
	void slidesHavePanelsOfTheirOwn() {
		final SimulatedCells cells = CellSimulation.run(PROFILES,
			SimulationSettings.DEFAULTS.size(200, 10));
		int fewest = Integer.MAX_VALUE, most = 0;
		for (int slide = 0; slide < 200; slide++) {
			int measured = 0;
			for (int m = 0; m < PROFILES.markers().size(); m++) {
				final int marker = m, first = slide * 10;
				if (IntStream.range(first, first + 10).anyMatch(c -> !Float.isNaN(cells
					.features().value(c, marker)))) measured++;
			}
			fewest = Math.min(fewest, measured);
			most = Math.max(most, measured);
		}
		assertTrue(fewest <= 2 && most >= 10, fewest + " to " + most);
	}

	@Test
	void gainsScaleASlide() {
		final SimulationSettings one = ALL.size(1, 2000);
		final SimulatedCells plain = CellSimulation.run(PROFILES, one.fold(1)),
				scaled = CellSimulation.run(PROFILES, one.fold(2));
		final int ki67 = plain.features().names().indexOf("ki67");
		final double factor = median(scaled, ki67, c -> true) / median(plain, ki67,
			c -> true);
		assertTrue(factor > 0.4 && factor < 2.2 && Math.abs(factor - 1) > 0.02,
			"factor " + factor);
	}

	@Test
	void theSameSeedGivesTheSameCellsAndAnotherOthers() {
		final SimulationSettings small = ALL.size(2, 50);
		final float[] first = CellSimulation.run(PROFILES, small).features()
			.values();
		assertArrayEquals(first, CellSimulation.run(PROFILES, small).features()
			.values());
		assertFalse(java.util.Arrays.equals(first, CellSimulation.run(PROFILES,
			small.seed(2)).features().values()));
	}

	@Test
	void perturbedProfilesDifferInWeightsAndDirections() {
		final MarkerProfiles other = PROFILES.perturbed(0.4, 0.2, 1);
		int reversed = 0, roles = 0;
		for (int m = 0; m < PROFILES.profiles().size(); m++)
			for (int e = 0; e < PROFILES.profiles().get(m).effects().size(); e++) {
				final double before = PROFILES.profiles().get(m).effects().get(e)
					.shift(), after = other.profiles().get(m).effects().get(e).shift();
				assertFalse(before == after);
				roles++;
				if (before * after < 0) reversed++;
			}
		assertTrue(reversed > 0.08 * roles && reversed < 0.35 * roles, reversed +
			" of " + roles);
		assertEquals(PROFILES.markers(), other.markers());
	}

	private static double ratio(final SimulatedCells cells, final String marker,
		final int state)
	{
		final int m = cells.features().names().indexOf(marker);
		return median(cells, m, c -> cells.is(c, state)) / median(cells, m,
			c -> !cells.is(c, state));
	}

	private static double median(final SimulatedCells cells, final int marker,
		final IntPredicate which)
	{
		final double[] values = IntStream.range(0, cells.features().cells()).filter(
			which).mapToDouble(c -> cells.features().value(c, marker)).filter(
				v -> !Double.isNaN(v)).sorted().toArray();
		return values[values.length / 2];
	}

	private static long count(final SimulatedCells cells,
		final IntPredicate which)
	{
		return IntStream.range(0, cells.features().cells()).filter(which).count();
	}
}
