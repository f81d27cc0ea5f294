
package org.senoscope.core.assay.sagal;

import java.util.List;

import org.senoscope.core.assay.StainAnalyzer;
import org.senoscope.core.assay.StainedArea;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.cell.CompartmentReadings;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.stain.StainEstimate;
import org.senoscope.core.stain.StainPlane;
import org.senoscope.core.stain.StainSeparation;
import org.senoscope.core.stain.StainVectors;
import org.senoscope.core.stain.TealScore;

/**
 * SA-β-gal on X-gal: optical density of indigo in the perinuclear ring and the
 * cytoplasm of each cell, and the stained share of the area at full resolution.
 * The product lies beside and around the nucleus, which itself stays a pale
 * oval.
 */
public final class SagalAnalyzer extends StainAnalyzer {

	/** Below this grey level a step of one changes density by a tenth. */
	private static final double DARKEST_LEVEL = 4;

	private final SagalSettings settings;
	private final TealScore teal;
	private final double pixelSizeUm;
	private final double saturation;
	private final boolean nucleiSeen;

	/**
	 * Makes the analyzer of a slide.
	 *
	 * @param settings gate and cuts
	 * @param gates what all gates have in common
	 * @param stains stains of a picture with indigo
	 * @param pixelSizeUm side of a pixel in µm
	 * @param nucleiSeen whether nuclei show the cells; else {@link GranuleAssay}
	 *          reads them
	 */
	public SagalAnalyzer(final SagalSettings settings, final GateSettings gates,
		final StainEstimate stains, final double pixelSizeUm,
		final boolean nucleiSeen)
	{
		super(indigo(stains), settings.gating(), settings.gate(), gates);
		this.nucleiSeen = nucleiSeen;
		this.settings = settings;
		this.pixelSizeUm = pixelSizeUm;
		teal = new TealScore(stains);
		// under a dim lamp the camera's range ends sooner
		saturation = Math.min(settings.saturation(), stains.white().opticalDensity(
			0, DARKEST_LEVEL) / stains.vectors().vector(StainVectors.CHROMOGEN)[0]);
	}

	private static StainPlane indigo(final StainEstimate stains) {
		final StainSeparation separation = StainSeparation.of(stains);
		return (rgb, n, out) -> separation.od(rgb, 0, n, out, 0,
			StainVectors.CHROMOGEN);
	}

	@Override
	public String id() {
		return "sagal";
	}

	@Override
	public String label() {
		return "SA-β-gal";
	}

	@Override
	public String reading() {
		return nucleiSeen
			? "mean indigo optical density of the cytoplasm (perinuclear ring included)"
			: "mean indigo optical density of the densest 18 µm square of the cell (no nucleus seen)";
	}

	@Override
	public List<Compartment> compartments() {
		return nucleiSeen ? List.of(Compartment.RING, Compartment.CYTOPLASM,
			Compartment.CELL) : List.of(Compartment.CELL);
	}

	@Override
	public Compartment decidingCompartment() {
		return Compartment.CYTOPLASM;
	}

	@Override
	public List<Column> nucleusColumns() {
		return nucleiSeen ? List.of() : List.of(new Column("sagal_zone_mean",
			Column.Type.NUMBER, label() + ": " + reading()), new Column(
				"sagal_granules_um2", Column.Type.NUMBER, label() +
					": stained area within the cell in µm²"));
	}

	@Override
	public double value(final double[] readings, final int first) {
		return nucleiSeen ? super.value(readings, first) : readings[first +
			CompartmentReadings.STATISTICS];
	}

	@Override
	public double stainedPixel() {
		return settings.stainedPixel();
	}

	@Override
	public StainedArea stainedArea() {
		return new IndigoArea(settings, teal, pixelSizeUm);
	}

	@Override
	public double saturation() {
		return saturation;
	}

	@Override
	public String statement(final boolean tumourSelected) {
		return tumourSelected ? "SA-β-gal-positive cells among tumour cells"
			: "SA-β-gal-positive cells, all cells " + (nucleiSeen
				? "with a visible nucleus" : "found without nuclei") +
				" in the region (tumour not selected)";
	}
}
