
package org.senoscope.core.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.senoscope.core.UserException;

/** The protocols that come with the program, as resources. */
public final class BuiltInProtocols {

	/** Only those whose assay is built. */
	private static final List<String> NAMES = List.of("ki67-hdab", "ki67-if",
		"sagal-xgal", "sagal-xgal-nfr", "sagal-ki67-hdab", "sagal-fluorescence",
		"ihc-hdab", "lipofuscin", "sahf", "dna-damage-foci", "senescence-panel-if",
		"dormancy-csc-panel-if", "nuclei-he", "nuclei-fluorescence");

	private BuiltInProtocols() {}

	/** Returns the names, in the order in which they are listed. */
	public static List<String> names() {
		return NAMES;
	}

	/**
	 * Returns the text of a built-in protocol.
	 *
	 * @throws UserException if there is none of that name; the nearest is named
	 */
	public static String text(final String name) {
		if (!NAMES.contains(name)) throw new UserException(unknown(name));
		try (InputStream in = BuiltInProtocols.class.getResourceAsStream(
			"/org/senoscope/protocols/" + name + ".yaml"))
		{
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * Reads a built-in protocol.
	 *
	 * @throws UserException if there is none of that name; the nearest is named
	 */
	public static Protocol load(final String name) {
		return ProtocolReader.read(text(name), name);
	}

	/** Says that there is no such protocol, and which there are. */
	static String unknown(final String name) {
		return "there is no built-in protocol " + name + Nearest.hint(name, NAMES) +
			"; built in are " + String.join(", ", NAMES);
	}
}
