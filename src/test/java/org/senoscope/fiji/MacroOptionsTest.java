
package org.senoscope.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.senoscope.core.UserException;

import ij.Macro;
import ij.plugin.frame.Recorder;

/** Option strings of macros are read word for word. */
class MacroOptionsTest {

	@Test
	void bracketsQuotesAndEmptyValuesAreRead() {
		assertEquals(Map.of("input_file", "/data/a b [1].tif", "output_dir",
			"C:\\out put", "channel", "", "model", "", "kind", "h-dab", "z", "a]b",
			"region", "0,0,10,10"), MacroOptions.parse(
				"input_file=[/data/a b [1].tif]  output_dir=\"C:\\out put\" channel= model=[] kind=h-dab z=a]b region=0,0,10,10 "));
	}

	@Test
	void noOptionsAreNoSettings() {
		assertEquals(Map.of(), MacroOptions.parse(" "));
	}

	@Test
	void theTailOfAKeyIsNotAnotherKey() {
		final String options = "specimen_kind=culture ";
		assertEquals("culture", Macro.getValue(options, "kind", "none"),
			"ImageJ itself falls into the trap");
		assertEquals(Map.of("specimen_kind", "culture"), MacroOptions.parse(
			options));
	}

	@ParameterizedTest
	@ValueSource(strings = { "labels", "kind=h-dab labels", "=7",
		"output_dir=[/a b", "output_dir=\"/a b", "output_dir=[/a]b",
		"kind=auto kind=h-dab" })
	void whatIsNoKeyAndValueIsRefusedInOneLine(final String options) {
		final String message = assertThrows(UserException.class, () -> MacroOptions
			.parse(options)).getMessage();
		assertEquals(1, message.lines().count(), message);
	}

	@Test
	void aBareFlagIsToldHowToWriteIt() {
		assertTrue(assertThrows(UserException.class, () -> MacroOptions.parse(
			"pixel_size=0.25 labels")).getMessage().contains("\"labels\""));
	}

	@Test
	void whatIsWrittenIsReadAgain() {
		final Map<String, String> settings = new LinkedHashMap<>();
		for (final String value : List.of("plain", "", "a b", "[x", "a [b] c",
			"a ] b", "\"q\" r", "tab\there", "ß γ μ"))
			settings.put("key" + settings.size(), value);
		assertEquals(settings, MacroOptions.parse(MacroOptions.format(settings)));
	}

	@Test
	void whatImageJsRecorderWritesIsReadAgain() {
		final Map<String, String> settings = new LinkedHashMap<>();
		settings.put("input_file", "/data/my slide.svs");
		settings.put("output_dir", "/out");
		settings.put("kind", "h-dab");
		settings.put("specimen_kind", "culture");
		settings.put("nuclei_diameter_um", "");
		Recorder.resetCommandOptions();
		settings.forEach(Recorder::recordOption);
		final String recorded = Recorder.getCommandOptions();
		Recorder.resetCommandOptions();
		assertEquals(settings, MacroOptions.parse(recorded));
	}
}
