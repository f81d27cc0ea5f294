
package org.senoscope.io.output;

import java.nio.file.Path;
import java.util.Map;

/**
 * Writes {@code run.json}: everything needed to repeat and to judge a run, in
 * the order of the run record. Unlike the other files it holds times and paths.
 */
public final class RunWriter {

	private RunWriter() {}

	/**
	 * Writes the run record.
	 *
	 * @param record nested maps, lists, texts, numbers and booleans
	 * @param file where to
	 * @throws org.senoscope.core.UserException if it cannot be written
	 */
	public static void write(final Map<String, Object> record, final Path file) {
		JsonText.write(record, file);
	}
}
