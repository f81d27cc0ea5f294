
package org.senoscope.io.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.senoscope.core.UserException;
import org.senoscope.core.evidence.EvidenceDefinition;

/** Finds the evidence definition that a protocol or a flag names. */
public final class EvidenceFile {

	private EvidenceFile() {}

	/**
	 * Reads a definition.
	 *
	 * @param name path of a YAML file; empty: the built-in definition
	 * @throws UserException in one line, if there is no such file or it has
	 *           faults
	 */
	public static EvidenceDefinition read(final String name) {
		if (name.isBlank()) return EvidenceDefinition.builtIn();
		final Path file = Path.of(name);
		if (!Files.isRegularFile(file)) throw new UserException(
			"evidence definition " + name +
				" is not there; give the path of a YAML file, or leave it out for the built-in one");
		try {
			return EvidenceDefinition.read(Files.readString(file),
				"evidence definition " + name);
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, "evidence definition " +
				name + " cannot be read as UTF-8 text: " + e.getMessage(), e);
		}
	}
}
