
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.NucleusAssay;
import org.senoscope.core.assay.ReadingUnit;
import org.senoscope.core.assay.costain.CostainPanel;
import org.senoscope.core.cell.CellTable;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Column.Type;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.evidence.MarkerRule;

/**
 * Where everything stands in the per-cell table of a run: columns that are
 * measured in a block (and spilled), and columns that are filled once the gates
 * are known.
 */
final class CellLayout {

	/**
	 * Columns measured in a block before any marker, in the order of the spill.
	 */
	static final int SHAPE = 9;

	private static final String[] STATISTICS = { "mean", "integrated", "p05",
		"granularity" };

	private final List<Column> columns = new ArrayList<>();
	private final List<MarkerAnalyzer> markers;
	private final NucleusAssay assay;
	private final CostainPanel panel;
	private final CellTable table;
	private final int[] readingColumns;
	private final int[] firstReading;

	/**
	 * Lays out the table.
	 *
	 * @param markers markers in order
	 * @param assay what is read of each nucleus, null for nothing
	 * @param panel rules and overlaps of a marker panel, null for none
	 * @param hasFloor whether a blank tells what is above background
	 */
	CellLayout(final List<MarkerAnalyzer> markers, final NucleusAssay assay,
		final CostainPanel panel, final boolean hasFloor)
	{
		this.panel = panel;
		this.markers = markers;
		this.assay = assay;
		text("image", "file name of the image");
		add("cell_id", Type.INTEGER,
			"number of the cell, also its value in the label image");
		text("cell_uuid", "identifier derived from image and position");
		number("centroid_x_px",
			"horizontal centre of the nucleus, level-0 pixels from the left edge");
		number("centroid_y_px",
			"vertical centre of the nucleus, level-0 pixels from the upper edge");
		number("centroid_x_um", "horizontal centre of the nucleus in µm");
		number("centroid_y_um", "vertical centre of the nucleus in µm");
		text("region", "annotation that holds the cell");
		number("nucleus_area_um2", "area of the nucleus in µm²");
		number("nucleus_perimeter_um", "length of the nucleus outline in µm");
		number("nucleus_circularity", "4 π area / perimeter², 1 for a circle");
		number("nucleus_solidity", "area over area of the convex hull");
		number("nucleus_eccentricity",
			"of the ellipse with the same second moments");
		number("nucleus_major_axis_um", "long axis of that ellipse in µm");
		number("nucleus_minor_axis_um", "short axis of that ellipse in µm");
		number("nucleus_probability",
			"probability that this is a nucleus, where the method gives one");
		number("cell_area_um2", "area of the cell (nucleus and expansion) in µm²");
		text("lineage", "tumour, stroma, immune or unknown");
		text("lineage_source", "what the lineage rests on");
		final List<Integer> readings = new ArrayList<>();
		if (assay != null) for (final Column c : assay.columns())
			addReading(readings, c);
		if (panel != null) for (final Column c : panel.overlapColumns())
			addReading(readings, c);
		for (final MarkerAnalyzer m : markers) {
			for (final Compartment c : m.compartments())
				for (final String s : STATISTICS) {
					readings.add(columns.size());
					number(m.id() + "_" + c.id() + "_" + s, meaning(m, c, s));
				}
			m.nucleusColumns().forEach(c -> addReading(readings, c));
			number(m.id() + "_value", m.label() + ": " + m.reading());
			number(m.id() + "_gate", m.label() + ": gate, in the same unit");
			add(m.id() + "_positive", Type.BOOLEAN, m.label() +
				": value at or above the gate");
			number(m.id() + "_margin", m.label() + ": value minus gate");
			if (m.gradeColumn() != null) columns.add(m.gradeColumn());
			if (m.readsError()) number(m.id() + "_negative_confidence", m.label() +
				": probability that the value lies below the gate, from its standard error and the gate's interval; what shifts all cells alike is not in it");
			if (hasFloor) add(m.id() + "_above_background", Type.BOOLEAN, m.label() +
				": value above the 95th percentile of the blank control");
		}
		if (panel != null) for (final MarkerRule r : panel.rules())
			add("rule_" + r.name(), Type.BOOLEAN, "the rule " + r.text() +
				"; empty where what was measured cannot tell");
		for (final String p : new String[] { "senescent", "dormant", "csc",
			"proliferating" })
			number("p_" + p,
				"calibrated probability of the state; empty where no classifier ran");
		text("phenotype", "id of the phenotype");
		number("phenotype_confidence",
			"how good the evidence for the phenotype is, 0 to 1, no probability; empty where the cell was not called");
		text("phenotype_reason", "why, in words");
		text("evidence_axes", "axis=met, not_met or not_measured");
		text("flags",
			"edge, out_of_focus, artefact, saturated, edited, apoptotic, mitotic, pan_nuclear_gh2ax, spill_over, no_nucleus, quenched");
		table = new CellTable(columns);
		readingColumns = readings.stream().mapToInt(Integer::intValue).toArray();
		firstReading = IntStream.range(0, markers.size()).map(this::firstReading)
			.toArray();
	}

	private static String meaning(final MarkerAnalyzer m, final Compartment c,
		final String statistic)
	{
		final String unit = m.unit().word();
		final String where = m.label() + " in the " + c.id() + ": ";
		return where + switch (statistic) {
			case "mean" -> "mean " + unit;
			case "integrated" -> "sum of " + unit + " times pixel area in µm²";
			case "p05" -> m.unit() == ReadingUnit.OPTICAL_DENSITY
				? "optical density at the 5th percentile of transmitted light (the darkest 5 %)"
				: "5th percentile, " + unit;
			default ->
				"root mean square difference between a pixel and its neighbours at about 0.5 µm, " +
					unit;
		};
	}

	private void addReading(final List<Integer> readings, final Column column) {
		readings.add(columns.size());
		columns.add(column);
	}

	private void text(final String name, final String meaning) {
		add(name, Type.TEXT, meaning);
	}

	private void number(final String name, final String meaning) {
		add(name, Type.NUMBER, meaning);
	}

	private void add(final String name, final Type type, final String meaning) {
		columns.add(new Column(name, type, meaning));
	}

	CellTable table() {
		return table;
	}

	List<MarkerAnalyzer> markers() {
		return markers;
	}

	/** Columns of the readings of all markers, in the order of the spill. */
	int[] readingColumns() {
		return readingColumns;
	}

	/** What is read of each nucleus; null for nothing. */
	NucleusAssay assay() {
		return assay;
	}

	/** Whether foci of nuclei are read. */
	boolean hasFoci() {
		return assay != null && !assay.focusMarkers().isEmpty();
	}

	/** The marker panel; null for none. */
	CostainPanel panel() {
		return panel;
	}

	/** Position among the spilled readings of the first of overlaps. */
	int firstOverlap() {
		return assay == null ? 0 : assay.columns().size();
	}

	/** Position among the spilled readings of the first of a marker. */
	int firstReading(final int marker) {
		int at = firstOverlap() + (panel == null ? 0 : panel.overlapColumns()
			.size());
		for (int m = 0; m < marker; m++)
			at += compartmentReadings(m) + markers.get(m).nucleusColumns().size();
		return at;
	}

	/** Number of a marker's readings that are statistics of compartments. */
	int compartmentReadings(final int marker) {
		return markers.get(marker).compartments().size() * STATISTICS.length;
	}

	/** What is compared with a marker's gate, whether or not it may be called. */
	double value(final int marker, final SpilledCell cell) {
		return markers.get(marker).value(cell.readings(), firstReading[marker]);
	}

	/** Standard error of that value; NaN where it is not read. */
	double error(final int marker, final SpilledCell cell) {
		final MarkerAnalyzer m = markers.get(marker);
		return m.readsError() ? cell.readings()[firstReading[marker] +
			compartmentReadings(marker) + m.nucleusColumns().size() - 1] : Double.NaN;
	}

	int index(final String name) {
		final int index = table.index(name);
		if (index < 0) throw new IllegalArgumentException(name);
		return index;
	}
}
