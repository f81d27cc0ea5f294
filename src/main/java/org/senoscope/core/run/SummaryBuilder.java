
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.artefact.ArtefactKind;
import org.senoscope.core.assay.GradedScores;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.ki67.LabellingIndex;
import org.senoscope.core.assay.sagal.CellsFrom;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.evidence.EvidenceTally;
import org.senoscope.core.evidence.Marker;
import org.senoscope.core.evidence.MarkerState;
import org.senoscope.core.evidence.Role;
import org.senoscope.core.evidence.SlideEvidence;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.gate.GateScope;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.core.phenotype.StateModel;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.Preservation;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.SpecimenKind;
import org.senoscope.core.spatial.ClusteredShare;

/**
 * Sums up the cells of a slide, in the order of the table, into its numbers.
 */
final class SummaryBuilder {

	/**
	 * Squares into which a small field is cut at least for the spatial bootstrap.
	 */
	private static final int SQUARES = 25;

	/** Confidence from which a cell is surely negative, or positive. */
	private static final double SURE = 0.95;

	private static final class Tally {

		private final ClusteredShare interval;
		/** Null where the marker has no labelling index. */
		private LabellingIndex index;
		private final long[] grades = new long[4];
		/** Cells surely above the gate, near it and surely below. */
		private final long[] sure = new long[3];
		private AreaTally area;
		private long aboveFloor;
		/** Cells on artefacts that would count, and positive ones, by kind. */
		private final long[][] onArtefacts = new long[2][ArtefactKind
			.values().length];

		Tally(final double squarePx) {
			interval = new ClusteredShare(squarePx);
		}
	}

	private final String image;
	private final Protocol protocol;
	private final SlideCalibration slide;
	private final CellLayout layout;
	private final Gate[] gates;
	private final Histogram[] histograms;
	private final CellFinisher finisher;
	private final ControlReadings controls;
	private final RegionLineages regions;
	private final EvidenceTally evidence;
	private final double[] floors;
	/** Gates that the slide would have by itself. */
	private final double[] own;
	private final List<Tally> tallies = new ArrayList<>();
	private final CostainTally costain;
	/** Cells by SA-β-gal (2 if positive) plus Ki-67 (1), where both are read. */
	private final long[] sagalKi67 = new long[4];
	private final int sagal, ki67;
	private long cells;
	private final long[] artefactPixels = new long[ArtefactKind.values().length],
			artefactCells = new long[ArtefactKind.values().length];
	private double nucleusArea;
	/** Null: no foci are read. */
	private final FociTally foci;

	SummaryBuilder(final String image, final Protocol protocol,
		final SlideCalibration slide, final CellLayout layout, final Gate[] gates,
		final double[] own, final double[] floors, final Histogram[] histograms,
		final CellFinisher finisher, final ControlReadings controls,
		final RegionLineages regions)
	{
		this.regions = regions;
		this.controls = controls;
		this.finisher = finisher;
		evidence = new EvidenceTally(finisher.caller());
		this.image = image;
		this.protocol = protocol;
		this.slide = slide;
		this.layout = layout;
		foci = layout.hasFoci() ? new FociTally(layout) : null;
		this.gates = gates;
		this.own = own;
		this.floors = floors;
		sagal = marker("sagal");
		ki67 = marker("ki67");
		this.histograms = histograms;
		// in a small field the squares shrink, so that there is something to
		// resample
		final double fieldUm = Math.sqrt(slide.area().region().size()) * slide
			.pixelSizeUm();
		final double squareUm = Math.min(protocol.statistics().bootstrapSquareUm(),
			fieldUm / Math.sqrt(SQUARES));
		costain = layout.panel() == null ? null : new CostainTally(layout, protocol
			.cells());
		for (int m = 0; m < gates.length; m++) {
			tallies.add(new Tally(squareUm / slide.pixelSizeUm()));
			if (protocol.assay() == AssayKind.KI67 && layout.markers().get(m).id()
				.equals("ki67")) tallies.get(m).index = new LabellingIndex(protocol
					.ki67(), slide.pixelSizeUm());
		}
	}

	void add(final List<SpilledCell> block, final PhenotypeCalls calls) {
		for (int i = 0; i < block.size(); i++)
			add(block.get(i), finisher.call(block.get(i), calls, i));
	}

	private void add(final SpilledCell c, final StateModel.Call call) {
		cells++;
		nucleusArea += c.shape().areaUm2();
		if (c.artefact() != 0) {
			addArtefact(c);
			return;
		}
		evidence.add(call.evidence(), call.phenotype());
		if (foci != null) foci.add(c, finisher.looks(c));
		final boolean isTumour = slide.lineage(c) == Lineage.TUMOUR;
		final boolean counts = !slide.selectsTumour() || isTumour;
		if (costain != null && counts) costain.add(finisher.all(c), c);
		for (int m = 0; m < gates.length; m++) {
			final double value = finisher.value(m, c);
			if (Double.isNaN(value - gates[m].value())) continue;
			final int grade = layout.markers().get(m).grade(value, gates[m]);
			if (tallies.get(m).index != null) tallies.get(m).index.add(c.centroidX(),
				c.centroidY(), slide.annotations().name(c.annotation()), isTumour,
				counts, grade > 0);
			if (!counts) continue;
			tallies.get(m).grades[grade]++;
			final double below = finisher.below(m, c);
			if (!Double.isNaN(below)) tallies.get(m).sure[below >= SURE ? 2
				: below > 1 - SURE ? 1 : 0]++;
			if (value > floors[m]) tallies.get(m).aboveFloor++;
			tallies.get(m).interval.add(c.centroidX(), c.centroidY(), grade > 0);
		}
		if (!counts || sagal < 0 || ki67 < 0) return;
		final MarkerState first = finisher.state(sagal, c), second = finisher.state(
			ki67, c);
		if (first != MarkerState.NOT_MEASURED && second != MarkerState.NOT_MEASURED)
			sagalKi67[(first == MarkerState.POSITIVE ? 2 : 0) +
				(second == MarkerState.POSITIVE ? 1 : 0)]++;
	}

	/** Place of a marker, -1 if it is not read. */
	private int marker(final String id) {
		for (int m = 0; m < gates.length; m++)
			if (layout.markers().get(m).id().equals(id)) return m;
		return -1;
	}

	private Map<String, Object> sagalKi67() {
		final long all = Arrays.stream(sagalKi67).sum();
		final Map<String, Object> counted = new LinkedHashMap<>();
		counted.put("cells", all);
		counted.put("sagal_positive_ki67_negative", sagalKi67[2]);
		counted.put("sagal_positive_ki67_negative_percent", all == 0 ? Double.NaN
			: 100.0 * sagalKi67[2] / all);
		counted.put("sagal_positive_ki67_positive", sagalKi67[3]);
		counted.put("sagal_negative_ki67_positive", sagalKi67[1]);
		counted.put("sagal_negative_ki67_negative", sagalKi67[0]);
		return counted;
	}

	/** What the single marker is, and what it speaks for. */
	private Map<String, Object> ihc() {
		final MarkerAnalyzer read = layout.markers().get(0);
		final Marker marker = finisher.caller().definition().marker(read.id());
		final ClusteredShare share = tallies.get(0).interval;
		final Map<String, Object> said = new LinkedHashMap<>();
		said.put("marker", read.id());
		said.put("compartment", read.decidingCompartment().id());
		said.put("counts_in_compartment", marker.countsIn(read.decidingCompartment()
			.id()));
		said.put("cells", share.measured());
		said.put("negative", share.measured() - share.positive());
		said.put("negative_percent", 100 - share.percent());
		final List<Map<String, Object>> roles = new ArrayList<>();
		for (final Role role : marker.roles()) {
			if (role.weight() == 0) continue;
			final Map<String, Object> one = new LinkedHashMap<>();
			one.put("axis", role.axis());
			one.put("axis_label", finisher.caller().definition().axis(role.axis())
				.label());
			one.put("when", role.when().name().toLowerCase(Locale.ROOT));
			roles.add(one);
		}
		said.put("speaks_for", roles);
		return said;
	}

	/** Counts a cell that lies on an artefact, and in nothing else. */
	private void addArtefact(final SpilledCell c) {
		final int kind = c.artefact() - 1;
		artefactCells[kind]++;
		if (slide.selectsTumour() && slide.lineage(c) != Lineage.TUMOUR) return;
		for (int m = 0; m < gates.length; m++) {
			final double value = finisher.value(m, c);
			if (Double.isNaN(value)) continue;
			tallies.get(m).onArtefacts[0][kind]++;
			if (layout.markers().get(m).grade(value, gates[m]) > 0) tallies.get(
				m).onArtefacts[1][kind]++;
		}
	}

	void addArea(final AreaTally[] areas, final long[] artefacts) {
		for (int k = 0; k < artefacts.length; k++)
			artefactPixels[k] += artefacts[k];
		for (int m = 0; m < areas.length; m++)
			if (areas[m] != null) {
				final Tally t = tallies.get(m);
				if (t.area == null) t.area = new AreaTally(slide.annotations()
					.tallied());
				t.area.add(areas[m]);
			}
	}

	SlideSummary build(final long analysedPixels, final List<String> warnings) {
		final double pixelMm2 = slide.pixelSizeUm() * slide.pixelSizeUm() / 1e6;
		final List<MarkerSummary> markers = new ArrayList<>();
		final Map<String, Object> assays = new LinkedHashMap<>();
		if (foci != null) assays.put("foci", foci.summary());
		for (int m = 0; m < gates.length; m++)
			markers.add(marker(m, pixelMm2, analysedPixels * pixelMm2, assays,
				warnings));
		specimenWarnings(warnings);
		final SlideEvidence said = evidence.build(protocol.phenotype().minCells(),
			finisher.modelWords());
		final Map<String, Long> phenotypes = new LinkedHashMap<>();
		said.phenotypes().forEach(p -> phenotypes.put(p.id(), p.cells()));
		if (Arrays.stream(sagalKi67).sum() > 0) assays.put("sagal_ki67",
			sagalKi67());
		if (!controls.isEmpty()) assays.put("controls", controls.summary(layout
			.markers(), gates));
		if (costain != null) {
			assays.put("costain", costain.summary());
			costain.warn(warnings);
		}
		if (protocol.assay() == AssayKind.IHC) assays.put("ihc", ihc());
		if (regions != null) assays.put("region_classifier", regions.summary());
		controls.warn(layout.markers(), gates, nucleusArea / cells, slide
			.cellsFrom() == CellsFrom.NUCLEI ? "nuclei" : "cells", warnings);
		for (int m = 0; m < gates.length; m++)
			if (tallies.get(m).area != null) {
				final Map<String, Object> assay = new LinkedHashMap<>();
				assay.put("regions", regions(tallies.get(m).area, pixelMm2));
				if (m == sagal) assay.put("cells_from", cellsFrom());
				assays.put(layout.markers().get(m).id(), assay);
			}
		if (!slide.artefacts().sought().isEmpty()) assays.put("artefacts",
			artefacts(analysedPixels, pixelMm2));
		final Map<String, Double> numbers = new LinkedHashMap<>();
		// where nothing shows nuclei, there being none is not a finding
		numbers.put("cells_per_mm2", analysedPixels == 0 || slide
			.segmenter() == null || slide.cellsFrom() == CellsFrom.GRANULES
				? Double.NaN : cells / (analysedPixels * pixelMm2));
		numbers.put("nucleus_area_mean_um2", cells == 0 || slide
			.cellsFrom() != CellsFrom.NUCLEI ? Double.NaN : nucleusArea / cells);
		return new SlideSummary(image, slide.pixelSizeUm(), analysedPixels *
			pixelMm2, cells, markers, phenotypes, gates.length == 0 ? null : said,
			numbers, assays, List.copyOf(warnings));
	}

	private MarkerSummary marker(final int m, final double pixelMm2,
		final double analysedMm2, final Map<String, Object> assays,
		final List<String> warnings)
	{
		final MarkerAnalyzer marker = layout.markers().get(m);
		final Tally t = tallies.get(m);
		final ClusteredShare p = t.interval;
		final double[] wilson = p.wilson();
		final double typed = m == sagal ? protocol.sagal().totalCells()
			: Double.NaN;
		if (!Double.isNaN(typed)) return typed(m, Math.round(typed), pixelMm2,
			warnings);
		double[] shown = p.interval(protocol.statistics().bootstrapSamples(),
			protocol.statistics().seed());
		if (p.measured() > 0 && !p.isSpatial()) {
			shown = wilson;
			warnings.add(marker.label() +
				": too few places with cells for a spatial interval; the interval shown is counting error only (Wilson).");
		}
		// a slide without a gate for it has said so already
		if (t.area == null && p.measured() == 0 && !Double.isNaN(gates[m].value()))
			warnings.add(marker.label() + ": no cell was measured.");
		if (t.index != null && p.measured() > 0) assays.put(marker.id(), t.index
			.build(p, shown, analysedMm2, slide.regionMm2(), protocol.specimen()
				.tumourType(), slide.selectsTumour() || protocol
					.lineage() == Lineage.TUMOUR, slide.isField(), warnings));
		return summary(m, marker.statement(slide.selectsTumour()) + (regions == null
			? "" : " (told by the region classifier where no annotation decides)"), p
				.measured(), p.percent(), shown, wilson, pixelMm2);
	}

	/** The share of a typed total. */
	private MarkerSummary typed(final int m, final long total,
		final double pixelMm2, final List<String> warnings)
	{
		final long positive = tallies.get(m).interval.positive();
		final String label = layout.markers().get(m).label();
		double[] wilson = { Double.NaN, Double.NaN };
		if (positive > total) warnings.add(label + ": " + positive +
			" positive cells were found, more than the typed total of " + total +
			" (sagal.total_cells); no share is given.");
		else {
			wilson = ClusteredShare.wilson(positive, total);
			warnings.add(label +
				": the share is of a typed total; its interval is counting error only (Wilson).");
		}
		return summary(m, label + "-positive cells among a typed total of cells",
			total, positive > total ? Double.NaN : 100.0 * positive / total, wilson,
			wilson, pixelMm2);
	}

	private MarkerSummary summary(final int m, final String statement,
		final long measured, final double percent, final double[] shown,
		final double[] wilson, final double pixelMm2)
	{
		final MarkerAnalyzer marker = layout.markers().get(m);
		final Tally t = tallies.get(m);
		final AreaTally all = t.area;
		final GradedScores scores = new GradedScores(t.grades);
		return new MarkerSummary(marker.id(), marker.label(), statement, measured,
			t.interval.positive(), percent, shown[0], shown[1], wilson[0], wilson[1],
			all == null ? Double.NaN : all.stainedPercent(), all == null ? Double.NaN
				: all.allStained() * pixelMm2, all == null ? Double.NaN : all.mean(),
			gates[m].value(), gates[m].origin(), marker.reading(), marker.hasScores()
				? scores.hScore() : Double.NaN, marker.hasScores() ? scores
					.allredProportion() : -1, marker.hasScores() ? scores
						.allredIntensity() : -1, marker.hasScores() ? t.grades : null,
			t.interval.measured() == 0 ? null : histograms[m], more(m, t));
	}

	/** Where cells and their total come from, in words. */
	private String cellsFrom() {
		final boolean typed = !Double.isNaN(protocol.sagal().totalCells());
		return switch (slide.cellsFrom()) {
			case RELIEF -> "relief of unstained cells and granules of stained ones";
			case GRANULES -> "granules of stained cells";
			default -> slide.segmenter() == null ? "none: no nuclei were visible"
				: "nuclei";
		} + (typed ? ", total typed" : "");
	}

	private Map<String, Object> more(final int m, final Tally t) {
		final Map<String, Object> more = new LinkedHashMap<>();
		more.put("gate_anchored", gates[m].anchored());
		if (!Double.isNaN(gates[m].low())) {
			more.put("gate_low", gates[m].low());
			more.put("gate_high", gates[m].high());
		}
		if (protocol.gates().scope() == GateScope.BATCH) more.put("own_gate",
			own[m]);
		if (Arrays.stream(t.sure).sum() > 0) {
			more.put("surely_negative", t.sure[2]);
			more.put("near_gate", t.sure[1]);
			more.put("surely_positive", t.sure[0]);
		}
		if (!Double.isNaN(floors[m])) {
			more.put("background", floors[m]);
			more.put("above_background_percent", t.interval.measured() == 0
				? Double.NaN : 100.0 * t.aboveFloor / t.interval.measured());
		}
		return more;
	}

	/**
	 * The ledger, in the order in which kinds are taken off: what each covers,
	 * and each figure before and after it is taken off.
	 */
	private List<Map<String, Object>> artefacts(final long analysedPixels,
		final double pixelMm2)
	{
		final int n = gates.length;
		// of each marker: stained of pixels, positive of cells
		final long[][] counts = new long[n][4];
		for (int m = 0; m < n; m++) {
			final Tally t = tallies.get(m);
			final long[] c = counts[m];
			c[2] = t.interval.positive() + Arrays.stream(t.onArtefacts[1]).sum();
			c[3] = t.interval.measured() + Arrays.stream(t.onArtefacts[0]).sum();
			if (t.area == null) continue;
			c[0] = t.area.allStained() + Arrays.stream(t.area.artefacts()).sum();
			c[1] = t.area.allPixels() + Arrays.stream(artefactPixels).sum();
		}
		final List<Map<String, Object>> ledger = new ArrayList<>();
		for (final ArtefactKind kind : ArtefactKind.values()) {
			if (!slide.artefacts().sought().contains(kind)) continue;
			final int k = kind.ordinal();
			final Map<String, Object> one = new LinkedHashMap<>();
			one.put("kind", kind.id());
			one.put("area_mm2", artefactPixels[k] * pixelMm2);
			one.put("percent_of_area", percent(artefactPixels[k], analysedPixels));
			one.put("cells", artefactCells[k]);
			final List<Map<String, Object>> effects = new ArrayList<>();
			for (int m = 0; m < n; m++) {
				final Tally t = tallies.get(m);
				final String id = layout.markers().get(m).id();
				if (t.area != null) effects.add(effect(id, "area_percent", counts[m], 0,
					t.area.artefacts()[k], artefactPixels[k]));
				if (counts[m][3] > 0) effects.add(effect(id, "positive_percent",
					counts[m], 2, t.onArtefacts[1][k], t.onArtefacts[0][k]));
			}
			one.put("effects", effects);
			ledger.add(one);
		}
		return ledger;
	}

	/** Takes something off a share, and says how it was before and is after. */
	private static Map<String, Object> effect(final String marker,
		final String figure, final long[] counts, final int at, final long part,
		final long whole)
	{
		final Map<String, Object> effect = new LinkedHashMap<>();
		effect.put("marker", marker);
		effect.put("figure", figure);
		effect.put("before", percent(counts[at], counts[at + 1]));
		counts[at] -= part;
		counts[at + 1] -= whole;
		effect.put("after", percent(counts[at], counts[at + 1]));
		return effect;
	}

	private static double percent(final long part, final long whole) {
		return whole == 0 ? Double.NaN : 100.0 * part / whole;
	}

	/** Area and density of the analysed area and of each annotation. */
	private List<Map<String, Object>> regions(final AreaTally all,
		final double pixelMm2)
	{
		final List<Map<String, Object>> rows = new ArrayList<>();
		rows.add(region("analysed area", all, pixelMm2));
		for (int a = 0; a < slide.annotations().tallied(); a++) {
			final String name = slide.annotations().name(a);
			rows.add(region(name == null ? "annotation " + (a + 1) : name, all
				.annotation(a), pixelMm2));
		}
		return rows;
	}

	private static Map<String, Object> region(final String name,
		final AreaTally tally, final double pixelMm2)
	{
		final Map<String, Object> row = new LinkedHashMap<>();
		row.put("region", name);
		row.put("area_mm2", tally.allPixels() * pixelMm2);
		row.put("stained_area_mm2", tally.allStained() * pixelMm2);
		row.put("area_percent", tally.stainedPercent());
		row.put("mean_od", tally.mean());
		row.put("saturated_percent", tally.allPixels() == 0 ? Double.NaN : 100.0 *
			tally.allSaturated() / tally.allPixels());
		row.put("integrated_od_um2", tally.sum() * pixelMm2 * 1e6);
		return row;
	}

	private void specimenWarnings(final List<String> warnings) {
		if (protocol.assay() == AssayKind.SAGAL) {
			if (Arrays.stream(gates).noneMatch(Gate::anchored)) warnings.add(
				"SA-β-gal: the gate is not anchored to a biological negative control of the same experiment; compare within the experiment only.");
			if (protocol.specimen().preservation() == Preservation.UNKNOWN) warnings
				.add(
					"SA-β-gal: preservation is not stated; on FFPE sections the enzyme is dead and any blue is not SA-β-gal.");
		}
		if (protocol.assay() != AssayKind.NUCLEI && protocol.specimen()
			.kind() == SpecimenKind.UNKNOWN) warnings.add(
				"What lies on the slide (specimen.kind) is not stated.");
	}
}
