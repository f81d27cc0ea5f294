
package org.senoscope.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

import org.senoscope.io.output.JsonText;

/**
 * Prints what a verb found as one JSON object, numbers as in the files.
 */
final class JsonOutput {

	private JsonOutput() {}

	/**
	 * Prints the record of one image, or those of several under {@code images}.
	 */
	static void print(final PrintStream out,
		final List<Map<String, Object>> records, final boolean one)
	{
		out.print(JsonText.of(one ? records.get(0) : Map.of("images", records)));
	}
}
