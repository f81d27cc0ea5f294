
package org.senoscope.core.evidence;

import java.util.Arrays;

import org.senoscope.core.cell.Lineage;
import org.senoscope.core.protocol.SpecimenSettings;

/**
 * All that conditions may ask of one cell; filled step by step by
 * {@link EvidenceCaller} and used again for the next cell.
 */
final class CellFacts {

	/** Fixed for a slide. */
	final SpecimenSettings specimen;
	final P53Pattern p53Pattern;

	final MarkerState[] markers;
	Lineage lineage = Lineage.UNKNOWN;
	int flags;
	final Finding[] axes;
	/** Weights fulfilled and measured, by axis. */
	final double[] support, measured;
	final Finding[] states;

	CellFacts(final EvidenceDefinition definition,
		final SpecimenSettings specimen, final P53Pattern p53Pattern)
	{
		this.specimen = specimen;
		this.p53Pattern = p53Pattern;
		markers = new MarkerState[definition.markers().size()];
		Arrays.fill(markers, MarkerState.NOT_MEASURED);
		axes = new Finding[definition.axes().size()];
		support = new double[axes.length];
		measured = new double[axes.length];
		states = new Finding[definition.states().size()];
	}
}
