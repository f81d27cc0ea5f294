
package org.senoscope.core.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.senoscope.core.run.RunOptions;

/**
 * The catalogue of all keys: those of a protocol and those of a run. Flags,
 * macro keys, dialog fields and the documentation are made from it.
 */
public final class ProtocolKeys {

	/** Keys of a protocol. */
	static final SettingsShape<Protocol> PROTOCOL = new SettingsShape<>(
		Protocol.class, Protocol.DEFAULTS);

	/** Options of a run. */
	static final SettingsShape<RunOptions> RUN = new SettingsShape<>(
		RunOptions.class, RunOptions.DEFAULTS);

	private ProtocolKeys() {}

	/** Returns the keys of a protocol, in the order of a protocol file. */
	public static List<ProtocolKey> protocol() {
		return PROTOCOL.keys();
	}

	/** Returns the options of a run, which are no part of a protocol. */
	public static List<ProtocolKey> run() {
		return RUN.keys();
	}

	/** Returns all keys, those of a protocol first. */
	public static List<ProtocolKey> all() {
		final List<ProtocolKey> all = new ArrayList<>(protocol());
		all.addAll(run());
		return all;
	}

	/** Returns the meanings of the sections of a protocol by name, in order. */
	public static Map<String, String> sections() {
		return PROTOCOL.sections();
	}

	/**
	 * Returns the key of a protocol or run that is spelled as a path
	 * ({@code ki67.gate}), a macro key ({@code ki67_gate}) or a flag
	 * ({@code --ki67-gate}), or null if there is none.
	 */
	public static ProtocolKey find(final String spelled) {
		final String macroKey = macroKey(spelled);
		final ProtocolKey key = PROTOCOL.find(macroKey);
		return key != null ? key : RUN.find(macroKey);
	}

	/** Returns the value of a key of a protocol. */
	public static Object value(final Protocol protocol, final ProtocolKey key) {
		return PROTOCOL.value(protocol, key);
	}

	/** Returns the value of an option of a run. */
	public static Object value(final RunOptions options, final ProtocolKey key) {
		return RUN.value(options, key);
	}

	/** Returns the macro key of any of the three spellings. */
	static String macroKey(final String spelled) {
		final String s = spelled.startsWith("--") ? spelled.substring(2) : spelled;
		return s.replace('.', '_').replace('-', '_');
	}

	/**
	 * Says that a key is unknown and names the nearest of those given, in the
	 * same spelling: first the keys that end alike ({@code gate}), then those
	 * that differ in few letters.
	 */
	static String unknown(final String spelled, final List<ProtocolKey> valid) {
		final String key = macroKey(spelled);
		final List<String> alike = valid.stream().filter(k -> k.name().equals(
			key) || key.endsWith("_" + k.macroKey())).map(k -> spell(k, spelled))
			.toList();
		if (!alike.isEmpty()) return "unknown key " + spelled + " (did you mean " +
			String.join(" or ", alike) + "?)";
		final String near = Nearest.of(key, valid.stream().map(
			ProtocolKey::macroKey).toList());
		final String nearName = near != null ? near : valid.stream().filter(k -> k
			.name().equals(Nearest.of(key, valid.stream().map(ProtocolKey::name)
				.toList()))).map(ProtocolKey::macroKey).findFirst().orElse(null);
		if (nearName == null) return "unknown key " + spelled;
		for (final ProtocolKey k : valid)
			if (k.macroKey().equals(nearName)) return "unknown key " + spelled +
				" (did you mean " + spell(k, spelled) + "?)";
		throw new AssertionError(nearName);
	}

	private static String spell(final ProtocolKey key, final String like) {
		if (like.startsWith("--")) return key.flag();
		return like.contains(".") ? key.path() : key.macroKey();
	}
}
