
package org.senoscope.core.run;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.cell.NucleusShape;
import org.senoscope.core.evidence.EvidenceCall;
import org.senoscope.core.evidence.EvidenceCaller;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.evidence.Marker;
import org.senoscope.core.evidence.MarkerState;
import org.senoscope.core.evidence.P53Pattern;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.protocol.SpecimenSettings;

/**
 * Turns a measured cell into a row of the table, now that the gates of the
 * slide are known.
 */
final class CellFinisher {

	private final String image;
	private final CellLayout layout;
	private final Gate[] gates;
	private final SlideCalibration slide;
	private final EvidenceCaller caller;
	private final int firstNumber, imageAt, uuidAt, regionAt, lineageAt,
			lineageSourceAt, phenotypeAt, confidenceAt, reasonAt, evidenceAt, flagsAt;
	private final int[] valueAt, decidingReading, inPanel;

	/**
	 * Prepares to finish cells.
	 *
	 * @param image name of the image
	 * @param layout the table
	 * @param gates gates by marker
	 * @param slide what was decided for the slide
	 * @param evidence the rules
	 * @param specimen what they may ask of the specimen
	 * @param p53Pattern pattern of p53 on the slide
	 */
	CellFinisher(final String image, final CellLayout layout, final Gate[] gates,
		final SlideCalibration slide, final EvidenceDefinition evidence,
		final SpecimenSettings specimen, final P53Pattern p53Pattern)
	{
		this.image = image;
		this.layout = layout;
		this.gates = gates;
		this.slide = slide;
		firstNumber = layout.index("cell_id");
		imageAt = layout.index("image");
		uuidAt = layout.index("cell_uuid");
		regionAt = layout.index("region");
		lineageAt = layout.index("lineage");
		lineageSourceAt = layout.index("lineage_source");
		phenotypeAt = layout.index("phenotype");
		confidenceAt = layout.index("phenotype_confidence");
		reasonAt = layout.index("phenotype_reason");
		evidenceAt = layout.index("evidence_axes");
		flagsAt = layout.index("flags");
		valueAt = new int[gates.length];
		decidingReading = new int[gates.length];
		inPanel = new int[gates.length];
		final List<Marker> panel = new ArrayList<>();
		for (int m = 0; m < gates.length; m++) {
			final MarkerAnalyzer marker = layout.markers().get(m);
			valueAt[m] = layout.index(marker.id() + "_value");
			decidingReading[m] = layout.decidingReading(m);
			final Marker known = evidence.marker(marker.id());
			final boolean counts = known != null && known.countsIn(marker
				.decidingCompartment().id());
			inPanel[m] = counts ? panel.size() : -1;
			if (counts) panel.add(known);
		}
		caller = new EvidenceCaller(evidence, panel, specimen, p53Pattern);
	}

	EvidenceCaller caller() {
		return caller;
	}

	/** What the evidence says of a cell. */
	EvidenceCall evidence(final SpilledCell c) {
		final MarkerState[] states = new MarkerState[caller.panel().size()];
		for (int m = 0; m < gates.length; m++) {
			if (inPanel[m] < 0) continue;
			final double value = c.readings()[decidingReading[m]];
			states[inPanel[m]] = Double.isNaN(value) ? MarkerState.NOT_MEASURED
				: layout.markers().get(m).grade(value, gates[m]) > 0
					? MarkerState.POSITIVE : MarkerState.NEGATIVE;
		}
		return caller.call(states, slide.lineage(c.annotation()), 0);
	}

	private double confidence(final EvidenceCall call, final SpilledCell c) {
		final double[] clarity = new double[caller.panel().size()];
		for (int m = 0; m < gates.length; m++)
			if (inPanel[m] >= 0) clarity[inPanel[m]] = EvidenceCall.clarity(c
				.readings()[decidingReading[m]], gates[m].value());
		return call.confidence(clarity);
	}

	Cell finish(final long id, final SpilledCell c) {
		final int n = layout.table().columns().size();
		final double[] numbers = new double[n];
		final String[] texts = new String[n];
		Arrays.fill(numbers, Double.NaN);
		final UUID uuid = UUID.nameUUIDFromBytes((image + "|" + Math.round(1000 * c
			.centroidX()) + "|" + Math.round(1000 * c.centroidY())).getBytes(
				StandardCharsets.UTF_8));
		final NucleusShape s = c.shape();
		final double um = slide.pixelSizeUm();
		final double[] head = { id, Double.NaN, c.centroidX(), c.centroidY(), c
			.centroidX() * um, c.centroidY() * um, Double.NaN, s.areaUm2(), s
				.perimeterUm(), s.circularity(), s.solidity(), s.eccentricity(), s
					.majorAxisUm(), s.minorAxisUm(), c.probability(), c.cellAreaUm2() };
		System.arraycopy(head, 0, numbers, firstNumber, head.length);
		texts[imageAt] = image;
		texts[uuidAt] = uuid.toString();
		texts[regionAt] = slide.annotations().name(c.annotation());
		final EvidenceCall call = evidence(c);
		texts[lineageAt] = call.lineage().id();
		texts[lineageSourceAt] = call.byMarker() ? "marker" : slide.annotations()
			.lineage(c.annotation()) != null ? "annotation" : call
				.lineage() == Lineage.UNKNOWN ? null : "protocol";
		final int[] columns = layout.readingColumns();
		for (int i = 0; i < columns.length; i++)
			numbers[columns[i]] = c.readings()[i];
		for (int m = 0; m < gates.length; m++)
			call(m, c, numbers, texts);
		texts[phenotypeAt] = call.phenotype();
		numbers[confidenceAt] = confidence(call, c);
		texts[reasonAt] = call.reason();
		texts[evidenceAt] = call.axesText();
		texts[flagsAt] = flags(c.flags());
		return new Cell(id, uuid, c.nucleus(), c.cell(), numbers, texts);
	}

	private void call(final int m, final SpilledCell c, final double[] numbers,
		final String[] texts)
	{
		final MarkerAnalyzer marker = layout.markers().get(m);
		final double value = c.readings()[decidingReading[m]];
		final int at = valueAt[m];
		numbers[at] = value;
		numbers[at + 1] = gates[m].value();
		if (Double.isNaN(value)) return;
		final int grade = marker.grade(value, gates[m]);
		numbers[at + 2] = grade > 0 ? 1 : 0;
		numbers[at + 3] = value - gates[m].value();
		if (marker.gradeColumn() != null) texts[at + 4] = marker.gradeWord(grade);
	}

	private static String flags(final int flags) {
		final StringBuilder words = new StringBuilder();
		if ((flags & SpilledCell.EDGE) != 0) words.append("edge");
		if ((flags & SpilledCell.SATURATED) != 0) words.append(words.isEmpty() ? ""
			: ";").append("saturated");
		return words.isEmpty() ? null : words.toString();
	}
}
