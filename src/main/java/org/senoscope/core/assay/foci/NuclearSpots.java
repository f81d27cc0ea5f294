
package org.senoscope.core.assay.foci;

import java.util.List;

import org.senoscope.core.assay.BlockPixels;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.ReadingUnit;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.gate.GateReadings;
import org.senoscope.core.run.HistogramScale;

/** What markers that are read as spots of the nucleus have in common. */
abstract class NuclearSpots implements MarkerAnalyzer {

	private final List<Column> columns;

	NuclearSpots(final List<Column> columns) {
		this.columns = List.copyOf(columns);
	}

	/** Returns the gate, which the protocol writes. */
	abstract Gate gate();

	@Override
	public List<Column> nucleusColumns() {
		return columns;
	}

	@Override
	public Compartment decidingCompartment() {
		return Compartment.NUCLEUS;
	}

	@Override
	public ReadingUnit unit() {
		return ReadingUnit.INTENSITY;
	}

	@Override
	public double saturation() {
		return Double.POSITIVE_INFINITY;
	}

	@Override
	public Gate gate(final GateReadings readings, final List<String> warnings) {
		return gate();
	}

	@Override
	public void plane(final BlockPixels pixels, final float[] out) {
		throw new IllegalStateException(id() + " has no compartments");
	}

	@Override
	public HistogramScale scale() {
		// whole numbers in the middle of their bins
		return new HistogramScale(-0.5, 1, 200, 0);
	}
}
