
package org.senoscope.fiji;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/**
 * Counts Ki-67-positive and negative nuclei of the active image or of a file.
 */
@Plugin(type = Command.class, headless = true, initializer = "initialise",
	menuPath = "Plugins>Senoscope>Score Ki-67")
public final class ScoreKi67 extends AnalysisCommand {

	/** Called by SciJava. */
	public ScoreKi67() {
		super(AnalysisDoor.SCORE_KI67);
	}
}
