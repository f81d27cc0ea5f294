
package org.senoscope.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.senoscope.core.run.RunOptions;

/** Writing protocols, and reading back what was written. */
class ProtocolWriterTest {

	@Test
	void defaultsAndBuiltInsReadBackUnchanged() {
		assertRoundTrip(Protocol.DEFAULTS);
		for (final String name : BuiltInProtocols.names())
			assertRoundTrip(BuiltInProtocols.load(name));
	}

	@Test
	void everyKeyReadsBackUnchanged() {
		for (final ProtocolKey key : ProtocolKeys.protocol()) {
			Object other = ProtocolKeysTest.other(key);
			if (key.path().equals("region")) other = "1,2,30,40";
			if (key.path().equals("z")) other = "7";
			if (key.path().equals("control")) other = "blank:b c.tif;ph7:d:e.tif";
			if (key.path().startsWith("stains.") && other instanceof String) other =
				"0.6,0.7,0.1";
			final Protocol p = ProtocolKeys.PROTOCOL.with(Protocol.DEFAULTS, Map.of(
				key, other));
			if (ProtocolRules.problems(p).isEmpty()) assertRoundTrip(p);
		}
	}

	@Test
	void oddTextsReadBackUnchanged() {
		final ProtocolKey organ = ProtocolKeys.find("specimen.organ");
		for (final String text : List.of("true", "no", "null", "~", "1e3", "0x10",
			"- a", "a: b", "a #b", "\"quoted\"", "it's", "C:\\data\\a.tif",
			"é µ β 日本", "[x]", "{y}", "*", "&a", "!t", "%", "@", "`", "12:30:00", ",",
			"a,b"))
			assertRoundTrip(ProtocolKeys.PROTOCOL.with(Protocol.DEFAULTS, Map.of(
				organ, text)));
	}

	@Test
	void numbersReadBackToTheLastDigit() {
		final ProtocolKey key = ProtocolKeys.find("pixel_size");
		for (final double v : new double[] { 0.1 + 0.2, 1.0 / 3, 1e-3, 999.999,
			0.2274999976158142 })
			assertRoundTrip(ProtocolKeys.PROTOCOL.with(Protocol.DEFAULTS, Map.of(key,
				v)));
	}

	@Test
	void everyKeyIsExplained() {
		final String yaml = ProtocolWriter.yaml(Protocol.DEFAULTS);
		final String oneLine = yaml.replaceAll("\\n *#", "");
		for (final ProtocolKey key : ProtocolKeys.protocol())
			assertTrue(oneLine.contains(key.meaning()), key.path());
		assertTrue(yaml.contains("(number from 0.001 to 1000 µm, or open)"), yaml);
		assertTrue(yaml.lines().allMatch(l -> l.equals(l.stripTrailing())));
		assertTrue(yaml.lines().filter(l -> l.strip().startsWith("#")).allMatch(
			l -> l.length() <= 101), yaml);
	}

	@Test
	void theRunRecordGetsNestedMaps() {
		final Map<String, Object> map = ProtocolWriter.map(BuiltInProtocols.load(
			"ki67-hdab"));
		assertEquals("ki67-hdab", map.get("name"));
		assertEquals("h-dab", map.get("kind"));
		assertNull(map.get("pixel_size"));
		assertTrue(map.containsKey("pixel_size"));
		assertEquals(Protocol.DEFAULTS.ki67().gate(), ((Map<?, ?>) map.get("ki67"))
			.get("gate"));
		final Map<String, Object> options = new LinkedHashMap<>(ProtocolWriter.map(
			RunOptions.DEFAULTS));
		assertEquals("senoscope", options.get("columns"));
		assertEquals(false, options.get("labels"));
	}

	private static void assertRoundTrip(final Protocol p) {
		final String yaml = ProtocolWriter.yaml(p);
		assertEquals(p, ProtocolReader.read(yaml, "written"), yaml);
	}
}
