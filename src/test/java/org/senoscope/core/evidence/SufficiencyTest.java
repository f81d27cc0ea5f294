
package org.senoscope.core.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.senoscope.core.cell.Lineage;

class SufficiencyTest {

	private static final EvidenceDefinition BUILT_IN = EvidenceDefinition
		.builtIn();

	private static EvidenceCaller caller(final String panel,
		final String specimen)
	{
		final List<Marker> markers = Arrays.stream(panel.split(" ")).filter(p -> !p
			.isEmpty()).map(BUILT_IN::marker).toList();
		return new EvidenceCaller(BUILT_IN, markers, EvidenceRulesTest.specimen(
			specimen), P53Pattern.UNKNOWN);
	}

	// @formatter:off
	@ParameterizedTest
	@CsvSource({
		// panel, specimen, states told, marker that would help most
		"'',                            '',   '',                                 ki67",
		"ki67,                          '',   proliferating,                      p21",
		"sagal,                         '',   '',                                 ki67",
		"sagal ki67,                    '',   proliferating,                      p21",
		"sagal ki67 p21,                '',   senescent proliferating,            p27",
		"ki67 p21,                      ffpe, proliferating,                      lipofuscin",
		"ki67 p27 nr2f1,                '',   dormant proliferating,              p21",
		"ki67 p27,                      '',   proliferating,                      nr2f1",
		"ki67 cd44 cd133 p27,           '',   csc proliferating,                  nr2f1",
		"ki67 cd44,                     breast, proliferating,                    cd24",
		"ki67 p21 sagal p27 nr2f1 cd44 cd133, '', senescent dormant csc proliferating, ''" })
	// @formatter:on
	void aPanelKnowsWhatItTellsAndWhatWouldHelpMost(final String panel,
		final String specimen, final String told, final String help)
	{
		final Sufficiency s = caller(panel, specimen).sufficiency();
		assertEquals(told, String.join(" ", s.told().stream().map(State::id)
			.toList()));
		if (help == null || help.isEmpty()) assertNull(s.mostHelpful());
		else assertEquals(help, s.mostHelpful().id(), s.proposals().toString());
	}

	@Test
	void proposedMarkersDoWhatTheyPromise() {
		for (final String panel : List.of("", "ki67", "sagal", "cd44 ki67",
			"gh2ax p53bp1"))
			for (final Sufficiency.Proposal p : caller(panel, "5d").sufficiency()
				.proposals())
			{
				final StringBuilder more = new StringBuilder(panel);
				assertTrue(!p.add().isEmpty(), panel + " " + p.state().id());
				p.add().forEach(m -> more.append(' ').append(m.id()));
				assertTrue(caller(more.toString().strip(), "5d").sufficiency().tells(p
					.state().id()), more + " " + p.state().id());
			}
	}

	/** All 3^10 cells of a panel that speaks on every axis. */
	@Test
	void noSubsetOfMarkersMakesAStateOfOneAxis() {
		final List<String> ids = List.of("ki67", "p21", "p16", "sagal", "lmnb1",
			"gh2ax", "p53bp1", "p27", "nr2f1", "cd44");
		final EvidenceCaller caller = caller(String.join(" ", ids), "5d");
		final int arrest = BUILT_IN.axis("arrest").index(), cycling = BUILT_IN.axis(
			"cycling").index();
		final int[] senescence = { BUILT_IN.axis("lysosome").index(), BUILT_IN.axis(
			"chromatin").index(), BUILT_IN.axis("dna_damage").index() };
		final int all = (int) Math.pow(3, ids.size());
		for (int code = 0; code < all; code++) {
			final MarkerState[] cell = new MarkerState[ids.size()];
			for (int m = 0, rest = code; m < cell.length; m++, rest /= 3)
				cell[m] = MarkerState.values()[rest % 3];
			final EvidenceCall call = caller.call(cell, Lineage.TUMOUR, 0);
			final int met = (int) Arrays.stream(senescence).filter(a -> call.axes()
				.get(a) == Finding.MET).count();
			final String said = Arrays.toString(cell) + call.reason();
			if (call.phenotype().startsWith("senescent")) {
				assertTrue(met + (call.axes().get(arrest) == Finding.MET ? 1
					: 0) >= 2 && met >= 1, said);
				assertTrue(cell[0] != MarkerState.POSITIVE, said);
			}
			if (call.phenotype().startsWith("dormant")) assertTrue(call.axes().get(
				cycling) == Finding.NOT_MET && cell[7] == MarkerState.POSITIVE &&
				cell[8] == MarkerState.POSITIVE && met == 0, said);
			if (call.called()) assertTrue(Arrays.stream(cell).filter(
				s -> s != MarkerState.NOT_MEASURED).count() > 1 || call.phenotype()
					.equals("proliferating"), said);
			if (cell[0] == MarkerState.NOT_MEASURED && call.phenotype().startsWith(
				"dormant")) throw new AssertionError(said);
			assertEquals(!call.called(), Double.isNaN(call.confidence(null)), said);
		}
	}

	/** A state that a panel cannot tell is told of no cell of it. */
	@Test
	void aPanelNeverTellsMoreThanItCan() {
		final SplittableRandom random = new SplittableRandom(7);
		final List<Marker> all = BUILT_IN.markers();
		final MarkerState[] states = MarkerState.values();
		for (int round = 0; round < 60; round++) {
			final List<Marker> panel = all.stream().filter(m -> m.weighs() && random
				.nextInt(10) == 0).toList();
			final EvidenceCaller caller = new EvidenceCaller(BUILT_IN, panel,
				EvidenceRulesTest.specimen("5d"), P53Pattern.UNKNOWN);
			for (int i = 0; i < 300; i++) {
				final MarkerState[] cell = panel.stream().map(m -> states[random
					.nextInt(3)]).toArray(MarkerState[]::new);
				final EvidenceCall call = caller.call(cell, Lineage.TUMOUR, 0);
				for (final String state : List.of("senescent", "dormant"))
					if (call.phenotype().startsWith(state)) assertTrue(caller
						.sufficiency().tells(state), call.reason());
			}
		}
	}

	@Test
	void resultsDoNotDependOnTheOrderOfThePanel() {
		final EvidenceCall one = EvidenceRulesTest.tumour(
			"sagal+ ki67- p16+ cd44-"), other = EvidenceRulesTest.tumour(
				"cd44- p16+ ki67- sagal+");
		assertEquals(one.phenotype(), other.phenotype());
		assertEquals(one.axesText(), other.axesText());
		assertEquals(one.confidence(null), other.confidence(null));
	}
}
