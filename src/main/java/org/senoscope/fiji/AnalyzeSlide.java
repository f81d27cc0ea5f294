
package org.senoscope.fiji;

import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Analyses the active image or a file by any protocol, built in or from a file.
 */
@Plugin(type = Command.class, headless = true, initializer = "initialise",
	menuPath = "Plugins>Senoscope>Analyze Slide")
@SuppressWarnings("unused")
public final class AnalyzeSlide extends AnalysisCommand {

	@Parameter(required = false, persist = false)
	private String protocol;

	/** Called by SciJava. */
	public AnalyzeSlide() {
		super(AnalysisDoor.ANALYZE_SLIDE);
	}
}
