
package org.senoscope.fiji;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/**
 * Measures senescence-associated β-galactosidase (X-gal) of the active image or
 * of a file, per cell and per area.
 */
@Plugin(type = Command.class, headless = true, initializer = "initialise",
	menuPath = "Plugins>Senoscope>Quantify SA-beta-Gal")
public final class QuantifySaBetaGal extends AnalysisCommand {

	/** Called by SciJava. */
	public QuantifySaBetaGal() {
		super(AnalysisDoor.QUANTIFY_SAGAL);
	}
}
