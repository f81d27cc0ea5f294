
package org.senoscope.core.protocol;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

import org.senoscope.core.UserException;

/**
 * Reads a protocol from YAML. Every value is taken as the text that stands in
 * the file, so that {@code on} is a word and not a truth value, and read by its
 * key, as flags and macros are. Besides the keys of the catalogue there are
 * {@code name}, {@code description} and {@code extends} (a built-in protocol
 * that holds where this one says nothing). A text key takes a list as well.
 */
public final class ProtocolReader {

	private static final YAMLFactory YAML = new YAMLFactory();

	private static final List<String> HEADINGS = List.of("name", "description",
		"extends");

	private final String source;
	private final List<String> problems = new ArrayList<>();
	private final Map<String, Entry> entries = new LinkedHashMap<>();

	/** A text with the line on which it stands. */
	private record Entry(String text, int line) {
	}

	private ProtocolReader(final String source) {
		this.source = source;
	}

	/**
	 * Reads a protocol.
	 *
	 * @param yaml text of the file
	 * @param source name of the file or protocol, for messages
	 * @return the complete protocol: what the text leaves out is the default, or
	 *         what the protocol named by {@code extends} says
	 * @throws UserException naming all problems with their lines in one line
	 */
	public static Protocol read(final String yaml, final String source) {
		final ProtocolReader reader = new ProtocolReader("protocol " + source);
		reader.parse(yaml);
		return reader.build();
	}

	private void parse(final String yaml) {
		try (YAMLParser parser = YAML.createParser(yaml)) {
			final JsonToken first = parser.nextToken();
			if (first == null) throw new UserException(source +
				" is empty; write at least which assay it describes");
			if (first != JsonToken.START_OBJECT) throw new UserException(source +
				" is no list of keys; write lines such as 'assay: ki67'");
			section(parser, "");
			if (parser.nextToken() != null) problems.add("line " + line(parser) +
				": only one YAML document may stand in a protocol");
		}
		catch (final JsonProcessingException e) {
			final JsonLocation at = e.getLocation();
			throw new UserException(UserException.Kind.INPUT, source + ": " +
				(at == null ? "" : "line " + at.getLineNr() + ": ") +
				"is not valid YAML: " + e.getOriginalMessage().strip().lines()
					.findFirst().orElse("unreadable"), e);
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, source +
				" cannot be read: " + e.getMessage(), e);
		}
	}

	private void section(final YAMLParser parser, final String prefix)
		throws IOException
	{
		while (parser.nextToken() == JsonToken.FIELD_NAME) {
			final String path = prefix + parser.currentName();
			final int line = line(parser);
			final JsonToken token = parser.nextToken();
			if (token == JsonToken.START_OBJECT) {
				if (prefix.isEmpty() && ProtocolKeys.sections().containsKey(path))
					section(parser, path + ".");
				else {
					parser.skipChildren();
					problems.add("line " + line + ": " + (isKey(path) ? path +
						" takes one value, not keys of its own" : unknownSection(path)));
				}
			}
			else if (token == JsonToken.START_ARRAY) list(parser, path, line);
			else put(path, token == JsonToken.VALUE_NULL ? "" : parser.getText(),
				line);
		}
	}

	private void list(final YAMLParser parser, final String path, final int line)
		throws IOException
	{
		final List<String> texts = new ArrayList<>();
		boolean flat = true;
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			flat &= parser.currentToken().isScalarValue();
			if (flat) texts.add(parser.getText());
			else parser.skipChildren();
		}
		final ProtocolKey key = find(path);
		if (key != null && (!flat || key.type() != ProtocolKey.Type.TEXT)) problems
			.add("line " + line + ": " + path + " takes one value, not a list");
		else put(path, String.join(path.equals("control") ? ";" : ", ", texts),
			line);
	}

	private void put(final String path, final String text, final int line) {
		if (ProtocolKeys.sections().containsKey(path)) {
			if (!text.isEmpty()) problems.add("line " + line + ": " + path +
				" is a section; write its keys below it, such as " + path + "." +
				keysOf(path).get(0).name());
		}
		else if (!isKey(path)) problems.add("line " + line + ": " + unknown(path));
		else if (entries.putIfAbsent(path, new Entry(text, line)) != null) problems
			.add("line " + line + ": " + path + " is given twice");
	}

	private static List<ProtocolKey> keysOf(final String section) {
		return ProtocolKeys.protocol().stream().filter(k -> k.section().equals(
			section)).toList();
	}

	private static boolean isKey(final String path) {
		return HEADINGS.contains(path) || find(path) != null;
	}

	private static ProtocolKey find(final String path) {
		for (final ProtocolKey key : ProtocolKeys.protocol())
			if (key.path().equals(path)) return key;
		return null;
	}

	private static String unknown(final String path) {
		final int dot = path.indexOf('.');
		if (dot < 0) {
			final List<String> words = new ArrayList<>(HEADINGS);
			words.addAll(ProtocolKeys.sections().keySet());
			ProtocolKeys.protocol().stream().filter(k -> k.section().isEmpty())
				.forEach(k -> words.add(k.name()));
			final String near = Nearest.of(path, words);
			if (near != null) return "unknown key " + path + " (did you mean " +
				near + "?)";
			final List<String> elsewhere = ProtocolKeys.protocol().stream().filter(
				k -> k.name().equals(path) || k.macroKey().equals(path)).map(
					ProtocolKey::path).toList();
			if (!elsewhere.isEmpty()) return "unknown key " + path +
				" (did you mean " + String.join(" or ", elsewhere) + "?)";
			return "unknown key " + path + "; keys here are " + String.join(", ",
				words);
		}
		final List<ProtocolKey> here = keysOf(path.substring(0, dot));
		if (here.isEmpty()) return ProtocolKeys.unknown(path, ProtocolKeys
			.protocol());
		final String near = Nearest.of(path.substring(dot + 1), here.stream().map(
			ProtocolKey::name).toList());
		if (near != null) return "unknown key " + path + " (did you mean " + path
			.substring(0, dot + 1) + near + "?)";
		return "unknown key " + path + "; keys of " + path.substring(0, dot) +
			" are " + String.join(", ", here.stream().map(ProtocolKey::name)
				.toList());
	}

	private static String unknownSection(final String path) {
		return "unknown section " + path + (path.contains(".")
			? "; sections stand at the top level" : Nearest.hint(path, ProtocolKeys
				.sections().keySet()));
	}

	private static int line(final YAMLParser parser) {
		return parser.currentTokenLocation().getLineNr();
	}

	private Protocol build() {
		final Map<ProtocolKey, Object> values = new LinkedHashMap<>();
		entries.forEach((path, entry) -> {
			final ProtocolKey key = find(path);
			if (key == null) return;
			try {
				values.put(key, key.parse(entry.text()));
			}
			catch (final IllegalArgumentException e) {
				problems.add("line " + entry.line() + ": " + path + ": " + e
					.getMessage());
			}
		});
		final Protocol base = base();
		final Protocol protocol = ProtocolKeys.PROTOCOL.with(base, values, Map.of(
			"name", heading("name"), "description", heading("description")));
		problems.addAll(ProtocolRules.problems(protocol));
		return ProtocolRules.unless(problems, source, protocol);
	}

	private Protocol base() {
		final String name = heading("extends");
		if (name.isEmpty()) return Protocol.DEFAULTS;
		if (BuiltInProtocols.names().contains(name)) return BuiltInProtocols.load(
			name);
		problems.add("line " + entries.get("extends").line() + ": extends: " +
			BuiltInProtocols.unknown(name));
		return Protocol.DEFAULTS;
	}

	private String heading(final String key) {
		return entries.containsKey(key) ? entries.get(key).text().strip()
			.replaceAll("\\s+", " ") : "";
	}
}
