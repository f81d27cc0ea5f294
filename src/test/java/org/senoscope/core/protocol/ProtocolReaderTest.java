
package org.senoscope.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.senoscope.core.UserException;
import org.senoscope.core.cell.Lineage;

/** Reading protocols from YAML, good and bad. */
class ProtocolReaderTest {

	@Test
	void whatIsNotSaidIsTheDefault() {
		final Protocol p = ProtocolReader.read("""
				name: mine
				description: two words
				assay: ki67
				pixel_size: 0.25
				specimen:
				  preservation: ffpe
				  days_since_treatment: 3
				tissue:
				  mask: off
				staining:
				  clone: MIB-1
				ki67:
				  gate: 0.3
				lineage: tumour
				""", "a.yaml");
		assertEquals("mine", p.name());
		assertEquals("two words", p.description());
		assertEquals(AssayKind.KI67, p.assay());
		assertEquals(0.25, p.pixelSize());
		assertEquals(Preservation.FFPE, p.specimen().preservation());
		assertEquals(3, p.specimen().daysSinceTreatment());
		assertEquals(TissueMasking.OFF, p.tissue().mask(),
			"off is a word here, not YAML's truth value");
		assertEquals("MIB-1", p.staining().antibodyClone());
		assertEquals(0.3, p.ki67().gate());
		assertEquals(Lineage.TUMOUR, p.lineage());
		assertEquals(Protocol.DEFAULTS.ki67().from2plus(), p.ki67().from2plus());
		assertEquals(Protocol.DEFAULTS.nuclei(), p.nuclei());
	}

	@Test
	void aProtocolMayExtendABuiltInOne() {
		final Protocol p = ProtocolReader.read(
			"extends: ki67-hdab\nki67:\n  gate: 0.1\n", "a.yaml");
		assertEquals(ImageKind.H_DAB, p.kind());
		assertEquals(AssayKind.KI67, p.assay());
		assertEquals(0.1, p.ki67().gate());
		assertEquals("", p.name());
	}

	@Test
	void listsAreTakenForTexts() {
		final Protocol p = ProtocolReader.read("""
				assay: costain
				region: [10, 20, 300, 400]
				control:
				  - blank:b.tif
				  - negative:C:\\data\\n.tif
				  - single:p16:C:\\data\\p16.tif
				regions:
				  tumour_classes: [Tumor, Nest]
				""", "a.yaml");
		assertEquals("10, 20, 300, 400", p.region());
		assertEquals(List.of(new Control(ControlRole.BLANK, "b.tif"), new Control(
			ControlRole.NEGATIVE, "C:\\data\\n.tif"), new Control(ControlRole.SINGLE,
				"p16", "C:\\data\\p16.tif")), Control.parse(p.control()));
		assertEquals("Tumor, Nest", p.regions().tumourClasses());
	}

	@Test
	void openIsWrittenAsNothingNullOrTilde() {
		for (final String open : List.of("", " null", " ~", " ''"))
			assertEquals(Protocol.DEFAULTS, ProtocolReader.read("nuclei:\n" +
				"  diameter_um:" + open + "\nregion:" + open + "\n", "a.yaml"));
	}

	@Test
	void allProblemsComeAtOnceWithTheirLines() {
		final String message = messageOf("""
				assay: sagal
				ki67:
				  gat: 0.3
				  from2plus: high
				pixle_size: 0.25
				kind: hdab
				sagal:
				  gate: 7
				specimen:
				  preservation: ffpe
				diameter_um: 8
				""");
		assertTrue(message.startsWith("protocol a.yaml: line 3: "), message);
		for (final String part : List.of(
			"line 3: unknown key ki67.gat (did you mean ki67.gate?)",
			"line 4: ki67.from2plus: 'high' is not a number",
			"line 5: unknown key pixle_size (did you mean pixel_size?)",
			"line 6: kind: 'hdab' is not one of auto, fluorescence, h-dab, h-e, sbb-nfr, x-gal, x-gal-nfr, x-gal-h, x-gal-e, x-gal-hdab (did you mean h-dab?)",
			"line 8: sagal.gate: 7 is out of range; allowed: number from 0 to 5 OD",
			"line 11: unknown key diameter_um (did you mean nuclei.diameter_um?)",
			"SA-β-gal enzyme activity is lost in FFPE"))
			assertTrue(message.contains(part), part + " not in: " + message);
		assertEquals(1, message.lines().count());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"'ki67: 0.3' | line 1: ki67 is a section; write its keys below it, such as ki67.gating",
		"'assay: {a: 1}' | line 1: assay takes one value, not keys of its own",
		"'ki68: {gate: 1}' | line 1: unknown section ki68 (did you mean ki67?)",
		"'pixel_size: [1, 2]' | line 1: pixel_size takes one value, not a list",
		"'pixel_size: 0,25' | pixel_size: '0,25' is not a number (write 0.25)",
		"'pixel_size: NaN' | pixel_size: 'NaN' is not a number",
		"'pixel_size: 0' | pixel_size: 0 is out of range",
		"'pixel_size: 1e400' | out of range",
		"'series: 1.5' | series: '1.5' is not a whole number",
		"'series: 0' | series: 0 is out of range",
		"'series: ' | series: '' is not a whole number",
		"'series: 99999999999' | series: 99999999999 is out of range",
		"'lineage: tumor' | lineage: 'tumor' is not one of tumour, stroma, immune, unknown (did you mean tumour?)",
		"'region: 1,2,3' | region: '1,2,3' is not x,y,width,height",
		"'region: 1,2,0,5' | has no area",
		"'z: worst' | z: 'worst' is neither best, max nor the number of a plane from 1",
		"'z: 0' | z: '0' is neither",
		"'control: blanc:a.tif' | control: 'blanc' is no role of a control; roles are blank, ph7, negative, positive, ph4, single (did you mean blank?)",
		"'control: a.tif' | control: 'a.tif' is not ROLE:FILE",
		"'stains: {white: \"300,1,1\"}' | stains.white: '300,1,1' is not r,g,b",
		"'stains: {chromogen: \"0,0,0\"}' | not all 0",
		"'extends: ki67-hdap' | line 1: extends: there is no built-in protocol ki67-hdap (did you mean ki67-hdab?)",
		"'threads: 3' | unknown key threads",
		"'ki67: {gate: 0.5}' | ki67.from2plus (0.4) must be above ki67.gate (0.5)",
		"'nuclei: {min_area_um2: 90, max_area_um2: 20}' | nuclei.max_area_um2 (20) must be above nuclei.min_area_um2 (90)",
		"'{method: classical, model: net.zip}' | method classical uses no network",
		"'{assay: ki67, kind: h-e}' | Ki-67 is read on kind h-dab or fluorescence, not on h-e",
		"'{assay: sagal, kind: h-e}' | SA-β-gal is read on kind fluorescence, x-gal, x-gal-nfr, x-gal-h, x-gal-e or x-gal-hdab, not on h-e",
		"'a: b: c' | protocol a.yaml: line 1: is not valid YAML",
		"'\"\"' | is no list of keys", "'' | is empty",
		"'# only a comment' | is empty" })
	void badProtocolsAreRefusedInOneLine(final String yaml,
		final String expected)
	{
		final String message = messageOf(yaml);
		assertTrue(message.contains(expected), message);
		assertTrue(message.startsWith("protocol a.yaml"), message);
		assertEquals(1, message.lines().count());
	}

	@Test
	void aKeyGivenTwiceIsRefused() {
		assertTrue(messageOf("assay: ki67\nassay: sagal\n").contains(
			"assay is given twice") || messageOf("assay: ki67\nassay: sagal\n")
				.contains("Duplicate"));
	}

	@Test
	void theFfpeRefusalNamesTheWayThatWorks() {
		assertTrue(messageOf("{assay: sagal, specimen: {preservation: ffpe}}")
			.endsWith(
				"use frozen or fresh material, or on FFPE p21, H3K9me3 and lamin B1 (--protocol ihc-hdab) or lipofuscin (--protocol lipofuscin)"));
	}

	static List<String> builtIn() {
		return BuiltInProtocols.names();
	}

	@ParameterizedTest
	@MethodSource("builtIn")
	void everyBuiltInProtocolReadsAndNamesItself(final String name) {
		final Protocol p = BuiltInProtocols.load(name);
		assertEquals(name, p.name());
		assertFalse(p.description().isEmpty());
		// What they show as a comment is what holds.
		final String shown = BuiltInProtocols.text(name).lines().dropWhile(l -> !l
			.matches("# (ki67|sagal|foci|sahf|ihc|lipofuscin):")).map(l -> l
				.substring(2)).reduce("", (a, b) -> a + b + "\n");
		if (!shown.isEmpty()) assertEquals(Protocol.DEFAULTS, ProtocolReader.read(
			shown, name));
		assertEquals(name.matches("nuclei.*|.*-if|sagal-fluorescence"), shown
			.isEmpty());
	}

	@Test
	void theTwoXGalProtocolsDifferInKindOnly() {
		// The verb sagal leaves the kind to the image and relies on it.
		final Protocol plain = BuiltInProtocols.load("sagal-xgal");
		final Protocol red = BuiltInProtocols.load("sagal-xgal-nfr");
		for (final ProtocolKey key : ProtocolKeys.protocol())
			if (!key.path().equals("kind")) assertEquals(ProtocolKeys.value(plain,
				key), ProtocolKeys.value(red, key), key.path());
	}

	@Test
	void anUnknownBuiltInNameSuggestsTheNearest() {
		final UserException e = assertThrows(UserException.class,
			() -> BuiltInProtocols.load("ki67-hdap"));
		assertTrue(e.getMessage().contains("did you mean ki67-hdab?"), e
			.getMessage());
	}

	private static String messageOf(final String yaml) {
		return assertThrows(UserException.class, () -> ProtocolReader.read(yaml,
			"a.yaml")).getMessage();
	}
}
