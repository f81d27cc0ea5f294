
package org.senoscope.core.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

/** Walks the catalogue of keys. */
class ProtocolKeysTest {

	@Test
	void everyComponentOfTheProtocolIsAKeyASectionOrAHeading() {
		final List<String> others = new ArrayList<>();
		for (final RecordComponent c : Protocol.class.getRecordComponents()) {
			if (c.isAnnotationPresent(Section.class)) {
				for (final RecordComponent inner : c.getType().getRecordComponents())
					assertTrue(inner.isAnnotationPresent(Key.class), c.getName() + "." +
						inner.getName() + " is no key");
			}
			else if (!c.isAnnotationPresent(Key.class)) others.add(c.getName());
		}
		assertEquals(List.of("name", "description"), others);
	}

	@Test
	void everyKeySaysWhatItMeans() {
		for (final ProtocolKey key : ProtocolKeys.all()) {
			assertTrue(key.meaning().endsWith("."), key.path() + ": " + key
				.meaning());
			assertFalse(key.meaning().contains("\n"), key.path());
		}
		ProtocolKeys.sections().forEach((name, meaning) -> assertTrue(meaning
			.endsWith("."), name));
	}

	@Test
	void everyDefaultReadsBackAsItself() {
		for (final ProtocolKey key : ProtocolKeys.all())
			assertEquals(key.defaultValue(), key.parse(key.defaultText()), key
				.path());
	}

	@Test
	void defaultsAreThoseOfTheRecords() {
		final ProtocolKey gate = ProtocolKeys.find("ki67.gate");
		assertEquals(Protocol.DEFAULTS.ki67().gate(), gate.defaultValue());
		assertEquals("ki67_gate", gate.macroKey());
		assertEquals("--ki67-gate", gate.flag());
		assertEquals("OD", gate.unit());
		assertSame(gate, ProtocolKeys.find("--ki67-gate"));
		assertSame(gate, ProtocolKeys.find("ki67_gate"));
		assertNotNull(ProtocolKeys.find("staining.clone"), "a key may be renamed");
	}

	@Test
	void macroKeysAreUniqueLowerCaseWords() {
		final Set<String> seen = new HashSet<>();
		for (final ProtocolKey key : ProtocolKeys.all()) {
			assertTrue(seen.add(key.macroKey()), key.macroKey() + " stands twice");
			assertTrue(key.macroKey().matches("[a-z][a-z0-9_]*"), key.macroKey());
		}
	}

	/**
	 * ImageJ's macro language finds a key's value by searching for "key=" in the
	 * whole option string, so that a key that ends like another ("min_size" and
	 * "size") sets both. One pair is tolerated, {@code specimen_kind} and
	 * {@code kind}, both names being fixed: the commands parse the option string
	 * themselves, exactly.
	 */
	@Test
	void noMacroKeyIsTheTailOfAnother() {
		final List<String> keys = new ArrayList<>(List.of("input_file",
			"output_dir"));
		ProtocolKeys.all().forEach(k -> keys.add(k.macroKey()));
		final List<String> traps = new ArrayList<>();
		for (final String a : keys)
			for (final String b : keys)
				if (a.length() > b.length() && a.endsWith(b) && "_0123456789".indexOf(a
					.charAt(a.length() - b.length() - 1)) >= 0) traps.add(a + "/" + b);
		assertEquals(List.of("specimen_kind/kind"), traps);
	}

	@Test
	void everyValueCanBeReplacedAlone() {
		for (final ProtocolKey key : ProtocolKeys.protocol()) {
			final Object other = other(key);
			final Protocol changed = ProtocolKeys.PROTOCOL.with(Protocol.DEFAULTS,
				java.util.Map.of(key, other));
			for (final ProtocolKey k : ProtocolKeys.protocol())
				assertEquals(k == key ? other : k.defaultValue(), ProtocolKeys.value(
					changed, k), k.path() + " after change of " + key.path());
		}
	}

	/** Returns a value that differs from the default. */
	static Object other(final ProtocolKey key) {
		return switch (key.type()) {
			case TEXT -> "other";
			case FLAG -> !(Boolean) key.defaultValue();
			case INTEGER -> (Integer) key.defaultValue() + 1;
			case NUMBER -> key.mayBeOpen() ? Math.min(4.5, key.max()) : (Double) key
				.defaultValue() + 0.125;
			case CHOICE -> key.javaType().getEnumConstants()[key.choices().indexOf(key
				.defaultText()) == 0 ? 1 : 0];
		};
	}
}
