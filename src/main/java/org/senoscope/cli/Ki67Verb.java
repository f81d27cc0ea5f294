
package org.senoscope.cli;

import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.Protocol;

import picocli.CommandLine.Command;

/**
 * {@code senoscope ki67}: ki67-hdab on RGB, else ki67-if; --kind decides where
 * given.
 */
@Command(name = "ki67",
	description = "Score Ki-67 on hematoxylin and DAB (ki67-hdab) or in fluorescence (ki67-if); --kind decides where given, else the image.")
final class Ki67Verb extends AnalysisVerb {

	private static final Protocol START = AssayProtocols.of(AssayKind.KI67);

	Ki67Verb(final CliContext context) {
		super(context, START, "assay");
	}

	@Override
	String synopsis() {
		return "ki67 IMAGE... --out DIR [OPTIONS]";
	}

	@Override
	Protocol start() {
		return START;
	}

	@Override
	AssayKind onlyAssay() {
		return AssayKind.KI67;
	}
}
