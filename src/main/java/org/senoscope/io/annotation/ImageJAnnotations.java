
package org.senoscope.io.annotation;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.senoscope.core.image.Annotation;

import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.io.RoiDecoder;
import ij.process.FloatPolygon;

/**
 * ImageJ regions of interest, one ({@code .roi}) or a zip of them: rectangles,
 * ovals, polygons (float ones too), freehand and composite areas. The class is
 * the property {@code class} or {@code classification} of the region, or the
 * name before ": " where it has such a one; else the group's number stands for
 * nothing.
 */
final class ImageJAnnotations implements AnnotationReader.Format {

	private final String fileName;

	ImageJAnnotations(final String fileName) {
		this.fileName = fileName;
	}

	@Override
	public List<Annotation> read(final byte[] content) throws IOException {
		final List<Annotation> annotations = new ArrayList<>();
		if (content.length > 1 && content[0] == 'P' && content[1] == 'K') {
			try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(
				content)))
			{
				for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip
					.getNextEntry())
				{
					final String name = entry.getName();
					if (name.endsWith(".roi")) add(zip.readAllBytes(), name, annotations);
				}
			}
		}
		else add(content, fileName, annotations);
		return annotations;
	}

	private static void add(final byte[] bytes, final String entry,
		final List<Annotation> annotations) throws IOException
	{
		final String name = entry.replaceFirst("\\.(roi|ROI)$", "").replaceFirst(
			"^.*/", "");
		final Roi roi = new RoiDecoder(bytes, name).getRoi();
		if (roi == null) throw new IOException("\"" + entry +
			"\" is no ImageJ region");
		if (!roi.isArea()) return;
		final Geometry geometry = Areas.valid(geometry(roi));
		if (geometry.isEmpty()) return;
		String classification = roi.getProperty("class");
		if (classification == null) classification = roi.getProperty(
			"classification");
		annotations.add(new Annotation(roi.getName() == null ? name : roi.getName(),
			classification, geometry));
	}

	private static Geometry geometry(final Roi roi) {
		if (roi instanceof ShapeRoi composite) return composite(composite);
		if (roi.getType() == Roi.OVAL || roi.getType() == Roi.RECTANGLE && roi
			.getCornerDiameter() > 0)
		{
			final ShapeRoi shape = new ShapeRoi(roi);
			return composite(shape);
		}
		final FloatPolygon polygon = roi.getFloatPolygon();
		final List<Coordinate> places = new ArrayList<>();
		for (int i = 0; i < polygon.npoints; i++) {
			places.add(new Coordinate(polygon.xpoints[i], polygon.ypoints[i]));
		}
		return Areas.FACTORY.createPolygon(Areas.ring(places));
	}

	/** Rings inside rings are holes (even-odd rule), as ImageJ draws them. */
	private static Geometry composite(final ShapeRoi roi) {
		final Shape shape = roi.getShape();
		final PathIterator path = shape.getPathIterator(AffineTransform
			.getTranslateInstance(roi.getXBase(), roi.getYBase()), 0.1);
		Geometry area = Areas.FACTORY.createPolygon();
		List<Coordinate> places = new ArrayList<>();
		final double[] at = new double[6];
		for (; !path.isDone(); path.next()) {
			final int segment = path.currentSegment(at);
			if (segment == PathIterator.SEG_MOVETO && !places.isEmpty()) {
				area = toggle(area, places);
				places = new ArrayList<>();
			}
			if (segment != PathIterator.SEG_CLOSE) places.add(new Coordinate(at[0],
				at[1]));
		}
		return toggle(area, places);
	}

	private static Geometry toggle(final Geometry area,
		final List<Coordinate> places)
	{
		if (places.size() < 3) return area;
		return Areas.areasOf(area.symDifference(Areas.valid(Areas.FACTORY
			.createPolygon(Areas.ring(places)))));
	}
}
