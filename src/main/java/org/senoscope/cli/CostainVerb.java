
package org.senoscope.cli;

import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.Protocol;

import picocli.CommandLine.Command;

/** {@code senoscope costain}: a panel of markers in fluorescence. */
@Command(name = "costain",
	description = "Measure a panel of markers in fluorescence: positive cells, rules, and which markers go together.")
final class CostainVerb extends AnalysisVerb {

	private static final Protocol START = AssayProtocols.of(AssayKind.COSTAIN);

	CostainVerb(final CliContext context) {
		super(context, START, "assay");
	}

	@Override
	String synopsis() {
		return "costain IMAGE... --out DIR [OPTIONS]";
	}

	@Override
	Protocol start() {
		return START;
	}

	@Override
	AssayKind onlyAssay() {
		return AssayKind.COSTAIN;
	}
}
