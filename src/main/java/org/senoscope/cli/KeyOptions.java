
package org.senoscope.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolKey;
import org.senoscope.core.protocol.ProtocolKeys;
import org.senoscope.core.protocol.SettingsKeys;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The flags of the keys of protocols and runs, made from the catalogue. Values
 * stay text and are read by their keys, so that flags, {@code --set}, macros
 * and files share one way of reading and one set of messages.
 */
final class KeyOptions {

	/** No flags. */
	static final KeyOptions NONE = new KeyOptions(List.of(), Protocol.DEFAULTS,
		List.of());

	private final List<ProtocolKey> keys;
	private final Function<ProtocolKey, Object> defaults;
	private final List<String> hidden;
	private final Function<ProtocolKey, String> heading;

	/**
	 * Chooses the keys.
	 *
	 * @param keys those that become flags
	 * @param defaults the protocol whose values help shows as defaults
	 * @param hidden paths of keys that help does not show
	 */
	KeyOptions(final List<ProtocolKey> keys, final Protocol defaults,
		final List<String> hidden)
	{
		this(keys, key -> ProtocolKeys.run().contains(key) ? key.defaultValue()
			: ProtocolKeys.value(defaults, key), hidden, key -> ProtocolKeys.run()
				.contains(key) ? "The run" : key.section().isEmpty() ? "Image and assay"
					: ProtocolKeys.sections().get(key.section()));
	}

	/** Makes a flag of every key of a settings record. */
	KeyOptions(final SettingsKeys<?> settings) {
		this(settings.keys(), ProtocolKey::defaultValue, List.of(), key -> key
			.section().isEmpty() ? "Settings" : settings.sections().get(key
				.section()));
	}

	private KeyOptions(final List<ProtocolKey> keys,
		final Function<ProtocolKey, Object> defaults, final List<String> hidden,
		final Function<ProtocolKey, String> heading)
	{
		this.keys = keys;
		this.defaults = defaults;
		this.hidden = hidden;
		this.heading = heading;
	}

	/** Adds the flags to a command. */
	void addTo(final CommandSpec spec) {
		for (final ProtocolKey key : keys) {
			final OptionSpec.Builder b = OptionSpec.builder(key.flag()).description(
				describe(key).replace("%", "%%")).hidden(hidden.contains(key.path()));
			if (key.path().equals("control")) b.type(List.class).auxiliaryTypes(
				String.class).arity("1").paramLabel("ROLE:FILE");
			else if (key.type() == ProtocolKey.Type.FLAG) b.type(Boolean.class).arity(
				"0..1").fallbackValue("true").paramLabel("true|false");
			else b.type(String.class).arity("1").paramLabel(label(key));
			spec.addOption(b.build());
		}
	}

	private static String label(final ProtocolKey key) {
		return switch (key.path()) {
			case "region" -> "X,Y,W,H";
			case "z" -> "best|max|N";
			case "channel" -> "N|NAME";
			case "pseudonym" -> "NAME";
			case "model", "from" -> "MODEL";
			case "label", "group", "slide_column", "control_column" -> "COLUMN";
			case "features" -> "A,B,...";
			default -> switch (key.type()) {
				case INTEGER -> "N";
				case NUMBER -> key.unit().isEmpty() ? "NUMBER" : key.unit().toUpperCase(
					Locale.ROOT).replace("ΜM", "UM").replace("µM", "UM");
				case CHOICE -> key.name().toUpperCase(Locale.ROOT);
				default -> key.file() ? "FILE" : "TEXT";
			};
		};
	}

	private String describe(final ProtocolKey key) {
		final StringBuilder out = new StringBuilder(key.meaning());
		if (key.type() != ProtocolKey.Type.TEXT) out.append(" (").append(key
			.allowed()).append(")");
		final String value = key.text(defaults.apply(key));
		if (!value.isEmpty()) out.append(" Default: ").append(value).append(".");
		return out.toString();
	}

	/**
	 * Returns the flags that were given with their values as text, in the order
	 * of the catalogue; repeated controls are joined.
	 */
	Map<String, String> given(final CommandSpec spec) {
		final Map<String, String> given = new LinkedHashMap<>();
		for (final ProtocolKey key : keys) {
			final Object value = spec.findOption(key.flag()).getValue();
			if (value instanceof List<?> list) given.put(key.flag(), String.join(";",
				list.stream().map(Object::toString).toList()));
			else if (value != null) given.put(key.flag(), value.toString());
		}
		return given;
	}

	/** Returns the options that help shows, by heading, in order. */
	Map<String, List<OptionSpec>> headings(final CommandSpec spec) {
		final Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
		for (final ProtocolKey key : keys) {
			final OptionSpec option = spec.findOption(key.flag());
			if (option.hidden()) continue;
			groups.computeIfAbsent(heading.apply(key).replaceAll("\\.$", ""),
				h -> new ArrayList<>()).add(option);
		}
		return groups;
	}
}
