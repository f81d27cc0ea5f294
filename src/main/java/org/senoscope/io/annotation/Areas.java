
package org.senoscope.io.annotation;

import java.util.List;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.util.GeometryFixer;
import org.locationtech.jts.geom.util.PolygonExtracter;
import org.locationtech.jts.operation.union.UnaryUnionOp;

/** Makes valid areas of what people draw. */
final class Areas {

	static final GeometryFactory FACTORY = new GeometryFactory();

	private Areas() {}

	/**
	 * Returns a ring, closed where the drawing is not.
	 *
	 * @throws IllegalArgumentException if there are fewer than three places or
	 *           one is not a number
	 */
	static LinearRing ring(final List<Coordinate> places) {
		for (final Coordinate place : places) {
			if (!Double.isFinite(place.x) || !Double.isFinite(place.y))
				throw new IllegalArgumentException("a coordinate is not a number");
		}
		final Coordinate[] closed = new Coordinate[places.size() + (isClosed(places)
			? 0 : 1)];
		for (int i = 0; i < closed.length; i++) {
			closed[i] = places.get(i % places.size());
		}
		if (closed.length < 4) throw new IllegalArgumentException(
			"a polygon has fewer than three corners");
		return FACTORY.createLinearRing(closed);
	}

	private static boolean isClosed(final List<Coordinate> places) {
		return places.size() > 1 && places.get(0).equals2D(places.get(places
			.size() - 1));
	}

	/**
	 * Returns the area itself where it is valid, else a valid one (lines drawn by
	 * hand cross themselves); empty where it has no extent.
	 */
	static Geometry valid(final Geometry drawn) {
		if (drawn.isValid()) return drawn;
		return areasOf(GeometryFixer.fix(drawn));
	}

	/** Returns the polygons of a geometry as one area, leaving lines out. */
	static Geometry areasOf(final Geometry geometry) {
		final List<?> polygons = PolygonExtracter.getPolygons(geometry);
		if (polygons.isEmpty()) return FACTORY.createPolygon();
		return polygons.size() == 1 ? (Geometry) polygons.get(0) : UnaryUnionOp
			.union(FACTORY.buildGeometry(polygons.stream().map(Geometry.class::cast)
				.toList()));
	}
}
