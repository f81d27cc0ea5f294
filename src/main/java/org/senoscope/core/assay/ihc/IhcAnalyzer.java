
package org.senoscope.core.assay.ihc;

import java.util.List;

import org.senoscope.core.assay.GradedStain;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.evidence.Marker;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.stain.StainPlane;

/**
 * A single marker on H-DAB: mean optical density of DAB in one compartment of
 * each cell. A positive cell carries the marker; what its absence says (lamin
 * B1) is the evidence definition's business.
 */
public final class IhcAnalyzer extends GradedStain {

	private final Marker marker;
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
		super(dab, settings.gating(), settings.gate(), settings.from2plus(),
			settings.from3plus(), gates);
		this.marker = marker;
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
	public String statement(final boolean tumourSelected) {
		return marker.label() + (tumourSelected
			? "-positive cells among cells in the annotated tumour"
			: "-positive cells, all cells in the region (tumour not selected)");
	}
}
