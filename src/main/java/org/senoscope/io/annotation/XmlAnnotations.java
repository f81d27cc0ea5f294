
package org.senoscope.io.annotation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.senoscope.core.image.Annotation;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Annotations of ASAP ({@code ASAP_Annotations}) and of Aperio ImageScope
 * ({@code Annotations} with {@code Regions}).
 * <p>
 * In ASAP an annotation's group is its class. In ImageScope the name of a layer
 * is the class of its regions, and a region with {@code NegativeROA="1"} is a
 * hole in the others of its layer.
 */
final class XmlAnnotations implements AnnotationReader.Format {

	/** Corners of the polygon that stands for an ellipse. */
	private static final int ELLIPSE_CORNERS = 72;
	private static final int IMAGESCOPE_POLYGON = 0;
	private static final int IMAGESCOPE_RECTANGLE = 1;
	private static final int IMAGESCOPE_ELLIPSE = 2;

	@Override
	public List<Annotation> read(final byte[] content) throws IOException {
		final Element root = parse(content);
		if (root.getTagName().equals("ASAP_Annotations")) return asap(root);
		if (root.getTagName().equals("Annotations")) return imageScope(root);
		throw new IOException("its root is <" + root.getTagName() +
			">, neither ASAP nor ImageScope");
	}

	private static Element parse(final byte[] content) throws IOException {
		try {
			final DocumentBuilderFactory factory = DocumentBuilderFactory
				.newDefaultInstance();
			// A file of annotations has no business with other files.
			factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
			factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl",
				true);
			factory.setXIncludeAware(false);
			factory.setExpandEntityReferences(false);
			final DocumentBuilder builder = factory.newDocumentBuilder();
			// Errors arrive as exceptions; the standard handler also prints them.
			builder.setErrorHandler(new DefaultHandler());
			return builder.parse(new ByteArrayInputStream(content))
				.getDocumentElement();
		}
		catch (final SAXException | ParserConfigurationException exc) {
			throw new IOException("it is no valid XML (" + exc.getMessage() + ")",
				exc);
		}
	}

	private static List<Annotation> asap(final Element root) {
		final List<Annotation> annotations = new ArrayList<>();
		for (final Element annotation : descendants(root, "Annotation")) {
			final List<Element> ordered = new ArrayList<>(descendants(annotation,
				"Coordinate"));
			ordered.sort(Comparator.comparingDouble(c -> c.hasAttribute("Order")
				? number(c, "Order") : 0));
			final List<Coordinate> places = places(ordered);
			final Geometry area = switch (annotation.getAttribute("Type")) {
				case "Dot", "PointSet", "Measurement", "Line", "None" -> null;
				default -> Areas.valid(Areas.FACTORY.createPolygon(Areas.ring(places)));
			};
			if (area == null || area.isEmpty()) continue;
			final String group = annotation.getAttribute("PartOfGroup");
			annotations.add(new Annotation(annotation.getAttribute("Name"), group
				.equals("None") ? "" : group, area));
		}
		return annotations;
	}

	private static List<Annotation> imageScope(final Element root) {
		final List<Annotation> annotations = new ArrayList<>();
		for (final Element layer : descendants(root, "Annotation")) {
			final List<Element> regions = descendants(layer, "Region");
			Geometry holes = Areas.FACTORY.createPolygon();
			for (final Element region : regions) {
				if (isNegative(region)) holes = holes.union(area(region));
			}
			for (final Element region : regions) {
				if (isNegative(region)) continue;
				final Geometry area = Areas.areasOf(area(region).difference(holes));
				if (area.isEmpty()) continue;
				final String text = region.getAttribute("Text");
				annotations.add(new Annotation(text.isBlank() ? region.getAttribute(
					"Id") : text, layer.getAttribute("Name"), area));
			}
		}
		return annotations;
	}

	private static boolean isNegative(final Element region) {
		return region.getAttribute("NegativeROA").strip().equals("1");
	}

	/** Returns the area of an ImageScope region, empty for lines and points. */
	private static Geometry area(final Element region) {
		final int type = region.hasAttribute("Type") ? (int) number(region, "Type")
			: IMAGESCOPE_POLYGON;
		final List<Coordinate> places = places(descendants(region, "Vertex"));
		if (type == IMAGESCOPE_ELLIPSE) return ellipse(places);
		if (type == IMAGESCOPE_RECTANGLE && places.size() == 2) return rectangle(
			places);
		if (type != IMAGESCOPE_POLYGON && type != IMAGESCOPE_RECTANGLE)
			return Areas.FACTORY.createPolygon();
		return Areas.valid(Areas.FACTORY.createPolygon(Areas.ring(places)));
	}

	private static Geometry rectangle(final List<Coordinate> corners) {
		final Coordinate a = corners.get(0), b = corners.get(1);
		return Areas.FACTORY.createPolygon(Areas.ring(List.of(a, new Coordinate(b.x,
			a.y), b, new Coordinate(a.x, b.y))));
	}

	/** The vertices are corners of the box around the ellipse. */
	private static Geometry ellipse(final List<Coordinate> corners) {
		if (corners.size() < 2) throw new IllegalArgumentException(
			"an ellipse has fewer than two corners");
		final Envelope box = new Envelope();
		corners.forEach(box::expandToInclude);
		final List<Coordinate> places = new ArrayList<>();
		for (int i = 0; i < ELLIPSE_CORNERS; i++) {
			final double angle = 2 * Math.PI * i / ELLIPSE_CORNERS;
			places.add(new Coordinate(box.centre().x + box.getWidth() / 2 * Math.cos(
				angle), box.centre().y + box.getHeight() / 2 * Math.sin(angle)));
		}
		return Areas.FACTORY.createPolygon(Areas.ring(places));
	}

	private static List<Coordinate> places(final List<Element> elements) {
		final List<Coordinate> places = new ArrayList<>();
		for (final Element element : elements) {
			places.add(new Coordinate(number(element, "X"), number(element, "Y")));
		}
		return places;
	}

	/** Some systems write decimal commas. */
	private static double number(final Element element, final String attribute) {
		final String text = element.getAttribute(attribute).strip().replace(',',
			'.');
		try {
			return Double.parseDouble(text);
		}
		catch (final NumberFormatException exc) {
			throw new IllegalArgumentException("<" + element.getTagName() + " " +
				attribute + "=\"" + text + "\"> is not a number", exc);
		}
	}

	private static List<Element> descendants(final Element parent,
		final String tag)
	{
		final List<Element> elements = new ArrayList<>();
		for (Node node = parent.getFirstChild(); node != null; node = node
			.getNextSibling())
		{
			if (!(node instanceof Element element)) continue;
			if (element.getTagName().equals(tag)) elements.add(element);
			else elements.addAll(descendants(element, tag));
		}
		return elements;
	}
}
