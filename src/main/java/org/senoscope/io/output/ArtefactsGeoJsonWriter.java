
package org.senoscope.io.output;

import java.io.IOException;
import java.nio.file.Path;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import org.senoscope.core.artefact.ArtefactKind;
import org.senoscope.core.artefact.ArtefactMap;
import org.senoscope.core.cell.Outline;
import org.senoscope.core.cell.OutlineTracer;
import org.senoscope.core.run.SlideResult;

/**
 * Writes {@code artefacts.geojson}: every piece that was left out as an
 * annotation for QuPath, with the kind as its class. Coordinates are level-0
 * pixels. Outer borders; a hole in a piece is not drawn.
 */
public final class ArtefactsGeoJsonWriter {

	private final ArtefactMap map;
	private final int w, h;
	private final OutlineTracer tracer = new OutlineTracer();

	private ArtefactsGeoJsonWriter(final ArtefactMap map) {
		this.map = map;
		w = map.width();
		h = map.height();
	}

	/**
	 * Writes the artefacts.
	 *
	 * @param result the slide
	 * @param file where to
	 * @throws org.senoscope.core.UserException if it cannot be written
	 */
	public static void write(final SlideResult result, final Path file) {
		OutputFile.write(file, stream -> {
			try (JsonGenerator json = new JsonFactory().createGenerator(stream,
				JsonEncoding.UTF8))
			{
				json.writeStartObject();
				json.writeStringField("type", "FeatureCollection");
				json.writeArrayFieldStart("features");
				new ArtefactsGeoJsonWriter(result.artefacts()).pieces(json);
				json.writeEndArray();
				json.writeEndObject();
				json.writeRaw('\n');
			}
		});
	}

	private void pieces(final JsonGenerator json) throws IOException {
		final int[] labels = new int[w * h], stack = new int[w * h];
		int label = 0;
		for (int start = 0; start < labels.length; start++) {
			final int kind = map.kind(start % w, start / w);
			if (kind == 0 || labels[start] != 0) continue;
			labels[start] = ++label;
			stack[0] = start;
			// by edges: through a corner a border would cross itself
			for (int n = 1; n > 0;) {
				final int i = stack[--n], x = i % w;
				if (x > 0) n = push(labels, stack, n, i - 1, kind, label);
				if (x < w - 1) n = push(labels, stack, n, i + 1, kind, label);
				if (i >= w) n = push(labels, stack, n, i - w, kind, label);
				if (i < w * (h - 1)) n = push(labels, stack, n, i + w, kind, label);
			}
			feature(json, ArtefactKind.values()[kind - 1], tracer.trace(labels, w, h,
				start % w, start / w, label, 0, 0, 1));
		}
	}

	private int push(final int[] labels, final int[] stack, final int n,
		final int i, final int kind, final int label)
	{
		if (labels[i] != 0 || map.kind(i % w, i / w) != kind) return n;
		labels[i] = label;
		stack[n] = i;
		return n + 1;
	}

	private void feature(final JsonGenerator json, final ArtefactKind kind,
		final Outline outline) throws IOException
	{
		json.writeRaw('\n');
		json.writeStartObject();
		json.writeStringField("type", "Feature");
		json.writeObjectFieldStart("geometry");
		json.writeStringField("type", "Polygon");
		json.writeArrayFieldStart("coordinates");
		json.writeStartArray();
		for (int k = 0; k <= outline.corners(); k++) {
			// a ring ends where it began
			final int corner = k == outline.corners() ? 0 : k;
			json.writeStartArray();
			json.writeNumber(Math.round(100 * outline.x()[corner] * map.perColumn()) /
				100.0);
			json.writeNumber(Math.round(100 * outline.y()[corner] * map.perRow()) /
				100.0);
			json.writeEndArray();
		}
		json.writeEndArray();
		json.writeEndArray();
		json.writeEndObject();
		json.writeObjectFieldStart("properties");
		json.writeStringField("objectType", "annotation");
		json.writeObjectFieldStart("classification");
		json.writeStringField("name", "Artefact: " + kind.label());
		json.writeArrayFieldStart("color");
		json.writeNumber(kind.rgb() >> 16);
		json.writeNumber(kind.rgb() >> 8 & 255);
		json.writeNumber(kind.rgb() & 255);
		json.writeEndArray();
		json.writeEndObject();
		json.writeBooleanField("isLocked", true);
		json.writeEndObject();
		json.writeEndObject();
	}
}
