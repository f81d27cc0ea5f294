
package org.senoscope.cli;

import java.util.List;

import org.senoscope.app.ProtocolFile;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.Protocol;

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
		return ProtocolFile.read(protocol, "--protocol");
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
