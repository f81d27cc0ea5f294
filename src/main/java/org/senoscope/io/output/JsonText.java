
package org.senoscope.io.output;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;

/**
 * Writes nested maps, lists, texts, numbers and booleans as indented JSON,
 * numbers as in the tables, numbers that are not known as null. The same values
 * give the same bytes on every machine.
 */
public final class JsonText {

	private JsonText() {}

	static void write(final Map<String, ?> values, final Path file) {
		OutputFile.write(file, out -> write(values, out));
	}

	/**
	 * Returns the text, which ends with a line feed.
	 *
	 * @param values nested maps, lists, texts, numbers and booleans
	 */
	public static String of(final Map<String, ?> values) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try {
			write(values, bytes);
		}
		catch (final IOException exc) {
			throw new UncheckedIOException(exc);
		}
		return bytes.toString(StandardCharsets.UTF_8);
	}

	private static void write(final Map<String, ?> values, final OutputStream out)
		throws IOException
	{
		final DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
		final DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
			.withObjectIndenter(indenter);
		try (JsonGenerator json = new JsonFactory().createGenerator(out,
			JsonEncoding.UTF8))
		{
			json.setPrettyPrinter(printer);
			value(values, json, new NumberText());
			json.writeRaw('\n');
		}
	}

	private static void value(final Object value, final JsonGenerator json,
		final NumberText number) throws IOException
	{
		if (value == null) json.writeNull();
		else if (value instanceof Map<?, ?> map) {
			json.writeStartObject();
			for (final Map.Entry<?, ?> entry : map.entrySet()) {
				json.writeFieldName(String.valueOf(entry.getKey()));
				value(entry.getValue(), json, number);
			}
			json.writeEndObject();
		}
		else if (value instanceof Iterable<?> list) {
			json.writeStartArray();
			for (final Object element : list)
				value(element, json, number);
			json.writeEndArray();
		}
		else if (value instanceof double[] numbers) {
			json.writeStartArray();
			for (final double n : numbers)
				value(n, json, number);
			json.writeEndArray();
		}
		else if (value instanceof long[] numbers) {
			json.writeStartArray();
			for (final long n : numbers)
				json.writeNumber(n);
			json.writeEndArray();
		}
		else if (value instanceof Double || value instanceof Float) {
			final NumberText text = number.reading(((Number) value).doubleValue());
			if (text.length() == 0) json.writeNull();
			else json.writeRawValue(text.chars(), 0, text.length());
		}
		else if (value instanceof Number n) json.writeNumber(n.longValue());
		else if (value instanceof Boolean b) json.writeBoolean(b);
		else json.writeString(value.toString());
	}
}
