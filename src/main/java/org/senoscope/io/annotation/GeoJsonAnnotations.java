
package org.senoscope.io.annotation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;
import org.senoscope.core.image.Annotation;

/**
 * GeoJSON as QuPath writes it: a FeatureCollection, a list of Features, one
 * Feature, or a bare geometry; Polygon and MultiPolygon with holes;
 * classification as an object with a name or as a text.
 */
final class GeoJsonAnnotations implements AnnotationReader.Format {

	@Override
	public List<Annotation> read(final byte[] content) throws IOException {
		final JsonNode root = new ObjectMapper().readTree(content);
		final List<Annotation> annotations = new ArrayList<>();
		if (root.isArray()) {
			for (final JsonNode feature : root)
				add(feature, annotations);
		}
		else if (root.path("type").asText().equals("FeatureCollection")) {
			for (final JsonNode feature : root.path("features")) {
				add(feature, annotations);
			}
		}
		else add(root, annotations);
		return annotations;
	}

	private static void add(final JsonNode feature,
		final List<Annotation> annotations)
	{
		final boolean isFeature = feature.path("type").asText().equals("Feature");
		final JsonNode node = isFeature ? feature.path("geometry") : feature;
		final Geometry geometry = geometry(node);
		if (geometry == null || geometry.isEmpty()) return;
		final JsonNode properties = feature.path("properties");
		final JsonNode classification = properties.path("classification");
		annotations.add(new Annotation(properties.path("name").asText(""),
			classification.isTextual() ? classification.asText() : classification
				.path("name").asText(""), geometry));
	}

	/** Returns the area, null for points, lines and nothing. */
	static Geometry geometry(final JsonNode node) {
		final JsonNode coordinates = node.path("coordinates");
		final String type = node.path("type").asText();
		switch (type) {
			case "Polygon":
				return Areas.valid(polygon(coordinates));
			case "MultiPolygon": {
				final List<Polygon> polygons = new ArrayList<>();
				for (final JsonNode part : coordinates)
					polygons.add(polygon(part));
				return Areas.valid(Areas.FACTORY.createMultiPolygon(polygons.toArray(
					Polygon[]::new)));
			}
			case "GeometryCollection": {
				final List<Geometry> parts = new ArrayList<>();
				for (final JsonNode part : node.path("geometries")) {
					final Geometry area = geometry(part);
					if (area != null) parts.add(area);
				}
				return Areas.areasOf(Areas.FACTORY.buildGeometry(parts));
			}
			case "Point", "MultiPoint", "LineString", "MultiLineString":
				return null;
			default:
				throw new IllegalArgumentException(type.isEmpty()
					? "it is no GeoJSON (a \"type\" is missing)" : "unknown geometry \"" +
						type + "\"");
		}
	}

	private static Polygon polygon(final JsonNode rings) {
		if (rings.isEmpty()) throw new IllegalArgumentException(
			"a polygon has no coordinates");
		final LinearRing[] holes = new LinearRing[rings.size() - 1];
		for (int i = 0; i < holes.length; i++)
			holes[i] = ring(rings.get(i + 1));
		return Areas.FACTORY.createPolygon(ring(rings.get(0)), holes);
	}

	private static LinearRing ring(final JsonNode places) {
		final List<Coordinate> ring = new ArrayList<>();
		for (final JsonNode place : places) {
			if (!place.path(0).isNumber() || !place.path(1).isNumber())
				throw new IllegalArgumentException("a coordinate is not a number");
			ring.add(new Coordinate(place.get(0).asDouble(), place.get(1)
				.asDouble()));
		}
		return Areas.ring(ring);
	}
}
