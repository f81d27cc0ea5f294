
package org.senoscope.core.assay.foci;

import java.util.List;

import org.senoscope.core.assay.BlockPixels;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.cell.CompartmentReadings;
import org.senoscope.core.gate.Gate;

/** A marker that counts by its foci: γH2AX, 53BP1, telomeres. */
final class FociMarker extends NuclearSpots {

	private final String id;
	private final String label;
	private final int channel;
	private final FociSettings settings;

	FociMarker(final String id, final String label, final int channel,
		final List<Column> columns, final FociSettings settings)
	{
		super(columns);
		this.id = id;
		this.label = label;
		this.channel = channel;
		this.settings = settings;
	}

	@Override
	public String id() {
		return id;
	}

	@Override
	public String label() {
		return label;
	}

	@Override
	public String reading() {
		return "foci in the nucleus";
	}

	@Override
	public List<Compartment> compartments() {
		return List.of(Compartment.NUCLEUS);
	}

	@Override
	public void plane(final BlockPixels pixels, final float[] out) {
		System.arraycopy(pixels.channel(channel), 0, out, 0, pixels.size());
	}

	@Override
	public double value(final double[] readings, final int first) {
		return readings[first + CompartmentReadings.STATISTICS];
	}

	@Override
	Gate gate() {
		return new Gate(settings.positiveFrom(), "foci.positive_from");
	}

	@Override
	public String statement(final boolean tumourSelected) {
		return "Nuclei with at least " + settings.positiveFrom() + " foci of " +
			label + (tumourSelected ? ", tumour cells"
				: ", all nuclei in the region");
	}
}
