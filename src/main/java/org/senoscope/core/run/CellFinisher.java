
package org.senoscope.core.run;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import org.senoscope.core.UserException;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.sagal.CellsFrom;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.cell.NucleusShape;
import org.senoscope.core.evidence.CellFlag;
import org.senoscope.core.evidence.EvidenceCall;
import org.senoscope.core.evidence.EvidenceCaller;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.evidence.Finding;
import org.senoscope.core.evidence.Marker;
import org.senoscope.core.evidence.MarkerState;
import org.senoscope.core.evidence.P53Pattern;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.gate.GateConfidence;
import org.senoscope.core.phenotype.CellColumnNames;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.phenotype.SlideAnchors;
import org.senoscope.core.phenotype.StateModel;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.protocol.SpecimenSettings;

/**
 * Turns a measured cell into a row of the table, now that the gates of the
 * slide are known.
 */
final class CellFinisher {

	private final String image;
	private final CellLayout layout;
	private final Gate[] gates;
	private final FocusCheck focus;
	private final NucleusLooks looks;
	private final SlideCalibration slide;
	private final EvidenceCaller caller;
	private final int firstNumber, imageAt, uuidAt, regionAt, lineageAt,
			lineageSourceAt, phenotypeAt, confidenceAt, reasonAt, evidenceAt, flagsAt,
			ruleAt;
	private final double[] floors;
	private final int[] valueAt, floorAt, sureAt, inPanel;
	/** Null: the rules alone. */
	private final StateModel model;
	private final List<String> features = new ArrayList<>();
	private int[] featureColumns = {};
	/** Columns of the probabilities, in the order of the model's classes. */
	private int[] probabilityColumns = {};
	private SlideAnchors anchors;

	/**
	 * Prepares to finish cells.
	 *
	 * @param image name of the image
	 * @param layout the table
	 * @param gates gates by marker
	 * @param focus tells nuclei out of focus
	 * @param looks tells condensed nuclei
	 * @param slide what was decided for the slide
	 * @param inputs rules and classifier
	 * @param specimen what the rules may ask of the specimen
	 * @param p53Pattern pattern of p53 on the slide
	 * @param floors optical floor by marker, NaN without a blank
	 * @throws org.senoscope.core.UserException if the classifier tells no states
	 *           or knows none of the columns
	 */
	CellFinisher(final SlideInputs inputs, final CellLayout layout,
		final Gate[] gates, final FocusCheck focus, final NucleusLooks looks,
		final SlideCalibration slide, final SpecimenSettings specimen,
		final P53Pattern p53Pattern, final double[] floors)
	{
		final EvidenceDefinition evidence = inputs.evidence();
		image = inputs.name();
		this.layout = layout;
		this.gates = gates;
		this.focus = focus;
		this.looks = looks;
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
		ruleAt = layout.panel() == null || layout.panel().rules().isEmpty() ? -1
			: layout.index("rule_" + layout.panel().rules().get(0).name());
		this.floors = floors;
		valueAt = new int[gates.length];
		floorAt = new int[gates.length];
		sureAt = new int[gates.length];
		inPanel = new int[gates.length];
		final List<Marker> panel = new ArrayList<>();
		for (int m = 0; m < gates.length; m++) {
			final MarkerAnalyzer marker = layout.markers().get(m);
			valueAt[m] = layout.index(marker.id() + "_value");
			floorAt[m] = layout.table().index(marker.id() + "_above_background");
			sureAt[m] = layout.table().index(marker.id() + "_negative_confidence");
			final Marker known = evidence.marker(marker.id());
			final boolean counts = known != null && known.countsIn(marker
				.decidingCompartment().id());
			inPanel[m] = counts ? panel.size() : -1;
			if (counts) panel.add(known);
		}
		caller = new EvidenceCaller(evidence, panel, specimen, p53Pattern);
		model = inputs.model() == null ? null : stateModel(inputs.model());
		if (model != null) addFeatures();
	}

	private StateModel stateModel(final PhenotypeModel of) {
		final StateModel found = StateModel.of(of, caller.definition());
		if (found == null) throw new UserException(
			"phenotype.network: the classes of the model (" + String.join(", ", of
				.classes()) +
				") are not states of the evidence definition; call its classes with senoscope classify on cells.csv");
		return found;
	}

	/** Maps the features of the model to columns of the table. */
	private void addFeatures() {
		final List<String> columns = layout.table().columns().stream().map(
			Column::name).toList();
		final List<Integer> places = new ArrayList<>();
		for (final String feature : model.model().features()) {
			final int column = CellColumnNames.of(feature, caller.definition(),
				columns);
			if (column < 0) continue;
			features.add(feature);
			places.add(column);
		}
		if (features.isEmpty()) throw new UserException(image +
			": has none of the features of the model phenotype.network (" + String
				.join(", ", model.model().features()) + ")");
		featureColumns = places.stream().mapToInt(i -> i).toArray();
		probabilityColumns = model.states().stream().mapToInt(s -> layout.table()
			.index("p_" + s.id())).toArray();
		anchors = model.model().newAnchors();
	}

	/** Whether a classifier tells the states. */
	boolean hasModel() {
		return model != null;
	}

	/** Returns what users should know of the classifier, empty without one. */
	String modelWords() {
		return model == null ? "" : "calibration: " + model.model().calibration();
	}

	/** Learns what the classifier measures the slide by; all cells once. */
	void addToAnchors(final List<SpilledCell> cells) {
		if (!cells.isEmpty()) anchors.add(features(cells));
	}

	/**
	 * Learns the same from cells of a control, which were stained and imaged with
	 * the slide.
	 */
	void addToAnchors(final List<SpilledCell> cells, final ControlRole role) {
		if (cells.isEmpty()) return;
		final CellFeatures read = features(cells);
		final ControlRole[] roles = new ControlRole[cells.size()];
		Arrays.fill(roles, role);
		anchors.add(new CellFeatures(read.names(), read.values(), null, null, null,
			roles));
	}

	/** Returns what a reader should know of the anchors, all cells added. */
	List<String> anchorNotes() {
		return anchors.notes();
	}

	/** Asks the classifier; null without one. */
	PhenotypeCalls classify(final List<SpilledCell> cells) {
		return model == null || cells.isEmpty() ? null : model.model().classify(
			features(cells), anchors);
	}

	private CellFeatures features(final List<SpilledCell> cells) {
		final float[] values = new float[cells.size() * features.size()];
		int at = 0;
		for (final SpilledCell c : cells) {
			final double[] numbers = numbers(0, c);
			for (final int column : featureColumns)
				values[at++] = (float) numbers[column];
		}
		return new CellFeatures(features, values);
	}

	EvidenceCaller caller() {
		return caller;
	}

	/**
	 * Calls a cell.
	 *
	 * @param c the cell
	 * @param calls what the classifier says, null without one
	 * @param i the cell among them
	 */
	StateModel.Call call(final SpilledCell c, final PhenotypeCalls calls,
		final int i)
	{
		final MarkerState[] states = states(c);
		final Lineage lineage = slide.lineage(c);
		final int flags = looks.flags(c);
		if (calls != null) return model.call(caller, states, lineage, flags, calls,
			i);
		final EvidenceCall call = caller.call(states, lineage, flags);
		return new StateModel.Call(call.phenotype(), confidence(call, c), call
			.reason(), call);
	}

	private MarkerState[] states(final SpilledCell c) {
		final MarkerState[] states = new MarkerState[caller.panel().size()];
		for (int m = 0; m < gates.length; m++) {
			if (inPanel[m] < 0) continue;
			states[inPanel[m]] = state(m, c);
		}
		return states;
	}

	/** What the look of a nucleus says, see {@link CellFlag#bit()}. */
	int looks(final SpilledCell c) {
		return looks.flags(c);
	}

	/**
	 * How a marker was called in a cell; not measured where it has no reading or
	 * the slide no gate.
	 */
	MarkerState state(final int m, final SpilledCell c) {
		final double value = value(m, c);
		if (Double.isNaN(value - gates[m].value())) return MarkerState.NOT_MEASURED;
		return layout.markers().get(m).grade(value, gates[m]) > 0
			? MarkerState.POSITIVE : MarkerState.NEGATIVE;
	}

	/** How all markers of the table were called in a cell. */
	MarkerState[] all(final SpilledCell c) {
		final MarkerState[] states = new MarkerState[gates.length];
		for (int m = 0; m < states.length; m++)
			states[m] = state(m, c);
		return states;
	}

	/**
	 * What is compared with a marker's gate, NaN where the cell is not called.
	 */
	double value(final int m, final SpilledCell c) {
		return layout.markers().get(m).judges(looks.flags(c), !focus.isOut(c
			.edgeUm())) ? layout.value(m, c) : Double.NaN;
	}

	/**
	 * How sure it is that a marker is negative in a cell, NaN where its error is
	 * not read.
	 */
	double below(final int m, final SpilledCell c) {
		return GateConfidence.below(value(m, c), layout.error(m, c), gates[m]);
	}

	private double confidence(final EvidenceCall call, final SpilledCell c) {
		final double[] clarity = new double[caller.panel().size()];
		for (int m = 0; m < gates.length; m++)
			if (inPanel[m] >= 0) {
				final double below = below(m, c);
				clarity[inPanel[m]] = Double.isNaN(below) ? EvidenceCall.clarity(value(
					m, c), gates[m].value()) : Math.abs(2 * below - 1);
			}
		return call.confidence(clarity);
	}

	/**
	 * Makes the row of a cell.
	 *
	 * @param id its number
	 * @param c the cell
	 * @param calls what the classifier says, null without one
	 * @param i the cell among them
	 */
	Cell finish(final long id, final SpilledCell c, final PhenotypeCalls calls,
		final int i)
	{
		final double[] numbers = numbers(id, c);
		final String[] texts = new String[numbers.length];
		final UUID uuid = UUID.nameUUIDFromBytes((image + "|" + Math.round(1000 * c
			.centroidX()) + "|" + Math.round(1000 * c.centroidY())).getBytes(
				StandardCharsets.UTF_8));
		texts[imageAt] = image;
		texts[uuidAt] = uuid.toString();
		texts[regionAt] = slide.annotations().name(c.annotation());
		final StateModel.Call call = call(c, calls, i);
		final Lineage lineage = call.evidence().lineage();
		texts[lineageAt] = lineage.id();
		texts[lineageSourceAt] = call.evidence().byMarker() ? "marker" : slide
			.annotations().lineage(c.annotation()) != null ? "annotation"
				: lineage == Lineage.UNKNOWN ? null : c.told() != null ? "classifier"
					: "protocol";
		for (int m = 0; m < gates.length; m++) {
			final MarkerAnalyzer marker = layout.markers().get(m);
			final double value = value(m, c);
			if (marker.gradeColumn() != null && !Double.isNaN(value))
				texts[valueAt[m] + 4] = marker.gradeWord(marker.grade(value, gates[m]));
		}
		for (int k = 0; k < probabilityColumns.length; k++)
			if (probabilityColumns[k] >= 0) numbers[probabilityColumns[k]] = calls
				.probability(i, k);
		texts[phenotypeAt] = call.phenotype();
		numbers[confidenceAt] = call.confidence();
		texts[reasonAt] = call.reason();
		texts[evidenceAt] = call.evidence().axesText();
		texts[flagsAt] = flags(c);
		return new Cell(id, uuid, c.nucleus(), nucleiSeen() ? c.cell() : null,
			numbers, texts, c.foci());
	}

	private boolean nucleiSeen() {
		return slide.cellsFrom() == CellsFrom.NUCLEI;
	}

	/** The numbers of a row that are known without a call. */
	private double[] numbers(final long id, final SpilledCell c) {
		final double[] numbers = new double[layout.table().columns().size()];
		Arrays.fill(numbers, Double.NaN);
		final NucleusShape s = c.shape();
		final double um = slide.pixelSizeUm();
		final double[] head = { id, Double.NaN, c.centroidX(), c.centroidY(), c
			.centroidX() * um, c.centroidY() * um, Double.NaN, s.areaUm2(), s
				.perimeterUm(), s.circularity(), s.solidity(), s.eccentricity(), s
					.majorAxisUm(), s.minorAxisUm(), c.probability(), c.cellAreaUm2() };
		// the outline is that of the whole cell
		if (!nucleiSeen()) Arrays.fill(head, 7, 15, Double.NaN);
		System.arraycopy(head, 0, numbers, firstNumber, head.length);
		final int[] columns = layout.readingColumns();
		for (int i = 0; i < columns.length; i++)
			numbers[columns[i]] = c.readings()[i];
		for (int m = 0; m < gates.length; m++) {
			final double value = value(m, c);
			final int at = valueAt[m];
			numbers[at] = value;
			numbers[at + 1] = gates[m].value();
			if (floorAt[m] >= 0 && !Double.isNaN(value)) numbers[floorAt[m]] =
				value > floors[m] ? 1 : 0;
			if (sureAt[m] >= 0) numbers[sureAt[m]] = below(m, c);
			if (Double.isNaN(value - gates[m].value())) continue;
			numbers[at + 2] = layout.markers().get(m).grade(value, gates[m]) > 0 ? 1
				: 0;
			numbers[at + 3] = value - gates[m].value();
		}
		if (ruleAt >= 0) {
			final MarkerState[] states = all(c);
			for (int r = 0; r < layout.panel().rules().size(); r++) {
				final Finding found = layout.panel().rules().get(r).of(states);
				if (found != Finding.NOT_MEASURED) numbers[ruleAt + r] =
					found == Finding.MET ? 1 : 0;
			}
		}
		return numbers;
	}

	/**
	 * Whether a positive marker falls below its gate once what lies near a
	 * brighter touching cell is left out.
	 */
	private boolean spillOver(final SpilledCell c) {
		for (int m = 0; m < gates.length; m++)
			if (layout.markers().get(m).readsSpill() && state(m,
				c) == MarkerState.POSITIVE && c.readings()[layout.firstReading(m) +
					layout.compartmentReadings(m)] < gates[m].value()) return true;
		return false;
	}

	/** The flags in the order in which the column's meaning names them. */
	private String flags(final SpilledCell c) {
		final List<String> words = new ArrayList<>();
		if ((c.flags() & SpilledCell.EDGE) != 0) words.add("edge");
		if (focus.isOut(c.edgeUm())) words.add("out_of_focus");
		if (c.artefact() != 0) words.add("artefact");
		if ((c.flags() & SpilledCell.SATURATED) != 0) words.add("saturated");
		final int flags = looks.flags(c);
		for (final CellFlag f : CellFlag.values())
			if ((flags & f.bit()) != 0) words.add(f.id());
		if (layout.panel() != null && spillOver(c)) words.add("spill_over");
		if (!nucleiSeen()) words.add("no_nucleus");
		if ((c.flags() & SpilledCell.QUENCHED) != 0) words.add("quenched");
		return words.isEmpty() ? null : String.join(";", words);
	}
}
