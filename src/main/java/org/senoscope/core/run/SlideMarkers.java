
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.senoscope.core.UserException;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.foci.FociAssay;
import org.senoscope.core.assay.ihc.IhcAnalyzer;
import org.senoscope.core.assay.ki67.Ki67Analyzer;
import org.senoscope.core.assay.lipofuscin.LipofuscinAnalyzer;
import org.senoscope.core.assay.sagal.SagalAnalyzer;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.evidence.Marker;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.protocol.Nearest;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.stain.StainEstimate;
import org.senoscope.core.stain.StainPlane;
import org.senoscope.core.stain.StainSeparation;
import org.senoscope.core.stain.StainVectors;

/** Which markers an assay reads on a slide, and how. */
final class SlideMarkers {

	private SlideMarkers() {}

	/** Whether an assay reads foci, as {@link FociAssay} does. */
	static boolean hasFoci(final Protocol protocol) {
		return protocol.assay() == AssayKind.SAHF || protocol
			.assay() == AssayKind.DNA_DAMAGE_FOCI;
	}

	/** Whether an assay reads the channels of a fluorescence picture. */
	static boolean hasPanel(final Protocol protocol) {
		return protocol.assay() == AssayKind.COSTAIN || marker(protocol) != null;
	}

	/** The marker of an assay that has one; null for others. */
	private static String marker(final Protocol protocol) {
		return switch (protocol.assay()) {
			case KI67 -> "ki67:nucleus";
			case SAGAL -> "sagal:cytoplasm,ring";
			default -> null;
		};
	}

	/**
	 * The protocol by which the channels are read: an assay of one marker lists
	 * that marker at least, which the picture must have.
	 */
	static Protocol panelOf(final Protocol protocol) {
		final String own = marker(protocol);
		return own == null || !protocol.panel().markers().isBlank() ? protocol
			: ProtocolOverrides.apply(protocol, Map.of("panel.markers", own));
	}

	/** Returns the assay's own marker if it is not among them, else null. */
	static String missing(final Protocol protocol,
		final List<MarkerAnalyzer> markers)
	{
		if (marker(protocol) == null) return null;
		final String own = marker(protocol).split(":")[0];
		return markers.stream().anyMatch(m -> m.id().equals(own)) ? null : own;
	}

	/**
	 * Makes the analyzers of a slide.
	 *
	 * @param protocol the assay
	 * @param stains stains of a brightfield picture, null for fluorescence
	 * @param evidence knows the markers
	 * @param pixelSizeUm side of a pixel in µm
	 * @param nucleiSeen whether nuclei show the cells
	 * @return the markers in the order of the table
	 */
	static List<MarkerAnalyzer> of(final Protocol protocol,
		final StainEstimate stains, final EvidenceDefinition evidence,
		final double pixelSizeUm, final boolean nucleiSeen)
	{
		final List<MarkerAnalyzer> markers = new ArrayList<>();
		if (stains == null) return markers;
		final StainSeparation separation = StainSeparation.of(stains);
		final StainPlane chromogen = (rgb, n, out) -> separation.od(rgb, 0, n, out,
			0, StainVectors.CHROMOGEN);
		switch (protocol.assay()) {
			case KI67 -> markers.add(new Ki67Analyzer(protocol.ki67(), protocol
				.gates(), chromogen));
			case IHC -> markers.add(new IhcAnalyzer(ihcMarker(protocol, evidence),
				protocol.ihc(), protocol.gates(), chromogen));
			case LIPOFUSCIN -> markers.add(new LipofuscinAnalyzer(protocol
				.lipofuscin(), protocol.gates(), chromogen, stains.vectors().stain(
					StainVectors.CHROMOGEN)));
			case SAGAL -> {
				markers.add(new SagalAnalyzer(protocol.sagal(), protocol.gates(),
					stains, pixelSizeUm, nucleiSeen));
				if (stains.kind() == ImageKind.X_GAL_HDAB) markers.add(new Ki67Analyzer(
					protocol.ki67(), protocol.gates(), (rgb, n, out) -> separation.od(rgb,
						0, n, out, 0, StainVectors.RESIDUAL)));
			}
			default -> {
				// nuclei alone
			}
		}
		return markers;
	}

	/** The marker that the protocol names. */
	private static Marker ihcMarker(final Protocol protocol,
		final EvidenceDefinition evidence)
	{
		final String name = protocol.ihc().marker();
		if (name.isBlank()) throw new UserException(
			"which marker DAB shows is not said; name it with --ihc-marker (ihc.marker), such as p21, h3k9me3 or lmnb1");
		final Marker marker = evidence.markerOfName(name);
		if (marker == null) throw new UserException("--ihc-marker: " + name +
			" is no marker of the evidence definition" + Nearest.hint(name, evidence
				.markers().stream().map(Marker::id).toList()));
		return marker;
	}
}
