
package org.senoscope.core.assay.ki67;

import java.util.List;

import org.senoscope.core.assay.GradedStain;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.stain.StainPlane;

/**
 * Ki-67 on H-DAB: mean optical density of DAB in each nucleus, positive from
 * the gate on, whatever the strength (International Ki67 in Breast Cancer
 * Working Group: the share of positive nuclei, regardless of intensity).
 */
public final class Ki67Analyzer extends GradedStain {

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
		super(dab, settings.gating(), settings.gate(), settings.from2plus(),
			settings.from3plus(), gates);
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
	public String statement(final boolean tumourSelected) {
		return tumourSelected ? "Ki-67-positive nuclei among tumour nuclei"
			: "Ki-67-positive nuclei, all nuclei in the region (tumour not selected)";
	}
}
