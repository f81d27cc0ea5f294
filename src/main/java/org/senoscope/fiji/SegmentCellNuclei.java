
package org.senoscope.fiji;

import org.scijava.command.Command;
import org.scijava.plugin.Plugin;

/**
 * Finds, outlines and measures every nucleus of the active image or of a file.
 */
@Plugin(type = Command.class, headless = true, initializer = "initialise",
	menuPath = "Plugins>Senoscope>Segment Cell Nuclei")
public final class SegmentCellNuclei extends AnalysisCommand {

	/** Called by SciJava. */
	public SegmentCellNuclei() {
		super(AnalysisDoor.SEGMENT_CELL_NUCLEI);
	}
}
