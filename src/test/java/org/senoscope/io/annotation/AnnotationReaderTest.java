
package org.senoscope.io.annotation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.senoscope.core.UserException;
import org.senoscope.core.image.Annotation;

import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.io.RoiEncoder;

class AnnotationReaderTest {

	private static final String SQUARE =
		"[[10,20],[110,20],[110,120],[10,120],[10,20]]";
	private static final String HOLE =
		"[[30,40],[60,40],[60,70],[30,70],[30,40]]";

	@TempDir
	Path folder;

	private List<Annotation> read(final String name, final String content)
		throws IOException
	{
		return AnnotationReader.read(Files.writeString(folder.resolve(name),
			content));
	}

	private static boolean holds(final Annotation annotation, final double x,
		final double y)
	{
		return annotation.geometry().contains(annotation.geometry().getFactory()
			.createPoint(new Coordinate(x, y)));
	}

	@Test
	void qupathFeatureCollectionsKeepNamesClassesAndHoles() throws IOException {
		final List<Annotation> read = read("a.geojson",
			"""
					{"type":"FeatureCollection","features":[
					{"type":"Feature","id":"1","geometry":{"type":"Polygon","coordinates":[%s,%s]},
					 "properties":{"objectType":"annotation","name":"A1",
					 "classification":{"name":"Tumor","color":[200,0,0]}}},
					{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":
					 [[%s],[[[200,0],[210,0],[210,10],[200,0]]]]},
					 "properties":{"classification":"Stroma"}},
					{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}},
					{"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}
					]}"""
				.formatted(SQUARE, HOLE, SQUARE));
		assertEquals(2, read.size());
		assertEquals("A1", read.get(0).name());
		assertEquals("Tumor", read.get(0).classification());
		assertEquals(10_000 - 900, read.get(0).geometry().getArea(), 1e-9);
		assertFalse(holds(read.get(0), 45, 55));
		assertTrue(holds(read.get(0), 20, 55));
		assertEquals("Stroma", read.get(1).classification());
		assertEquals("", read.get(1).name());
		assertEquals(10_050, read.get(1).geometry().getArea(), 1e-9);
	}

	@Test
	void singleFeaturesListsAndBareGeometriesAreRead() throws IOException {
		final String polygon = "{\"type\":\"Polygon\",\"coordinates\":[" + SQUARE +
			"]}";
		final String feature = "{\"type\":\"Feature\",\"geometry\":" + polygon +
			"}";
		for (final String content : List.of(polygon, feature, "[" + feature +
			"]"))
		{
			assertEquals(10_000, read("b.json", content).get(0).geometry().getArea());
		}
	}

	@Test
	void lineDrawnAcrossItselfBecomesAValidArea() throws IOException {
		// A bow tie: two triangles of 25 px each.
		final Geometry area = read("c.geojson",
			"{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[10,10],[10,0],[0,10],[0,0]]]}")
			.get(0).geometry();
		assertTrue(area.isValid());
		assertEquals(50, area.getArea(), 1e-9);
	}

	@Test
	void imageJZipsKeepFloatPolygonsOvalsRectanglesAndComposites()
		throws IOException
	{
		final Roi polygon = new PolygonRoi(new float[] { 40000.5f, 40100.5f,
			40100.5f }, new float[] { 50000.25f, 50000.25f, 50100.25f }, Roi.POLYGON);
		polygon.setProperty("class", "Tumor");
		final Roi ring = new ShapeRoi(new Roi(100, 100, 60, 60)).not(new ShapeRoi(
			new Roi(120, 120, 20, 20)));
		final Path file = folder.resolve("rois.zip");
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(
			file)))
		{
			put(zip, "one", polygon);
			put(zip, "two", new Roi(5, 6, 30, 40));
			put(zip, "three", new OvalRoi(0, 0, 100, 50));
			put(zip, "four", ring);
			put(zip, "point", new PointRoi(3, 4));
		}
		final List<Annotation> read = AnnotationReader.read(file);
		assertEquals(List.of("one", "two", "three", "four"), read.stream().map(
			Annotation::name).toList());
		assertEquals("Tumor", read.get(0).classification());
		assertEquals(5000, read.get(0).geometry().getArea(), 1e-3);
		assertTrue(holds(read.get(0), 40090, 50010));
		assertEquals(1200, read.get(1).geometry().getArea(), 1e-9);
		assertTrue(holds(read.get(1), 5.5, 6.5));
		assertEquals(Math.PI * 50 * 25, read.get(2).geometry().getArea(), 40);
		assertEquals(3600 - 400, read.get(3).geometry().getArea(), 1e-9);
		assertFalse(holds(read.get(3), 130, 130));
	}

	private static void put(final ZipOutputStream zip, final String name,
		final Roi roi) throws IOException
	{
		roi.setName(name);
		zip.putNextEntry(new ZipEntry(name + ".roi"));
		zip.write(RoiEncoder.saveAsByteArray(roi));
		zip.closeEntry();
	}

	@Test
	void aSingleImageJRegionIsRead() throws IOException {
		final Path file = Files.write(folder.resolve("field.roi"), RoiEncoder
			.saveAsByteArray(new Roi(1, 2, 3, 4)));
		assertEquals(12, AnnotationReader.read(file).get(0).geometry().getArea());
		assertEquals("field", AnnotationReader.read(file).get(0).name());
	}

	@Test
	void asapAnnotationsAreReadWithDecimalCommasAndInOrder() throws IOException {
		final List<Annotation> read = read("asap.xml",
			"""
					<?xml version="1.0"?>
					<ASAP_Annotations><Annotations>
					<Annotation Name="A 0" Type="Polygon" PartOfGroup="Tumor" Color="#F4FA58"><Coordinates>
					<Coordinate Order="0" X="10,5" Y="20,5"/>
					<Coordinate Order="2" X="110,5" Y="120,5"/>
					<Coordinate Order="1" X="110,5" Y="20,5"/>
					<Coordinate Order="3" X="10.5" Y="120.5"/>
					</Coordinates></Annotation>
					<Annotation Name="A 1" Type="Dot" PartOfGroup="None"><Coordinates>
					<Coordinate Order="0" X="1" Y="2"/></Coordinates></Annotation>
					<Annotation Name="A 2" Type="Rectangle" PartOfGroup="None"><Coordinates>
					<Coordinate Order="0" X="0" Y="0"/><Coordinate Order="1" X="4" Y="0"/>
					<Coordinate Order="2" X="4" Y="5"/><Coordinate Order="3" X="0" Y="5"/>
					</Coordinates></Annotation>
					</Annotations><AnnotationGroups><Group Name="Tumor" PartOfGroup="None"/></AnnotationGroups>
					</ASAP_Annotations>""");
		assertEquals(2, read.size());
		assertEquals("Tumor", read.get(0).classification());
		assertEquals(10_000, read.get(0).geometry().getArea(), 1e-9);
		assertTrue(holds(read.get(0), 11, 21));
		assertEquals("", read.get(1).classification());
		assertEquals(20, read.get(1).geometry().getArea(), 1e-9);
	}

	@Test
	void negativeRegionsOfImageScopeAreHoles() throws IOException {
		final List<Annotation> read = read("scope.xml",
			"""
					<?xml version="1.0" encoding="UTF-8"?>
					<Annotations MicronsPerPixel="0.499"><Annotation Id="1" Name="Tumor">
					<Regions>
					<Region Id="1" Type="0" NegativeROA="0" Text="core"><Vertices>
					<Vertex X="0" Y="0" Z="0"/><Vertex X="100" Y="0"/><Vertex X="100" Y="100"/><Vertex X="0" Y="100"/>
					</Vertices></Region>
					<Region Id="2" Type="0" NegativeROA="1"><Vertices>
					<Vertex X="40" Y="40"/><Vertex X="60" Y="40"/><Vertex X="60" Y="60"/><Vertex X="40" Y="60"/>
					</Vertices></Region>
					<Region Id="3" Type="2" NegativeROA="0"><Vertices>
					<Vertex X="200" Y="0"/><Vertex X="300" Y="50"/></Vertices></Region>
					</Regions></Annotation></Annotations>""");
		assertEquals(2, read.size());
		assertEquals("core", read.get(0).name());
		assertEquals("Tumor", read.get(0).classification());
		assertEquals(9600, read.get(0).geometry().getArea(), 1e-9);
		assertFalse(holds(read.get(0), 50, 50));
		// 72 corners lack 0.13 % of the ellipse.
		assertEquals(Math.PI * 50 * 25, read.get(1).geometry().getArea(), 6);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "a.geojson | {\"type\":\"Poly",
		"a.geojson | {\"a\":1}",
		"a.geojson | {\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,4]]]}",
		"a.geojson | {\"type\":\"Polygon\",\"coordinates\":[[[\"x\",2],[3,4],[5,6]]]}",
		"a.geojson | {\"type\":\"FeatureCollection\",\"features\":[]}",
		"a.roi | no region", "a.zip | no zip", "a.xml | <a", "a.xml | <html/>",
		"a.xml | <ASAP_Annotations><Annotation Type=\"Polygon\"><Coordinate X=\"a\" Y=\"1\"/></Annotation></ASAP_Annotations>",
		"a.txt | x" })
	void whatCannotBeReadGivesOneLine(final String name, final String content) {
		final UserException exc = assertThrows(UserException.class, () -> read(name,
			content));
		assertEquals(1, exc.getMessage().lines().count(), exc.getMessage());
		assertTrue(exc.getMessage().contains(name), exc.getMessage());
		assertFalse(exc.getMessage().contains("Source"), exc.getMessage());
		assertTrue(exc.getMessage().contains(";"), "says what to do: " + exc
			.getMessage());
	}

	@Test
	void filesCannotPullInOtherFiles() throws IOException {
		final Path secret = Files.writeString(folder.resolve("secret"), "Tumor");
		final UserException exc = assertThrows(UserException.class, () -> read(
			"x.xml", "<!DOCTYPE a [<!ENTITY e SYSTEM \"" + secret.toUri() +
				"\">]><ASAP_Annotations>&e;</ASAP_Annotations>"));
		assertTrue(exc.getMessage().contains("DOCTYPE"), exc.getMessage());
	}

	@Test
	void aMissingFileIsNamed() {
		assertTrue(assertThrows(UserException.class, () -> AnnotationReader.read(
			folder.resolve("none.geojson"))).getMessage().contains("none.geojson"));
	}
}
