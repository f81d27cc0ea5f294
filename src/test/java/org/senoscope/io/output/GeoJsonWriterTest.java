
package org.senoscope.io.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.Polygon;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.Outline;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.run.Cancellation;

/** Tests {@link GeoJsonWriter}. */
class GeoJsonWriterTest {

	@TempDir
	private Path folder;

	private final SyntheticSlide slide = new SyntheticSlide(AssayKind.KI67, 640,
		480, 300, "a.tif");

	@Test
	void cellsAreQuPathObjectsWithValidRings() throws Exception {
		final JsonNode root = write(slide);
		assertEquals("FeatureCollection", root.get("type").asText());
		assertEquals(slide.cells().size(), root.get("features").size());
		for (int i = 0; i < slide.cells().size(); i++) {
			final Cell cell = slide.cells().get(i);
			final JsonNode feature = root.get("features").get(i);
			assertEquals("Feature", feature.get("type").asText());
			assertEquals(cell.uuid().toString(), feature.get("id").asText());
			checkRing(cell.cell(), feature.get("geometry"));
			checkRing(cell.nucleus(), feature.get("nucleusGeometry"));
			final JsonNode properties = feature.get("properties");
			assertEquals("cell", properties.get("objectType").asText());
			final boolean positive = slide.table().number(cell, "ki67_positive") == 1;
			assertEquals(positive ? "Ki-67 positive" : "Ki-67 negative", properties
				.at("/classification/name").asText());
			assertEquals(3, properties.at("/classification/color").size());
			assertEquals(slide.table().number(cell, "ki67_nucleus_mean"), properties
				.at("/measurements/ki67_nucleus_mean").asDouble(), 1e-6);
			assertFalse(properties.get("measurements").has("p_senescent"),
				"not measured is left out");
			assertEquals("indeterminate", properties.at("/metadata/phenotype")
				.asText());
		}
	}

	@Test
	void aNucleusWithoutCellIsADetection() throws Exception {
		final SyntheticSlide bare = new SyntheticSlide(AssayKind.NUCLEI, 100, 100,
			0, "b.tif");
		bare.add(1, SyntheticSlide.ellipse(50000.25, 70000.5, 9, 7, 0.3));
		final JsonNode feature = write(bare).get("features").get(0);
		assertEquals("detection", feature.at("/properties/objectType").asText());
		assertFalse(feature.has("nucleusGeometry"));
		assertFalse(feature.get("properties").has("classification"));
		checkRing(bare.cells().get(0).nucleus(), feature.get("geometry"));
	}

	@Test
	void bytesAreTheSameInEveryRun() throws Exception {
		write(slide);
		final byte[] first = Files.readAllBytes(file());
		write(slide);
		assertArrayEquals(first, Files.readAllBytes(file()));
		// one feature a line, between the first and the last
		assertEquals(slide.cells().size() + 1, Files.readAllLines(file()).size());
	}

	@Test
	void anEmptySlideIsAnEmptyCollection() throws Exception {
		final JsonNode root = write(new SyntheticSlide(AssayKind.KI67, 100, 100, 0,
			"b.tif"));
		assertEquals(0, root.get("features").size());
	}

	private Path file() {
		return folder.resolve("cells.geojson");
	}

	private JsonNode write(final SyntheticSlide what) throws Exception {
		GeoJsonWriter.write(what, file(), new Cancellation());
		return new ObjectMapper().readTree(file().toFile());
	}

	private static void checkRing(final Outline outline,
		final JsonNode geometry)
	{
		assertEquals("Polygon", geometry.get("type").asText());
		final JsonNode ring = geometry.get("coordinates").get(0);
		final Coordinate[] points = new Coordinate[ring.size()];
		for (int i = 0; i < points.length; i++) {
			points[i] = new Coordinate(ring.get(i).get(0).asDouble(), ring.get(i).get(
				1).asDouble());
			assertEquals(outline.x()[i % outline.corners()], points[i].x, 0.0051);
			assertEquals(outline.y()[i % outline.corners()], points[i].y, 0.0051);
		}
		final Polygon polygon = new GeometryFactory().createPolygon(points);
		assertTrue(polygon.isValid());
		assertEquals(outline.area(), polygon.getArea(), outline.area() * 0.01);
	}
}
