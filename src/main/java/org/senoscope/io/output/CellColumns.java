
package org.senoscope.io.output;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.CellTable;
import org.senoscope.core.cell.Column;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.protocol.TableStyle;
import org.senoscope.core.run.CellClass;
import org.senoscope.core.run.CellClasses;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideResult;

/**
 * The columns of {@code cells.csv} under the names of one tool.
 * <ul>
 * <li>{@code senoscope}: the table as it is.</li>
 * <li>{@code qupath}: the columns of QuPath's measurement tables first, then
 * our columns that QuPath has no name for, under our names (QuPath takes any
 * measurement).</li>
 * <li>{@code scimap}: {@code CellID}, one column a marker (its value), then
 * {@code X_centroid} and what follows it in MCMICRO's tables, in pixels, then
 * our other columns, which SCIMAP keeps as observations.</li>
 * <li>{@code fast}: only what FAST.R reads: the nuclear area in µm2, Ki-67 and
 * SA-β-gal (integrated optical density of the perinuclear ring).</li>
 * </ul>
 */
final class CellColumns {

	/** Writes the value of one column. */
	@FunctionalInterface
	interface Field {

		void write(Cell cell, CsvRow row) throws IOException;
	}

	private final SlideResult result;
	private final CellTable table;
	private final List<String> names = new ArrayList<>();
	private final List<Field> fields = new ArrayList<>();
	private final Set<String> used = new HashSet<>();

	private CellColumns(final SlideResult result) {
		this.result = result;
		table = result.table();
	}

	/** Returns the columns in a tool's style. */
	static CellColumns of(final SlideResult result, final TableStyle style) {
		final CellColumns columns = new CellColumns(result);
		switch (style) {
			case SENOSCOPE -> columns.addRest();
			case QUPATH -> columns.addQuPath();
			case SCIMAP -> columns.addScimap();
			case FAST -> columns.addFast();
		}
		return columns;
	}

	List<String> names() {
		return names;
	}

	void write(final Cell cell, final CsvRow row) throws IOException {
		for (final Field field : fields)
			field.write(cell, row);
	}

	private void addQuPath() {
		final CellClasses classes = CellClasses.of(result);
		use("Image", "image");
		add("Object ID", (cell, row) -> row.text(cell.uuid().toString()));
		used.add("cell_uuid");
		add("Object type", (cell, row) -> row.text(cell.cell() == null ? "Detection"
			: "Cell"));
		add("Name", (cell, row) -> row.text(null));
		add("Classification", (cell, row) -> {
			final CellClass c = classes.of(cell);
			row.text(c.index() == 0 ? null : c.name());
		});
		final int region = table.index("region");
		used.add("region");
		add("Parent", (cell, row) -> {
			final String name = region < 0 ? null : cell.texts()[region];
			row.text(name == null ? "Root object (Image)" : name);
		});
		add("ROI", (cell, row) -> row.text("Polygon"));
		use("Centroid X µm", "centroid_x_um");
		use("Centroid Y µm", "centroid_y_um");
		use("Detection probability", "nucleus_probability");
		use("Nucleus: Area µm^2", "nucleus_area_um2");
		use("Nucleus: Length µm", "nucleus_perimeter_um");
		use("Nucleus: Circularity", "nucleus_circularity");
		use("Nucleus: Solidity", "nucleus_solidity");
		use("Nucleus: Eccentricity", "nucleus_eccentricity");
		use("Cell: Area µm^2", "cell_area_um2");
		for (final MarkerSummary marker : result.summary().markers())
			for (final String compartment : List.of("nucleus", "ring", "cytoplasm",
				"membrane", "cell"))
				use(Character.toUpperCase(compartment.charAt(0)) + compartment
					.substring(1) + ": " + channelName(marker) + ": Mean", marker.id() +
						"_" + compartment + "_mean");
		addRest();
	}

	/** Stains carry the name of the chromogen in QuPath, not of the marker. */
	private String channelName(final MarkerSummary marker) {
		final ImageKind kind = result.protocol().kind();
		if (result.summary().markers().size() == 1) {
			if (kind == ImageKind.H_DAB) return "DAB";
			if (kind.hasIndigo()) return "X-gal";
		}
		return marker.label();
	}

	private void addScimap() {
		final double pixelUm = result.summary().pixelSizeUm();
		use("CellID", "cell_id");
		for (final MarkerSummary marker : result.summary().markers())
			use(marker.id(), marker.id() + "_value");
		use("X_centroid", "centroid_x_px");
		use("Y_centroid", "centroid_y_px");
		scaled("Area", "nucleus_area_um2", 1 / (pixelUm * pixelUm));
		scaled("MajorAxisLength", "nucleus_major_axis_um", 1 / pixelUm);
		scaled("MinorAxisLength", "nucleus_minor_axis_um", 1 / pixelUm);
		use("Eccentricity", "nucleus_eccentricity");
		use("Solidity", "nucleus_solidity");
		final PolygonShape shape = new PolygonShape();
		add("Extent", (cell, row) -> row.number(shape.of(cell.nucleus()).extent()));
		add("Orientation", (cell, row) -> row.number(shape.of(cell.nucleus())
			.orientation()));
		use("imageid", "image");
		addRest();
	}

	private void addFast() {
		use("image", "image");
		use("cell_ID", "cell_id");
		use("Nuclear_Area", "nucleus_area_um2");
		if (!use("EdU", "edu_value")) use("Ki67", "ki67_value");
		if (!use("SABGal", "sagal_ring_integrated")) use("SABGal", "sagal_value");
	}

	private void addRest() {
		for (final Column column : table.columns())
			if (!used.contains(column.name())) use(column.name(), column.name());
	}

	/** Adds a column of the table under a name, if the table has it. */
	private boolean use(final String name, final String own) {
		final int index = table.index(own);
		if (index < 0) return false;
		used.add(own);
		add(name, switch (table.columns().get(index).type()) {
			case TEXT -> (cell, row) -> row.text(cell.texts()[index]);
			case INTEGER -> (cell, row) -> row.integer(cell.numbers()[index]);
			case BOOLEAN -> (cell, row) -> row.bool(cell.numbers()[index]);
			case NUMBER -> (cell, row) -> row.number(cell.numbers()[index]);
		});
		return true;
	}

	private void scaled(final String name, final String own,
		final double factor)
	{
		final int index = table.index(own);
		if (index < 0) return;
		used.add(own);
		add(name, (cell, row) -> row.number(cell.numbers()[index] * factor));
	}

	private void add(final String name, final Field field) {
		if (names.stream().anyMatch(n -> n.toLowerCase(Locale.ROOT).equals(name
			.toLowerCase(Locale.ROOT)))) throw new IllegalStateException("column " +
				name + " occurs twice");
		names.add(name);
		fields.add(field);
	}
}
