
package org.senoscope.core.phenotype.simulation;

import org.senoscope.core.cell.Lineage;
import org.senoscope.core.phenotype.CellFeatures;

/**
 * Simulated cells with their truth.
 *
 * @param features readings, true states as labels, slide as slide and group,
 *          controls
 * @param truth {@code cells x states}, in the order of
 *          {@link MarkerProfiles#STATES}; all false for a cell of no state,
 *          such as one resting between two divisions
 * @param lineages lineage of each cell
 * @param gates {@code cells x features}: where a lab that sees the slide would
 *          gate the marker
 */
public record SimulatedCells(CellFeatures features, boolean[] truth,
		Lineage[] lineages, float[] gates) {

	/** Returns whether a cell is of a state. */
	public boolean is(final int cell, final int state) {
		return truth[cell * MarkerProfiles.STATES.size() + state];
	}

	/** Returns whether the marker is above its gate. */
	public boolean positive(final int cell, final int feature) {
		return features.value(cell, feature) > gates[cell * features.names()
			.size() + feature];
	}
}
