
package org.senoscope.core.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.protocol.Preservation;
import org.senoscope.core.protocol.SpecimenKind;
import org.senoscope.core.protocol.SpecimenSettings;

/**
 * Every rule and guardrail of the built-in definition, a cell a line. Markers
 * that a line does not name are not measured.
 */
class EvidenceRulesTest {

	private static final EvidenceDefinition BUILT_IN = EvidenceDefinition
		.builtIn();

	/** A specimen in words: "culture 5d breast mouse ffpe 8um". */
	static SpecimenSettings specimen(final String words) {
		Preservation kept = Preservation.UNKNOWN;
		SpecimenKind kind = SpecimenKind.UNKNOWN;
		String tumour = "", species = "human";
		double um = Double.NaN, days = Double.NaN;
		for (final String word : words.split(" "))
			switch (word) {
				case "" -> {}
				case "ffpe" -> kept = Preservation.FFPE;
				case "culture" -> kind = SpecimenKind.CULTURE;
				case "section" -> kind = SpecimenKind.SECTION;
				case "mouse" -> species = "mouse";
				default -> {
					if (word.matches("\\d+d")) days = Double.parseDouble(word.replace("d",
						""));
					else if (word.matches("\\d+um")) um = Double.parseDouble(word.replace(
						"um", ""));
					else tumour = word;
				}
			}
		return new SpecimenSettings(kept, kind, "", tumour, species, um, "", days);
	}

	static EvidenceCall call(final String cell, final Lineage lineage,
		final String specimen, final P53Pattern p53, final CellFlag... flags)
	{
		final List<Marker> panel = new ArrayList<>();
		final List<MarkerState> states = new ArrayList<>();
		for (final String sign : cell.strip().split("\\s+")) {
			if (sign.isEmpty()) continue;
			final Marker marker = BUILT_IN.marker(sign.substring(0, sign.length() -
				1));
			assertTrue(marker != null, sign);
			panel.add(marker);
			states.add(sign.endsWith("+") ? MarkerState.POSITIVE : sign.endsWith("-")
				? MarkerState.NEGATIVE : MarkerState.NOT_MEASURED);
		}
		int bits = 0;
		for (final CellFlag flag : flags)
			bits |= flag.bit();
		return new EvidenceCaller(BUILT_IN, panel, specimen(specimen), p53).call(
			states.toArray(MarkerState[]::new), lineage, bits);
	}

	static EvidenceCall tumour(final String cell, final String specimen) {
		return call(cell, Lineage.TUMOUR, specimen, P53Pattern.UNKNOWN);
	}

	static EvidenceCall tumour(final String cell) {
		return tumour(cell, "");
	}

	private static void axis(final String expected, final String axis,
		final EvidenceCall call)
	{
		assertTrue((";" + call.axesText() + ";").contains(";" + axis + "=" +
			expected + ";"), axis + " in " + call.axesText());
	}

	// @formatter:off
	@ParameterizedTest
	@CsvSource({
		// cell, specimen, phenotype
		"sagal+ ki67- p16+,                         '',      senescent",
		"sagal+ ki67- p21+,                         '',      senescent",
		"lipofuscin+ ki67- p21+,                    ffpe,    senescent",
		"p21+ ki67- h3k9me3+ lmnb1-,                ffpe,    senescent",
		"sagal+ ki67- lmnb1-,                       '',      senescent",
		"sagal+ ki67- lmnb1- p21- p16-,             '',      indeterminate",
		"sagal+ ki67- lmnb1- p21- gh2ax+ p53bp1+,   5d,      senescent",
		"sagal+ edu- nuclear_area+,                 culture, senescent",
		"sagal+ edu- nuclear_area+,                 section, indeterminate",
		"p21+ ki67- gh2ax+ p53bp1+,                 5d,      senescent",
		"sagal- p21+ ki67- gh2ax+ p53bp1+,          5d,      arrested_unresolved",
		"sagal- p21+ ki67- gh2ax+ p53bp1+ lmnb1-,   5d,      senescent",
		"sagal+ ki67- p21+ cd44+ aldh1+,            '',      senescent_stem_like",
		"sagal+ ki67- p21+ p27+ nr2f1+,             '',      arrested_unresolved",
		"ki67- p21+,                                '',      arrested_unresolved",
		"ki67- prb-,                                '',      arrested_unresolved",
		"ki67- p27+ nr2f1+,                         '',      dormant",
		"ki67- p27+ dec2+,                          '',      dormant",
		"ki67- p27+ nr2f1+ sagal-,                  '',      dormant",
		"ki67- p27+ nr2f1+ sagal+,                  '',      arrested_unresolved",
		"ki67- p27+ nr2f1+ cd44+ sox2+,             '',      dormant_csc",
		"ki67+ p27+ nr2f1+,                         '',      proliferating",
		"ki67+ cd44+ cd133+,                        '',      csc",
		"ki67- cd44+ cd133+,                        '',      csc_not_cycling",
		"ki67- cd44+ cd133+ p27- nr2f1-,            '',      csc_not_cycling",
		"cd44+ cd133+,                              '',      indeterminate",
		"ki67+,                                     '',      proliferating",
		"ki67+ p16-,                                '',      proliferating",
		"cyclina2+ ki67-,                           '',      proliferating",
		"ki67+ p16+,                                '',      discordant_p16",
		"ki67+ p16+ sagal+ p21+,                    '',      discordant_p16",
		"ki67+ sagal+,                              '',      cycling_with_senescence_markers",
		"ki67+ p21+,                                '',      cycling_with_senescence_markers",
		"ki67+ p21- sagal-,                         '',      proliferating",
		"edu+ sagal+,                               '',      cycling_with_senescence_markers",
		// no rule
		"ki67-,                                     '',      indeterminate",
		"sagal+,                                    '',      indeterminate",
		"sagal+ ki67-,                              '',      indeterminate",
		"ki67- edu-,                                '',      indeterminate",
		"p27+ ki67-,                                '',      indeterminate",
		"nr2f1+ ki67- p27-,                         '',      indeterminate",
		"ki67- cd44+,                               '',      indeterminate",
		// the two ways in which p27 and DEC2 are mistaken
		"ki67- dec1+ p27+,                          '',      indeterminate",
		// SA-beta-gal on FFPE is no reading
		"sagal+ ki67- p16+,                         ffpe,    arrested_unresolved",
		// SASP: factors and effectors support, alone they decide nothing
		"ki67- p21+ il6+ il8+,                      '',      arrested_unresolved",
		"ki67- p21+ sagal+ il6- il8-,               '',      senescent",
		// cyclin D1 and E do not tell cycling
		"cyclind1+ cycline+ ki67-,                  '',      indeterminate",
		"bcl2+ upar+ pdl1+ vegf+ tgfb+,             '',      indeterminate" })
	// @formatter:on
	void phenotypesFollowTheRulesInTheirOrder(final String cell,
		final String specimen, final String phenotype)
	{
		final EvidenceCall call = tumour(cell, specimen);
		assertEquals(phenotype, call.phenotype(), call.reason() + " | " + call
			.axesText());
	}

	// @formatter:off
	@ParameterizedTest
	@CsvSource({
		// cell, specimen, axis, expected
		"ki67-,                 '',          arrest,        not_measured",
		"ki67+,                 '',          arrest,        not_met",
		"ki67+ p21+ p16+,       '',          arrest,        not_met",
		"ki67- p16-,            glioma,      arrest,        not_measured",
		"ki67- p16-,            breast,      arrest,        not_met",
		"ki67- p16+,            glioma,      arrest,        met",
		"ki67- p16-,            Pancreas,    arrest,        not_measured",
		"sahf-,                 '',          chromatin,     not_measured",
		"sahf+,                 '',          chromatin,     met",
		"sahf+,                 mouse,       chromatin,     not_measured",
		"lmnb1-,                '',          chromatin,     met",
		"lmnb1+ sahf-,          '',          chromatin,     not_met",
		"nuclear_area+,         section,     chromatin,     not_measured",
		"h3k9me3+ dna_content+, 5um,         chromatin,     not_measured",
		"h3k9me3+ dna_content+, 8um,         chromatin,     met",
		"h3k9me3+ dna_content+, culture,     chromatin,     met",
		"gh2ax+ p53bp1+,        '',          dna_damage,    not_measured",
		"gh2ax+ p53bp1+,        2d,          dna_damage,    not_met",
		"gh2ax+ p53bp1+,        3d,          dna_damage,    met",
		"gh2ax+ p53bp1+ ki67+,  9d,          dna_damage,    not_met",
		"gh2ax+,                9d,          dna_damage,    not_measured",
		"gh2ax- p53bp1+,        9d,          dna_damage,    not_met",
		"il6- il8-,             '',          secretory,     not_met",
		"il6+ ccl2+,            '',          secretory,     met",
		"il6+ p65+ pstat3+,     '',          secretory,     met",
		"p65+ pstat3+,          '',          secretory,     not_measured",
		"vegf+ tgfb+,           '',          secretory,     not_measured",
		"p27+ rps6- cmyc-,      '',          quiescence,    met",
		"dec1+ p27+,            '',          quiescence,    not_measured",
		"cxcr4+ hif1a+,         '',          hypoxia_niche, not_measured",
		"hif1a+ hif2a+,         '',          hypoxia_niche, met",
		"lc3b+ p62- mhc1-,      '',          hypoxia_niche, met",
		"lc3b+ p62+ mhc1-,      '',          hypoxia_niche, not_measured",
		"cd44+ cd24-,           breast,      stemness,      met",
		"cd44+ cd24+,           breast,      stemness,      not_measured",
		"cd44+ aldh1+,          breast,      stemness,      not_measured",
		"cd44+ cd24-,           colon,       stemness,      not_measured",
		"cd44+ cd133+,          colon,       stemness,      met",
		"cd133+ aldh1+,         breast,      stemness,      not_measured",
		"cd44+ ezh2+ ki67-,     '',          stemness,      met",
		"cd44- ezh2+ ki67-,     '',          stemness,      not_measured",
		"cd44+ ezh2+ ki67+,     '',          stemness,      not_measured",
		"cd44+ ezh2+,           '',          stemness,      not_measured",
		"ecad- vim+,            '',          emt,           met",
		"cmyc+ cdk1+,           '',          cycling,       not_measured",
		"prb+ cdk1+,            '',          cycling,       met",
		"cyclind1+ cycline+,    '',          cycling,       not_measured" })
	// @formatter:on
	void axesAreMetByMarkersOnlyWhereTheySpeak(final String cell,
		final String specimen, final String axis, final String expected)
	{
		axis(expected, axis, tumour(cell, specimen));
	}

	@Test
	void fewOfManyStemnessMarkersAreChance() {
		axis("met", "stemness", tumour("cd44+ cd133+ aldh1- oct4- sox2- nanog-"));
		axis("not_met", "stemness", tumour(
			"cd44+ cd133+ aldh1- oct4- sox2- nanog- abcg2-"));
	}

	@Test
	void p53CountsOnlyWithP21AndNotWhereItsPatternIsMutant() {
		// of Ki-67 and p21 the axis is short by nothing, of EdU and p21 by p53
		final String with = "edu- p21+ p53+", without = "edu- p21- p53+";
		axis("met", "arrest", call(with, Lineage.TUMOUR, "", P53Pattern.WILD_TYPE));
		axis("not_measured", "arrest", call(with, Lineage.TUMOUR, "",
			P53Pattern.MUTANT));
		axis("not_measured", "arrest", call(with, Lineage.TUMOUR, "",
			P53Pattern.UNKNOWN));
		axis("not_measured", "arrest", call(without, Lineage.TUMOUR, "",
			P53Pattern.WILD_TYPE));
	}

	@Test
	void p53PatternIsMutantWhereNearlyAllOrNoneAreStrong() {
		assertEquals(P53Pattern.MUTANT, P53Pattern.of(80, 100));
		assertEquals(P53Pattern.MUTANT, P53Pattern.of(0, 100));
		assertEquals(P53Pattern.WILD_TYPE, P53Pattern.of(79, 100));
		assertEquals(P53Pattern.WILD_TYPE, P53Pattern.of(1, 100));
		assertEquals(P53Pattern.UNKNOWN, P53Pattern.of(0, 49));
	}

	@Test
	void noCellIsCalledWithoutLineage() {
		final EvidenceCall call = call("sagal+ ki67- p16+", Lineage.UNKNOWN, "",
			P53Pattern.UNKNOWN);
		assertEquals("indeterminate", call.phenotype());
		axis("met", "lysosome", call);
		axis("met", "arrest", call);
		assertTrue(call.reason().contains("lineage not known"), call.reason());
	}

	@Test
	void aTumourMarkerMakesTheLineageKnown() {
		final EvidenceCall call = call("panck+ sagal+ ki67- p16+", Lineage.UNKNOWN,
			"", P53Pattern.UNKNOWN);
		assertEquals("senescent", call.phenotype());
		assertEquals(Lineage.TUMOUR, call.lineage());
		assertTrue(call.byMarker());
		assertEquals("indeterminate", call("panck- sagal+ ki67- p16+",
			Lineage.UNKNOWN, "", P53Pattern.UNKNOWN).phenotype());
	}

	@ParameterizedTest
	@CsvSource({ "ki67- p27+ nr2f1+, IMMUNE", "ki67- sagal+ p16+, STROMA",
		"ki67- vim+ cd44+ nr2f1+ p27+, STROMA" })
	void aLymphocyteOrFibroblastIsNoTumourCellWhateverItStainsFor(
		final String cell, final Lineage lineage)
	{
		final EvidenceCall call = call(cell, lineage, "", P53Pattern.UNKNOWN);
		assertEquals("not_tumour", call.phenotype());
		axis("not_measured", "emt", call);
	}

	@Test
	void aSenescentFibroblastIsSeenApart() {
		final EvidenceCall call = call("ki67- sagal+ p16+", Lineage.STROMA, "",
			P53Pattern.UNKNOWN);
		assertEquals("not_tumour", call.phenotype());
		assertEquals(Finding.MET, call.states().get(BUILT_IN.state("senescent")
			.index()));
		assertTrue(call.reason().contains("lysosome"), call.reason());
	}

	@ParameterizedTest
	@CsvSource({ "cd68+, not_tumour", "cd163+, not_tumour", "cd45+, not_tumour",
		"cd68+ panck-, not_tumour", "cd68+ panck+, senescent", "cd68-, senescent" })
	void macrophagesThatStainForSaBetaGalAreVetoed(final String markers,
		final String phenotype)
	{
		final EvidenceCall call = tumour("sagal+ ki67- p16+ " + markers);
		assertEquals(phenotype, call.phenotype());
		assertEquals(phenotype.equals("not_tumour") ? "immune" : null, call
			.exclusion());
	}

	@Test
	void dyingAndDividingCellsAreNotCalled() {
		final String cell = "sagal+ ki67- p16+";
		assertEquals("apoptotic", tumour(cell + " casp3+").exclusion());
		for (final CellFlag flag : CellFlag.values()) {
			final EvidenceCall call = call(cell, Lineage.TUMOUR, "",
				P53Pattern.UNKNOWN, flag);
			assertEquals(flag == CellFlag.MITOTIC ? "mitotic" : "apoptotic", call
				.exclusion());
			assertEquals("indeterminate", call.phenotype());
			assertTrue(call.reason().startsWith("not called: "), call.reason());
		}
	}

	@Test
	void panNuclearGammaH2axIsNoFocus() {
		axis("not_measured", "dna_damage", call("gh2ax+ p53bp1+", Lineage.TUMOUR,
			"9d", P53Pattern.UNKNOWN, CellFlag.PAN_NUCLEAR_GH2AX));
	}

	@Test
	void onlyNuclearP27Counts() {
		final Marker p27 = BUILT_IN.marker("p27");
		assertTrue(p27.countsIn("nucleus"));
		assertFalse(p27.countsIn("cytoplasm"));
		assertTrue(BUILT_IN.marker("p16").countsIn("cytoplasm"));
	}

	@ParameterizedTest
	@CsvSource({ "sagal+ ki67- p16+, '', steps 1-2 of 3 met; step 3 not measured",
		"sagal+ ki67- p16+ gh2ax+ p53bp1+, 5d, steps 1-3 of 3 met",
		"p21+ ki67-, '', 'step 2 of 3 met; steps 1, 3 not measured'",
		"sagal+ sahf+ ki67-, '', 'steps 1, 3 of 3 met; step 2 not measured'",
		"sagal+ ki67+ p16+, '', step 1 of 3 met; step 3 not measured",
		"sagal-, '', no step of 3 met; steps 2-3 not measured" })
	void consensusStepsAreCountedAndTheOpenOnesNamed(final String cell,
		final String specimen, final String consensus)
	{
		assertEquals(consensus, tumour(cell, specimen).consensus());
	}

	@Test
	void reasonsAreWhatAPathologistReads() {
		assertEquals("consistent with senescence: SA-β-gal +, Ki-67 −, p16 +; " +
			"consensus steps 1-2 of 3 met; step 3 not measured; " +
			"chromatin, DNA damage, SASP not measured", tumour("sagal+ ki67- p16+")
				.reason());
		final String foci = tumour("sagal+ ki67- p16+ gh2ax+ p53bp1+ lmnb1+")
			.reason();
		assertTrue(foci.contains("; against: lamin B1 +"), foci);
		assertFalse(tumour("sagal+ ki67- p16- p21+").reason().contains("p16"),
			"either of p16 and p21 will do");
		assertTrue(foci.contains(
			"DNA damage present, persistence not shown (days since treatment not stated)"),
			foci);
		assertTrue(foci.endsWith("; SASP not measured"), foci);
		assertEquals("proliferating: Ki-67 +", tumour("ki67+ sagal-").reason());
		assertEquals(
			"p16-high and Ki-67-high: Rb loss or HPV, not senescence: Ki-67 +, p16 +",
			tumour("ki67+ p16+").reason());
		assertEquals("CSC-marker profile, not cycling; dormancy not shown: " +
			"CD44 +, CD133 +, Ki-67 −", tumour("ki67- cd44+ cd133+").reason());
	}

	@Test
	void axesArePrintedFromArrestToCycling() {
		assertEquals("arrest=met;lysosome=met;chromatin=not_measured;" +
			"dna_damage=not_measured;secretory=not_measured;" +
			"quiescence=not_measured;hypoxia_niche=not_measured;" +
			"stemness=not_measured;emt=not_measured;cycling=not_met", tumour(
				"sagal+ ki67- p16+").axesText());
	}

	@Test
	void oneMarkerIsReportedAsWhatItIs() {
		final String ki67 = tumour("ki67-").reason();
		assertTrue(ki67.startsWith("Ki-67 negative, indeterminate: one marker"),
			ki67);
		assertTrue(ki67.endsWith("p21 would help most (arrest)"), ki67);
		final String sagal = tumour("sagal+").reason();
		assertTrue(sagal.startsWith("SA-β-gal positive, indeterminate"), sagal);
		assertTrue(sagal.contains("chromatin, DNA damage"), sagal);
	}

	@Test
	void confidenceFallsTowardsTheGateAndWithMissingAxes() {
		final EvidenceCall two = tumour("sagal+ ki67- p16+");
		final EvidenceCall four = tumour("sagal+ ki67- p16+ lmnb1- gh2ax+ p53bp1+",
			"5d");
		assertTrue(four.confidence(null) > two.confidence(null));
		assertTrue(two.confidence(new double[] { 1, 1, 1 }) > two.confidence(
			new double[] { 0.1, 1, 1 }));
		assertTrue(Double.isNaN(tumour("ki67-").confidence(null)));
		assertEquals(0, EvidenceCall.clarity(0.2, 0.2));
		assertEquals(0.5, EvidenceCall.clarity(0.4, 0.2), 1e-12);
		assertEquals(1, EvidenceCall.clarity(-3, 0.2));
		for (final EvidenceCall call : List.of(two, four)) {
			final double c = call.confidence(null);
			assertTrue(c > 0 && c <= 1, String.format(Locale.ROOT, "%f", c));
		}
	}

	@Test
	void aNetworkTellsStatesAndTheRulesTheRest() {
		final List<Marker> panel = List.of(BUILT_IN.marker("ki67"), BUILT_IN.marker(
			"p16"));
		final EvidenceCaller caller = new EvidenceCaller(BUILT_IN, panel, specimen(
			""), P53Pattern.UNKNOWN);
		final Finding[] senescent = { Finding.MET, Finding.NOT_MET, Finding.NOT_MET,
			Finding.NOT_MET };
		final MarkerState[] resting = { MarkerState.NEGATIVE,
			MarkerState.NEGATIVE };
		final MarkerState[] discordant = { MarkerState.POSITIVE,
			MarkerState.POSITIVE };
		assertEquals("senescent", caller.call(resting, Lineage.TUMOUR, 0, senescent)
			.phenotype());
		assertEquals("indeterminate", caller.call(resting, Lineage.TUMOUR, 0)
			.phenotype(), "and without it the evidence");
		assertEquals("indeterminate", caller.call(resting, Lineage.UNKNOWN, 0,
			senescent).phenotype());
		assertEquals("not_tumour", caller.call(resting, Lineage.STROMA, 0,
			senescent).phenotype());
		assertEquals("discordant_p16", caller.call(discordant, Lineage.TUMOUR, 0,
			senescent).phenotype());
	}

	@Test
	void aDefinitionOfALabDecidesOtherwise() {
		final EvidenceDefinition strict = EvidenceDefinition.read(EvidenceDefinition
			.builtInText().replace("when: quiescence met and cycling not_met",
				"when: quiescence met and cycling not_met and hypoxia_niche met"),
			"lab.yaml");
		final MarkerState[] cell = { MarkerState.NEGATIVE, MarkerState.POSITIVE,
			MarkerState.POSITIVE };
		final List<Marker> panel = List.of(strict.marker("ki67"), strict.marker(
			"p27"), strict.marker("nr2f1"));
		assertEquals("indeterminate", new EvidenceCaller(strict, panel, specimen(
			""), P53Pattern.UNKNOWN).call(cell, Lineage.TUMOUR, 0).phenotype());
	}
}
