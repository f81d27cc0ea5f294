
package org.senoscope.core.assay.lipofuscin;

import java.util.List;

import org.senoscope.core.assay.StainAnalyzer;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.cell.CompartmentReadings;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.run.HistogramScale;
import org.senoscope.core.stain.Stain;
import org.senoscope.core.stain.StainPlane;

/**
 * Lipofuscin, the lysosomal residue that survives paraffin: dense granules in
 * the cytoplasm, blue-black by Sudan Black B (Georgakopoulou et al., Aging
 * 2013, 5:37-50) or brown by GL13, its biotin-linked analogue (Evangelou et
 * al., Aging Cell 2017, 16:192-197). A cell is positive from a share of its
 * cytoplasm that granules cover.
 */
public final class LipofuscinAnalyzer extends StainAnalyzer {

	private final LipofuscinSettings settings;
	private final Stain stain;

	/**
	 * Makes the analyzer of a slide.
	 *
	 * @param settings gate and cut
	 * @param gates what all gates have in common
	 * @param chromogen separates it from the counterstain
	 * @param stain what it is
	 */
	public LipofuscinAnalyzer(final LipofuscinSettings settings,
		final GateSettings gates, final StainPlane chromogen, final Stain stain)
	{
		super(chromogen, settings.gating(), settings.gate(), gates);
		this.settings = settings;
		this.stain = stain;
	}

	@Override
	public String id() {
		return "lipofuscin";
	}

	@Override
	public String label() {
		return "Lipofuscin";
	}

	@Override
	public String reading() {
		return "share of the cytoplasm covered by " + stain.label() + " granules";
	}

	@Override
	public List<Compartment> compartments() {
		return List.of(Compartment.CYTOPLASM);
	}

	@Override
	public Compartment decidingCompartment() {
		return Compartment.CYTOPLASM;
	}

	@Override
	public boolean readsGranules() {
		return true;
	}

	@Override
	public List<Column> nucleusColumns() {
		return List.of(new Column("lipofuscin_granule_area_fraction",
			Column.Type.NUMBER, "Lipofuscin: " + reading()), new Column(
				"lipofuscin_granule_area_um2", Column.Type.NUMBER,
				"Lipofuscin: area of the granules in the cytoplasm in µm²"), new Column(
					"lipofuscin_granule_mean", Column.Type.NUMBER,
					"Lipofuscin: mean optical density of the granules; empty without any"));
	}

	@Override
	public double value(final double[] readings, final int first) {
		return readings[first + CompartmentReadings.STATISTICS];
	}

	@Override
	public double stainedPixel() {
		return settings.granulePixel();
	}

	@Override
	public HistogramScale scale() {
		return HistogramScale.SHARE;
	}

	@Override
	public String statement(final boolean tumourSelected) {
		return tumourSelected ? "Lipofuscin-positive cells among tumour cells"
			: "Lipofuscin-positive cells, all cells in the region (tumour not selected)";
	}
}
