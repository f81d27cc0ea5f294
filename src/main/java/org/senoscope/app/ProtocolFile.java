
package org.senoscope.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.senoscope.core.UserException;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.Nearest;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolReader;

/** A protocol as users name it: built in, or a file. */
public final class ProtocolFile {

	private ProtocolFile() {}

	/**
	 * Reads a protocol.
	 *
	 * @param name name of a built-in protocol or path of a YAML file
	 * @param key how the user gives it, for messages
	 * @throws UserException in one line, if it is neither or cannot be used
	 */
	public static Protocol read(final String name, final String key) {
		if (name == null || name.isBlank()) throw new UserException(
			"give the protocol with " + key + " FILE or NAME; built in are " + String
				.join(", ", BuiltInProtocols.names()));
		if (BuiltInProtocols.names().contains(name)) return BuiltInProtocols.load(
			name);
		final Path file = Path.of(name);
		if (!Files.isRegularFile(file)) throw new UserException(key + " " + name +
			" is neither a file nor a built-in protocol" + Nearest.hint(name,
				BuiltInProtocols.names()) + "; built in are " + String.join(", ",
					BuiltInProtocols.names()));
		try {
			return ProtocolReader.read(Files.readString(file), name);
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, "protocol " + name +
				" cannot be read as UTF-8 text: " + e.getMessage(), e);
		}
	}
}
