
package org.senoscope.io.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.senoscope.core.UserException;

/**
 * Arrays of 32-bit floats by name in a safetensors file: the length of a JSON
 * header as a little-endian 64-bit integer, the header, the raw numbers.
 */
public final class SafeTensors {

	private static final String METADATA = "__metadata__";
	private static final String TYPE = "F32";
	private static final ObjectMapper JSON = new ObjectMapper();

	/**
	 * An array.
	 *
	 * @param values row by row, the last dimension fastest
	 * @param shape its dimensions
	 */
	public record Array(float[] values, long[] shape) {
	}

	/**
	 * What a file holds.
	 *
	 * @param arrays by name
	 * @param metadata texts by name
	 */
	public record Content(Map<String, Array> arrays,
			Map<String, String> metadata) {
	}

	private SafeTensors() {}

	/**
	 * Reads a file.
	 *
	 * @throws UserException if it cannot be read, or holds other numbers than
	 *           32-bit floats
	 */
	public static Content read(final Path file) {
		try {
			final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(
				ByteOrder.LITTLE_ENDIAN);
			final int length = Math.toIntExact(bytes.getLong());
			final JsonNode header = JSON.readTree(new String(bytes.array(),
				Long.BYTES, length, StandardCharsets.UTF_8));
			final Map<String, Array> arrays = new LinkedHashMap<>();
			final Map<String, String> metadata = new TreeMap<>();
			header.fields().forEachRemaining(e -> {
				if (e.getKey().equals(METADATA)) e.getValue().fields().forEachRemaining(
					m -> metadata.put(m.getKey(), m.getValue().asText()));
				else arrays.put(e.getKey(), array(e.getValue(), bytes, Long.BYTES +
					length));
			});
			return new Content(arrays, metadata);
		}
		catch (final IOException | RuntimeException e) {
			throw new UserException(UserException.Kind.INPUT, file +
				": cannot be read as a safetensors file of 32-bit floats (" + e
					.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e
						.getMessage()) + ")", e);
		}
	}

	private static Array array(final JsonNode entry, final ByteBuffer bytes,
		final int data)
	{
		if (!entry.path("dtype").asText().equals(TYPE))
			throw new IllegalArgumentException("numbers of type " + entry.path(
				"dtype").asText());
		long size = 1;
		final long[] shape = new long[entry.path("shape").size()];
		for (int i = 0; i < shape.length; i++) {
			shape[i] = entry.path("shape").get(i).asLong();
			size = Math.multiplyExact(size, shape[i]);
		}
		final long begin = entry.path("data_offsets").path(0).asLong();
		final long end = entry.path("data_offsets").path(1).asLong();
		if (begin < 0 || end - begin != size * Float.BYTES)
			throw new IllegalArgumentException("offsets do not fit the shape");
		final float[] values = new float[Math.toIntExact(size)];
		bytes.slice(data + Math.toIntExact(begin), values.length * Float.BYTES)
			.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
		return new Array(values, shape);
	}

	/**
	 * Writes a file.
	 *
	 * @throws IOException if that fails
	 */
	public static void write(final Content content, final Path file)
		throws IOException
	{
		final Map<String, Object> header = new LinkedHashMap<>();
		if (!content.metadata().isEmpty()) header.put(METADATA, content.metadata());
		long end = 0;
		for (final Map.Entry<String, Array> e : content.arrays().entrySet()) {
			final long begin = end;
			end += (long) Float.BYTES * e.getValue().values().length;
			header.put(e.getKey(), Map.of("dtype", TYPE, "shape", e.getValue()
				.shape(), "data_offsets", new long[] { begin, end }));
		}
		final byte[] text = JSON.writeValueAsBytes(header);
		final ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(Long.BYTES +
			text.length + end)).order(ByteOrder.LITTLE_ENDIAN);
		bytes.putLong(text.length).put(text);
		for (final Array array : content.arrays().values())
			for (final float v : array.values())
				bytes.putFloat(v);
		Files.write(file, bytes.array());
	}
}
