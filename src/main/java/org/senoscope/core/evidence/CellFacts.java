
package org.senoscope.core.evidence;

import java.util.Arrays;

import org.senoscope.core.cell.Lineage;

/**
 * All that conditions may ask of one cell; filled step by step by
 * {@link EvidenceCaller} and used again for the next cell.
 */
final class CellFacts {

	final SlideFacts slide;
	final MarkerState[] markers;
	Lineage lineage = Lineage.UNKNOWN;
	int flags;
	final Finding[] axes;
	/** Weights fulfilled and measured, by axis. */
	final double[] support, measured;
	final Finding[] states;

	CellFacts(final EvidenceDefinition definition, final SlideFacts slide) {
		this.slide = slide;
		markers = new MarkerState[definition.markers().size()];
		Arrays.fill(markers, MarkerState.NOT_MEASURED);
		axes = new Finding[definition.axes().size()];
		support = new double[axes.length];
		measured = new double[axes.length];
		states = new Finding[definition.states().size()];
	}

	/** Facts of markers alone, of which none is measured yet. */
	CellFacts(final int count) {
		slide = null;
		markers = new MarkerState[count];
		Arrays.fill(markers, MarkerState.NOT_MEASURED);
		axes = new Finding[0];
		support = measured = new double[0];
		states = new Finding[0];
	}
}
