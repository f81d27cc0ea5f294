
package org.senoscope.io.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;

import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Outline;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.CellClass;
import org.senoscope.core.run.CellClasses;
import org.senoscope.core.run.SlideResult;

/**
 * Writes {@code cells.geojson}, which QuPath opens by drag and drop: a
 * FeatureCollection with one feature a line. A cell has its outline as geometry
 * and its nucleus beside it; where no cell was measured it is a detection with
 * the outline of the nucleus. Coordinates are level-0 pixels, origin at the top
 * left corner of the picture, with two decimals. Numbers become measurements,
 * texts become metadata, but for the reasons and evidence of a phenotype, which
 * only the table has; what is not measured is left out.
 */
public final class GeoJsonWriter {

	private static final int COORDINATE_DECIMALS = 2;
	/**
	 * Texts that stand elsewhere in the feature, on every one alike, or are long
	 * and only of use in the table.
	 */
	private static final List<String> NO_METADATA = List.of("image", "cell_uuid",
		"lineage_source", "phenotype_reason", "evidence_axes");

	/** One feature a line, so that text tools can be used on large files. */
	private static final class FeaturesOnLines extends MinimalPrettyPrinter {

		private static final long serialVersionUID = 1L;

		@Override
		public void writeArrayValueSeparator(final JsonGenerator json)
			throws IOException
		{
			json.writeRaw(',');
			if (isFeatures(json.getOutputContext())) json.writeRaw('\n');
		}

		@Override
		public void beforeArrayValues(final JsonGenerator json) throws IOException {
			if (isFeatures(json.getOutputContext())) json.writeRaw('\n');
		}

		private static boolean isFeatures(final JsonStreamContext context) {
			final JsonStreamContext parent = context.getParent();
			return parent.getParent() != null && parent.getParent().inRoot();
		}
	}

	private final JsonGenerator json;
	private final CellClasses classes;
	private final List<Column> columns;
	/** Names of the columns, encoded once. */
	private final SerializableString[] names;
	private final NumberText number = new NumberText();
	private char[] ring = new char[1 << 12];
	private int ringLength;

	private GeoJsonWriter(final SlideResult result, final JsonGenerator json) {
		this.json = json;
		classes = CellClasses.of(result);
		columns = result.table().columns();
		names = columns.stream().map(c -> new SerializedString(c.name())).toArray(
			SerializableString[]::new);
	}

	/**
	 * Writes the cells.
	 *
	 * @param result the slide
	 * @param file where to
	 * @param cancellation checked between cells
	 * @throws org.senoscope.core.UserException if it cannot be written
	 */
	public static void write(final SlideResult result, final Path file,
		final Cancellation cancellation)
	{
		OutputFile.write(file, stream -> {
			try (JsonGenerator json = new JsonFactory().createGenerator(stream,
				JsonEncoding.UTF8))
			{
				json.setPrettyPrinter(new FeaturesOnLines());
				final GeoJsonWriter writer = new GeoJsonWriter(result, json);
				json.writeStartObject();
				json.writeStringField("type", "FeatureCollection");
				json.writeArrayFieldStart("features");
				result.forEachCell(cell -> {
					cancellation.check();
					try {
						writer.feature(cell);
					}
					catch (final IOException e) {
						throw new UncheckedIOException(e);
					}
				});
				json.writeEndArray();
				json.writeEndObject();
				json.writeRaw('\n');
			}
		});
	}

	private void feature(final Cell cell) throws IOException {
		json.writeStartObject();
		json.writeStringField("type", "Feature");
		json.writeStringField("id", cell.uuid().toString());
		final boolean whole = cell.cell() != null;
		polygon("geometry", whole ? cell.cell() : cell.nucleus());
		if (whole) polygon("nucleusGeometry", cell.nucleus());
		json.writeObjectFieldStart("properties");
		json.writeStringField("objectType", whole ? "cell" : "detection");
		classification(classes.of(cell));
		json.writeBooleanField("isLocked", false);
		measurements(cell);
		metadata(cell);
		json.writeEndObject();
		json.writeEndObject();
	}

	private void classification(final CellClass c) throws IOException {
		if (c.index() == 0) return;
		json.writeObjectFieldStart("classification");
		json.writeStringField("name", c.name());
		json.writeArrayFieldStart("color");
		json.writeNumber(c.rgb() >> 16 & 0xff);
		json.writeNumber(c.rgb() >> 8 & 0xff);
		json.writeNumber(c.rgb() & 0xff);
		json.writeEndArray();
		json.writeEndObject();
	}

	private void measurements(final Cell cell) throws IOException {
		json.writeObjectFieldStart("measurements");
		for (int i = 0; i < columns.size(); i++) {
			final Column column = columns.get(i);
			if (column.type() != Column.Type.NUMBER && column
				.type() != Column.Type.INTEGER) continue;
			final double value = cell.numbers()[i];
			if (Double.isNaN(value) || Double.isInfinite(value)) continue;
			json.writeFieldName(names[i]);
			raw(number.reading(value));
		}
		json.writeEndObject();
	}

	private void metadata(final Cell cell) throws IOException {
		boolean any = false;
		for (int i = 0; i < columns.size(); i++) {
			final Column column = columns.get(i);
			if (!column.isText() || NO_METADATA.contains(column.name())) continue;
			final String text = cell.texts()[i];
			if (text == null || text.isEmpty()) continue;
			if (!any) json.writeObjectFieldStart("metadata");
			any = true;
			json.writeFieldName(names[i]);
			json.writeString(text);
		}
		if (any) json.writeEndObject();
	}

	private void polygon(final String field, final Outline outline)
		throws IOException
	{
		json.writeObjectFieldStart(field);
		json.writeStringField("type", "Polygon");
		json.writeFieldName("coordinates");
		ringLength = 0;
		put('[');
		put('[');
		final int corners = outline.corners();
		for (int i = 0; i <= corners; i++) {
			// a ring ends where it began
			final int corner = i == corners ? 0 : i;
			if (i > 0) put(',');
			put('[');
			put(number.fixed(outline.x()[corner], COORDINATE_DECIMALS));
			put(',');
			put(number.fixed(outline.y()[corner], COORDINATE_DECIMALS));
			put(']');
		}
		put(']');
		put(']');
		json.writeRawValue(ring, 0, ringLength);
		json.writeEndObject();
	}

	private void put(final char c) {
		if (ringLength == ring.length) ring = Arrays.copyOf(ring, 2 * ring.length);
		ring[ringLength++] = c;
	}

	private void put(final NumberText text) {
		while (ringLength + text.length() > ring.length)
			ring = Arrays.copyOf(ring, 2 * ring.length);
		System.arraycopy(text.chars(), 0, ring, ringLength, text.length());
		ringLength += text.length();
	}

	private void raw(final NumberText text) throws IOException {
		json.writeRawValue(text.chars(), 0, text.length());
	}
}
