
package org.senoscope.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.run.RunOptions;

/** Replacing single keys, as flags, --set and macros do. */
class ProtocolOverridesTest {

	@Test
	void theThreeSpellingsMeanTheSame() {
		for (final String key : new String[] { "ki67.gate", "ki67_gate",
			"--ki67-gate" })
			assertEquals(0.31, ProtocolOverrides.apply(Protocol.DEFAULTS, Map.of(key,
				"0.31")).ki67().gate());
	}

	@Test
	void anEmptyNumberIsOpenAgain() {
		final Protocol p = ProtocolOverrides.apply(Protocol.DEFAULTS, Map.of(
			"pixel_size", "0.5"));
		assertEquals(Protocol.DEFAULTS, ProtocolOverrides.apply(p, Map.of(
			"pixel_size", "")));
	}

	@Test
	void runOptionsGoTheirOwnWay() {
		final ProtocolOverrides o = ProtocolOverrides.apply(Protocol.DEFAULTS,
			RunOptions.DEFAULTS, Map.of("threads", "3", "--columns", "qupath",
				"labels", "true", "assay", "ki67"));
		assertEquals(new RunOptions(3, 0, RunOptions.DEFAULTS.tileSize(), true,
			TableStyle.QUPATH, ""), o.options());
		assertEquals(AssayKind.KI67, o.protocol().assay());
	}

	@Test
	void allProblemsComeAtOnceInTheSpellingOfTheUser() {
		final Map<String, String> texts = new LinkedHashMap<>();
		texts.put("--pixel-sise", "1");
		texts.put("ki67_gat", "1");
		texts.put("sagal.gaet", "1");
		texts.put("gate", "1");
		texts.put("--threads", "many");
		texts.put("labels", "yes");
		texts.put("pseudonym", "../x");
		texts.put("--ki67-gate", "0.9");
		texts.put("qqqqqqqqqq", "1");
		final String message = assertThrows(UserException.class,
			() -> ProtocolOverrides.apply(Protocol.DEFAULTS, RunOptions.DEFAULTS,
				texts)).getMessage();
		assertEquals(
			"unknown key --pixel-sise (did you mean --pixel-size?); unknown key ki67_gat (did you mean ki67_gate?); unknown key sagal.gaet (did you mean sagal.gate?); unknown key gate (did you mean ki67_gate or sagal_gate or ihc_gate or lipofuscin_gate?); --threads: 'many' is not a whole number; allowed: whole number from 0 to 1024; labels: 'yes' is neither true nor false; pseudonym: '../x' cannot name a file; leave out / \\ : * ? \" < > |; unknown key qqqqqqqqqq; ki67.from2plus (0.4) must be above ki67.gate (0.9)",
			message);
	}

	@Test
	void runOptionsAreNoKeysOfAProtocol() {
		assertTrue(assertThrows(UserException.class, () -> ProtocolOverrides.apply(
			Protocol.DEFAULTS, Map.of("threads", "3"))).getMessage().startsWith(
				"unknown key threads"));
	}

	@Test
	void rulesHoldForReplacedKeysToo() {
		assertTrue(assertThrows(UserException.class, () -> ProtocolOverrides.apply(
			BuiltInProtocols.load("sagal-xgal"), Map.of("specimen_preservation",
				"ffpe"))).getMessage().startsWith(
					"SA-β-gal enzyme activity is lost in FFPE"));
	}
}
