
package org.senoscope.core.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.senoscope.core.UserException;

class EvidenceDefinitionTest {

	private final EvidenceDefinition definition = EvidenceDefinition.builtIn();

	@ParameterizedTest
	@CsvSource({ "γH2AX, gh2ax", "gamma-H2AX, gh2ax", "Gamma H2AX, gh2ax",
		"Ki 67, ki67", "KI-67, ki67", "MKI67, ki67", "53BP1, p53bp1",
		"SA-β-gal, sagal", "SA-beta-Gal, sagal", "HIF-1α, hif1a", "αSMA, asma",
		"lamin_B1, lmnb1", "LaminB1, lmnb1", "IL-1α, il1a", "pRB, prb", "RB, rb",
		"TGF-β, tgfb", "cycA, cyclina2", "HLA-ABC, mhc1", "p27, p27",
		"Vimentin, vim" })
	void channelNamesAreMappedWhateverTheirSpelling(final String name,
		final String id)
	{
		assertEquals(id, definition.markerOfName(name).id());
	}

	@Test
	void otherNamesAreNoMarker() {
		for (final String name : List.of("DAPI", "Hoechst", "area", "", "DEC"))
			assertNull(definition.markerOfName(name), name);
		assertFalse(definition.markerOfName("DEC1").weighs(), "DEC1 is not DEC2");
	}

	@Test
	void idsAreThoseOfThePublicInterface() {
		for (final String id : List.of("sagal", "ki67", "gh2ax", "p53bp1", "p16",
			"p21", "p53", "p27", "lmnb1", "cd44", "cd133", "aldh1", "sox2", "oct4",
			"nanog", "nr2f1", "dec2", "hif1a"))
			assertEquals(id, definition.marker(id).id());
		final Set<String> phenotypes = new HashSet<>();
		definition.phenotypes().forEach(p -> phenotypes.add(p.id()));
		assertEquals(Set.of("senescent", "senescent_stem_like",
			"arrested_unresolved", "cycling_with_senescence_markers", "dormant",
			"dormant_csc", "csc", "csc_not_cycling", "proliferating",
			"discordant_p16", "not_tumour", "indeterminate"), phenotypes);
		assertEquals(List.of("senescent", "dormant", "csc", "proliferating"),
			definition.states().stream().map(State::id).toList());
	}

	@Test
	void everyMarkerSaysOnWhatPaperItRests() {
		for (final Marker marker : definition.markers())
			for (final Role role : marker.roles())
				assertFalse(role.citations().isEmpty(), marker.id());
	}

	@Test
	void everyCitationIsUsed() {
		final String text = EvidenceDefinition.builtInText();
		for (final String key : definition.citations().keySet())
			assertTrue(text.matches("(?s).*cite: \\[[^\\]]*\\b" + key + "\\b.*"),
				key);
	}

	@Test
	void labelsNeverSayThatACellIsSomething() {
		for (final PhenotypeRule rule : definition.phenotypes())
			if (rule.id().startsWith("senescent") || rule.id().startsWith("dormant"))
				assertTrue(rule.label().startsWith("consistent with"), rule.id());
	}

	@Test
	void allFaultsAreReportedAtOnceWithTheNearestNames() {
		final String bad = EvidenceDefinition.builtInText().replace(
			"version: 1.0.0\n", "").replace("axis: lysosome, when: positive",
				"axis: lysosom, when: positive").replace("cite: [freund2012]",
					"cite: [freund2021]").replace("compartment: stroma",
						"compartment: strom").replace("when: stemness met",
							"when: stemnes met").replace("supports_only: true",
								"support_only: true").replace("aliases: [WAF1, CIP1]",
									"aliases: [Ki67]");
		final String message = assertThrows(UserException.class,
			() -> EvidenceDefinition.read(bad, "lab.yaml")).getMessage();
		for (final String part : List.of("lab.yaml: ", "version is missing",
			"marker sagal: unknown axis lysosom (did you mean lysosome?)",
			"marker lmnb1: unknown citation freund2021 (did you mean freund2012?)",
			"compartment 'strom' is not one of",
			"state csc: when: unknown word stemnes (did you mean stemness?)",
			"unknown key support_only (did you mean supports_only?)"))
			assertTrue(message.contains(part), part + " in " + message);
		assertFalse(message.contains("\n"));
	}

	@Test
	void twoMarkersMayNotShareAName() {
		final String bad = EvidenceDefinition.builtInText().replace(
			"aliases: [BCRP]", "aliases: [Ki-67]");
		assertTrue(assertThrows(UserException.class, () -> EvidenceDefinition.read(
			bad, "lab.yaml")).getMessage().contains("belongs to ki67 already"));
	}

	@Test
	void whatIsNoDefinitionIsSaidInOneLine() {
		for (final String text : List.of("", "- a\n- b", "format: other", "a: [",
			"format: senoscope-evidence-1"))
		{
			final String message = assertThrows(UserException.class,
				() -> EvidenceDefinition.read(text, "x.yaml")).getMessage();
			assertTrue(message.startsWith("x.yaml"), message);
		}
	}
}
