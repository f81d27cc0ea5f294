
package org.senoscope.fiji;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/**
 * Finds nuclei with senescence-associated heterochromatin foci in the active
 * image or in a file.
 */
@Plugin(type = Command.class, headless = true, initializer = "initialise",
	menuPath = "Plugins>Senoscope>Detect SAHF")
public final class DetectSahf extends AnalysisCommand {

	/** Called by SciJava. */
	public DetectSahf() {
		super(AnalysisDoor.DETECT_SAHF);
	}
}
