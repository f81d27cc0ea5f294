
package org.senoscope.core.assay.ki67;

import java.util.List;

import org.senoscope.core.assay.BlockPixels;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.ReadingUnit;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.gate.GateFinder;
import org.senoscope.core.gate.GateReadings;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.run.HistogramScale;
import org.senoscope.core.stain.StainPlane;

/**
 * Ki-67 on H-DAB: mean optical density of DAB in each nucleus, positive from
 * the gate on, whatever the strength (International Ki67 in Breast Cancer
 * Working Group: the share of positive nuclei, regardless of intensity).
 */
public final class Ki67Analyzer implements MarkerAnalyzer {

	private static final String[] GRADES = { "negative", "1+", "2+", "3+" };

	private final Ki67Settings settings;
	private final GateSettings gates;
	private final StainPlane dab;

	/**
	 * Makes the analyzer of a slide.
	 *
	 * @param settings gate and cuts
	 * @param gates what all gates have in common
	 * @param dab separates DAB from the counterstain
	 */
	public Ki67Analyzer(final Ki67Settings settings, final GateSettings gates,
		final StainPlane dab)
	{
		this.settings = settings;
		this.gates = gates;
		this.dab = dab;
	}

	@Override
	public String id() {
		return "ki67";
	}

	@Override
	public String label() {
		return "Ki-67";
	}

	@Override
	public String reading() {
		return "mean DAB optical density of the nucleus";
	}

	@Override
	public List<Compartment> compartments() {
		return List.of(Compartment.NUCLEUS);
	}

	@Override
	public Compartment decidingCompartment() {
		return Compartment.NUCLEUS;
	}

	@Override
	public boolean readsError() {
		return true;
	}

	@Override
	public List<Column> nucleusColumns() {
		return List.of(new Column("ki67_error", Column.Type.NUMBER,
			"Ki-67: standard error of the mean, from the spread of the pixels of the nucleus"));
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
		return new Column("ki67_class", Column.Type.TEXT,
			"negative, 1+, 2+ or 3+ by mean DAB optical density of the nucleus");
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
		return tumourSelected ? "Ki-67-positive nuclei among tumour nuclei"
			: "Ki-67-positive nuclei, all nuclei in the region (tumour not selected)";
	}
}
