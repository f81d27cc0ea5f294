
package org.senoscope.core.assay.ihc;

import java.util.List;

import org.senoscope.core.assay.BlockPixels;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.ReadingUnit;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.evidence.Marker;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.gate.GateFinder;
import org.senoscope.core.gate.GateReadings;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.run.HistogramScale;
import org.senoscope.core.stain.StainPlane;

/**
 * A single marker on H-DAB: mean optical density of DAB in one compartment of
 * each cell. A positive cell carries the marker; what its absence says (lamin
 * B1) is the evidence definition's business.
 */
public final class IhcAnalyzer implements MarkerAnalyzer {

	private static final String[] GRADES = { "negative", "1+", "2+", "3+" };

	private final Marker marker;
	private final IhcSettings settings;
	private final GateSettings gates;
	private final StainPlane dab;
	private final Compartment compartment;

	/**
	 * Makes the analyzer of a slide.
	 *
	 * @param marker the marker
	 * @param settings compartment, gate and cuts
	 * @param gates what all gates have in common
	 * @param dab separates DAB from the counterstain
	 * @throws org.senoscope.core.UserException if it is no marker of a cell
	 */
	public IhcAnalyzer(final Marker marker, final IhcSettings settings,
		final GateSettings gates, final StainPlane dab)
	{
		this.marker = marker;
		this.settings = settings;
		this.gates = gates;
		this.dab = dab;
		compartment = settings.compartment().of(marker);
	}

	@Override
	public String id() {
		return marker.id();
	}

	@Override
	public String label() {
		return marker.label();
	}

	@Override
	public String reading() {
		return "mean DAB optical density of the " + (compartment == Compartment.RING
			? "perinuclear ring" : compartment.id());
	}

	@Override
	public List<Compartment> compartments() {
		return switch (compartment) {
			case NUCLEUS -> List.of(Compartment.NUCLEUS);
			case CYTOPLASM -> List.of(Compartment.NUCLEUS, Compartment.CYTOPLASM);
			// what lies elsewhere tells how sharp the staining is
			default -> List.of(Compartment.NUCLEUS, Compartment.CYTOPLASM,
				compartment);
		};
	}

	@Override
	public Compartment decidingCompartment() {
		return compartment;
	}

	@Override
	public double saturation() {
		return 2.2;
	}

	@Override
	public ReadingUnit unit() {
		return ReadingUnit.OPTICAL_DENSITY;
	}

	@Override
	public HistogramScale scale() {
		return HistogramScale.OPTICAL_DENSITY;
	}

	@Override
	public void plane(final BlockPixels pixels, final float[] out) {
		dab.read(pixels.rgb(), pixels.size(), out);
	}

	@Override
	public Gate gate(final GateReadings readings, final List<String> warnings) {
		return GateFinder.find(settings.gating(), settings.gate(), gates, readings,
			warnings);
	}

	@Override
	public int grade(final double value, final Gate gate) {
		if (!(value >= gate.value())) return 0;
		if (value >= Math.max(gate.value(), settings.from3plus())) return 3;
		return value >= Math.max(gate.value(), settings.from2plus()) ? 2 : 1;
	}

	@Override
	public Column gradeColumn() {
		return new Column(marker.id() + "_class", Column.Type.TEXT,
			"negative, 1+, 2+ or 3+ by " + reading());
	}

	@Override
	public String gradeWord(final int grade) {
		return GRADES[grade];
	}

	@Override
	public boolean hasScores() {
		return true;
	}

	@Override
	public String statement(final boolean tumourSelected) {
		return marker.label() + (tumourSelected
			? "-positive cells among cells in the annotated tumour"
			: "-positive cells, all cells in the region (tumour not selected)");
	}
}
