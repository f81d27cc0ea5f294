
package org.senoscope.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** Prints what a verb found as one JSON object. */
final class JsonOutput {

	private static final ObjectMapper JSON = new ObjectMapper().enable(
		SerializationFeature.INDENT_OUTPUT);

	private JsonOutput() {}

	/**
	 * Prints the record of one image, or those of several under {@code images}.
	 */
	static void print(final PrintStream out,
		final List<Map<String, Object>> records, final boolean one)
	{
		try {
			out.println(JSON.writeValueAsString(one ? records.get(0) : Map.of(
				"images", records)));
		}
		catch (final JsonProcessingException e) {
			throw new IllegalStateException(e);
		}
	}
}
