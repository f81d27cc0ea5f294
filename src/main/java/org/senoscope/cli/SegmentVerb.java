
package org.senoscope.cli;

import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.Protocol;

import picocli.CommandLine.Command;

/** {@code senoscope segment}: nuclei and cells, no marker. */
@Command(name = "segment",
	description = "Find cell nuclei and measure their shape.")
final class SegmentVerb extends AnalysisVerb {

	private static final Protocol START = AssayProtocols.of(AssayKind.NUCLEI);

	SegmentVerb(final CliContext context) {
		super(context, START, "assay");
	}

	@Override
	String synopsis() {
		return "segment IMAGE... --out DIR [OPTIONS]";
	}

	@Override
	Protocol start() {
		return START;
	}

	@Override
	AssayKind onlyAssay() {
		return AssayKind.NUCLEI;
	}
}
