
package org.senoscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.senoscope.core.UserException;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.Nearest;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolReader;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code senoscope analyze}: any protocol, built in or from a file. */
@Command(name = "analyze",
	description = "Analyse images by a protocol, built in or from a file. The defaults below hold where the protocol says nothing.")
final class AnalyzeVerb extends AnalysisVerb {

	@Option(names = "--protocol", paramLabel = "FILE|NAME",
		description = "Protocol file (YAML), or name of a built-in one. Required.")
	private String protocol;

	AnalyzeVerb(final CliContext context) {
		super(context, Protocol.DEFAULTS);
	}

	@Override
	String synopsis() {
		return "analyze IMAGE... --protocol FILE|NAME --out DIR [OPTIONS]";
	}

	@Override
	Protocol start() {
		if (protocol == null) throw new UserException(
			"give the protocol with --protocol FILE or NAME; built in are " + String
				.join(", ", BuiltInProtocols.names()));
		if (BuiltInProtocols.names().contains(protocol)) return BuiltInProtocols
			.load(protocol);
		final Path file = Path.of(protocol);
		if (!Files.isRegularFile(file)) throw new UserException("--protocol " +
			protocol + " is neither a file nor a built-in protocol" + Nearest.hint(
				protocol, BuiltInProtocols.names()) + "; built in are " + String.join(
					", ", BuiltInProtocols.names()));
		try {
			return ProtocolReader.read(Files.readString(file), protocol);
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, "protocol " + protocol +
				" cannot be read as UTF-8 text: " + e.getMessage(), e);
		}
	}

	@Override
	List<String> ownWords() {
		return List.of("--protocol", protocol);
	}

	@Override
	AssayKind onlyAssay() {
		return null;
	}
}
