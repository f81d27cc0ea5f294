
package org.senoscope.cli;

import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.Protocol;

import picocli.CommandLine.Command;

/** {@code senoscope sahf}: the protocol sahf. */
@Command(name = "sahf",
	description = "Detect senescence-associated heterochromatin foci in DAPI of cultured cells (protocol sahf).")
final class SahfVerb extends AnalysisVerb {

	private static final Protocol START = AssayProtocols.of(AssayKind.SAHF);

	SahfVerb(final CliContext context) {
		super(context, START, "assay");
	}

	@Override
	String synopsis() {
		return "sahf IMAGE... --out DIR [OPTIONS]";
	}

	@Override
	Protocol start() {
		return START;
	}

	@Override
	AssayKind onlyAssay() {
		return AssayKind.SAHF;
	}
}
