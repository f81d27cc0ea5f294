
package org.senoscope.cli;

import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.Protocol;

import picocli.CommandLine.Command;

/**
 * {@code senoscope sagal}: sagal-xgal-nfr where the image shows red nuclei,
 * else sagal-xgal on other RGB, else sagal-fluorescence; the kind is left to
 * the image unless given.
 */
@Command(name = "sagal",
	description = "Quantify SA-beta-gal on X-gal, with nuclear fast red (sagal-xgal-nfr) or without (sagal-xgal), or in fluorescence (sagal-fluorescence); --kind decides where given, else the image.")
final class SagalVerb extends AnalysisVerb {

	private static final Protocol START = AssayProtocols.of(AssayKind.SAGAL);

	SagalVerb(final CliContext context) {
		super(context, START, "assay");
	}

	@Override
	String synopsis() {
		return "sagal IMAGE... --out DIR [OPTIONS]";
	}

	@Override
	Protocol start() {
		return START;
	}

	@Override
	AssayKind onlyAssay() {
		return AssayKind.SAGAL;
	}
}
