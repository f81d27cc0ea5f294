
package org.senoscope.fiji;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/**
 * Measures a panel of fluorescence markers and their co-positivity in the
 * active image or in a file.
 */
@Plugin(type = Command.class, headless = true, initializer = "initialise",
	menuPath = "Plugins>Senoscope>Measure Marker Co-stains")
public final class MeasureMarkerCostains extends AnalysisCommand {

	/** Called by SciJava. */
	public MeasureMarkerCostains() {
		super(AnalysisDoor.MEASURE_COSTAINS);
	}
}
