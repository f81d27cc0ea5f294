
package org.senoscope.core.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.senoscope.core.run.RunOptions;

/**
 * Writes a protocol in full: every key with its value, its meaning, unit and
 * choices as comments. What is written reads back as the same protocol.
 */
public final class ProtocolWriter {

	private static final int LINE_WIDTH = 100;

	/** Texts that YAML takes as they stand, whatever its version. */
	private static final Pattern PLAIN = Pattern.compile(
		"[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./()-]+)*");
	private static final Pattern RESERVED = Pattern.compile(
		"(?i)true|false|yes|no|on|off|y|n|null");

	private ProtocolWriter() {}

	/** Returns the protocol as commented YAML. */
	public static String yaml(final Protocol protocol) {
		final StringBuilder out = new StringBuilder();
		out.append("name: ").append(quoted(protocol.name())).append('\n');
		out.append("description: ").append(quoted(protocol.description())).append(
			'\n');
		String section = "";
		for (final ProtocolKey key : ProtocolKeys.protocol()) {
			if (!key.section().equals(section)) {
				section = key.section();
				out.append('\n');
				comment(out, "", ProtocolKeys.sections().get(section));
				out.append(section).append(":\n");
			}
			final String indent = section.isEmpty() ? "" : "  ";
			comment(out, indent, key.meaning() + allowed(key));
			out.append(indent).append(key.name()).append(':');
			final Object value = ProtocolKeys.value(protocol, key);
			final String text = key.text(value);
			if (value instanceof String) out.append(' ').append(quoted(text));
			else if (!text.isEmpty()) out.append(' ').append(text);
			out.append('\n');
		}
		return out.toString();
	}

	/**
	 * Returns the protocol as nested maps in the order of the file, as the run
	 * record holds it: texts, numbers, truth values, and null for open numbers.
	 */
	public static Map<String, Object> map(final Protocol protocol) {
		final Map<String, Object> map = new LinkedHashMap<>();
		map.put("name", protocol.name());
		map.put("description", protocol.description());
		for (final ProtocolKey key : ProtocolKeys.protocol())
			put(map, key, ProtocolKeys.value(protocol, key));
		return map;
	}

	/** Returns the run options as a map, in order. */
	public static Map<String, Object> map(final RunOptions options) {
		final Map<String, Object> map = new LinkedHashMap<>();
		for (final ProtocolKey key : ProtocolKeys.run())
			put(map, key, ProtocolKeys.value(options, key));
		return map;
	}

	@SuppressWarnings("unchecked")
	private static void put(final Map<String, Object> map, final ProtocolKey key,
		final Object value)
	{
		final Map<String, Object> target = key.section().isEmpty() ? map
			: (Map<String, Object>) map.computeIfAbsent(key.section(),
				s -> new LinkedHashMap<String, Object>());
		if (value instanceof Enum<?>) target.put(key.name(), key.text(value));
		else if (value instanceof Double d && d.isNaN()) target.put(key.name(),
			null);
		else target.put(key.name(), value);
	}

	private static String allowed(final ProtocolKey key) {
		if (key.type() == ProtocolKey.Type.TEXT) return "";
		return " (" + key.allowed() + (key.mayBeOpen() ? ", or open" : "") + ")";
	}

	private static void comment(final StringBuilder out, final String indent,
		final String text)
	{
		int column = LINE_WIDTH;
		for (final String word : List.of(text.split(" "))) {
			if (column + 1 + word.length() > LINE_WIDTH) {
				if (column < LINE_WIDTH || out.charAt(out.length() - 1) != '\n') out
					.append('\n');
				out.append(indent).append('#');
				column = indent.length() + 1;
			}
			out.append(' ').append(word);
			column += 1 + word.length();
		}
		out.append('\n');
	}

	/** Returns a text so that YAML reads it back unchanged. */
	static String quoted(final String text) {
		if (PLAIN.matcher(text).matches() && !RESERVED.matcher(text).matches())
			return text;
		final StringBuilder out = new StringBuilder("\"");
		for (final char c : text.toCharArray()) {
			if (c == '"' || c == '\\') out.append('\\').append(c);
			else if (c < ' ' || c == 0x7f) out.append(String.format("\\x%02x",
				(int) c));
			else out.append(c);
		}
		return out.append('"').toString();
	}
}
