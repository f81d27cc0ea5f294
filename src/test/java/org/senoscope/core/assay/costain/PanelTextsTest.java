
package org.senoscope.core.assay.costain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.cell.CompartmentReadings;
import org.senoscope.core.evidence.Finding;
import org.senoscope.core.evidence.MarkerRule;
import org.senoscope.core.evidence.MarkerState;
import org.senoscope.core.protocol.GateMethod;

/** The one-line texts of a panel: markers, bleed-through, rules. */
class PanelTextsTest {

	@Test
	void wordsOfAMarkerStandInAnyOrder() {
		final List<PanelMarker> m = PanelMarker.parse(
			"p16; ki67=Cy 5:850:nucleus; cd44:otsu:membrane,cell:p05:rolling-ball");
		assertEquals(PanelMarker.of("p16", ""), m.get(0));
		assertEquals("Cy 5", m.get(1).channel());
		assertEquals(850, m.get(1).gate());
		assertEquals(GateMethod.FIXED, m.get(1).gating());
		assertEquals(List.of(Compartment.MEMBRANE, Compartment.CELL), m.get(2)
			.compartments());
		assertEquals(CompartmentReadings.P05, m.get(2).statistic());
		assertEquals(BackgroundMethod.ROLLING_BALL, m.get(2).background());
		assertEquals(GateMethod.OTSU, m.get(2).gating());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "p16:nucleos | did you mean nucleus",
		"=Cy3 | is not MARKER", "p16; P16 | listed twice" })
	void whatIsWrongWithAMarkerIsSaid(final String text, final String said) {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> PanelMarker
			.parse(text)).getMessage().contains(said));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "p16>p21 | is not FROM>TO=SHARE",
		"p16>p21=1.2 | from 0 to below 1", "p16>P16=0.1 | into itself" })
	void whatIsWrongWithBleedThroughIsSaid(final String text, final String said) {
		assertTrue(assertThrows(IllegalArgumentException.class, () -> BleedThrough
			.parse(text)).getMessage().contains(said));
	}

	/** Light 100 and 50, of which 10 % and 20 % get into the other channel. */
	@Test
	void theInverseGivesTheTrueLightBack() {
		final double[][] inverse = BleedThrough.inverse(new double[][] { { 0, 0.2 },
			{ 0.1, 0 } });
		final double[] seen = { 100 + 10, 50 + 10 };
		assertArrayEquals(new double[] { 100, 50 }, new double[] { inverse[0][0] *
			seen[0] + inverse[0][1] * seen[1], inverse[1][0] * seen[0] +
				inverse[1][1] * seen[1] }, 1e-9);
	}

	@Test
	void rulesKnowAndOrNotAndAtLeast() {
		final List<String> ids = List.of("p16", "ki67", "cd44");
		final MarkerState p = MarkerState.POSITIVE, n = MarkerState.NEGATIVE, q =
			MarkerState.NOT_MEASURED;
		final List<MarkerRule> r = MarkerRule.parse(
			"arrested = p16+ AND NOT ki67+; two = at least 2 of (p16+, ki67+, cd44+); any = cd44+ or ki67+",
			ids);
		assertEquals(List.of("arrested", "two", "any"), r.stream().map(
			MarkerRule::name).toList());
		assertEquals(Finding.MET, r.get(0).of(new MarkerState[] { p, n, q }));
		assertEquals(Finding.NOT_MET, r.get(0).of(new MarkerState[] { p, p, q }));
		assertEquals(Finding.NOT_MEASURED, r.get(0).of(new MarkerState[] { p, q,
			q }));
		assertEquals(Finding.MET, r.get(1).of(new MarkerState[] { p, q, p }));
		assertEquals(Finding.NOT_MET, r.get(1).of(new MarkerState[] { p, n, n }));
		assertEquals(Finding.NOT_MEASURED, r.get(1).of(new MarkerState[] { p, n,
			q }));
		assertEquals(Finding.MET, r.get(2).of(new MarkerState[] { n, n, p }));
		// a marker that the table lacks is not measured
		assertEquals(Finding.NOT_MEASURED, r.get(2).of(new MarkerState[] { n, n }));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "a = p61+ | did you mean p16",
		"p16+ | is not NAME = CONDITION", "a = p16+ and | ends early",
		"a = 3 of (p16+, ki67+) | cannot hold", "a = (p16+ | ')' expected",
		"a = p16+; a = ki67+ | two rules are called a",
		"a = lineage tumour and p16+ | rules ask for markers only" })
	void whatIsWrongWithARuleIsSaid(final String text, final String said) {
		final String message = assertThrows(IllegalArgumentException.class,
			() -> MarkerRule.parse(text, List.of("p16", "ki67"))).getMessage();
		assertTrue(message.contains(said), message);
	}
}
