
package org.senoscope.io.output;

import org.senoscope.core.image.ImageInfo;

/** The OME-XML of the pictures that we write. */
final class OmeXml {

	private OmeXml() {}

	/** Returns the description of a label image of an image's size. */
	static String labels(final ImageInfo image, final double pixelUm,
		final boolean wide)
	{
		final double ratio = image.hasPixelSize() ? image.pixelSizeYUm() / image
			.pixelSizeXUm() : 1;
		// the width that was used decides; the file's own ratio is kept
		final double widthUm = pixelUm * 2 / (1 + ratio);
		final NumberText number = new NumberText();
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" +
			"<OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"" +
			" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"" +
			" xsi:schemaLocation=\"http://www.openmicroscopy.org/Schemas/OME/2016-06" +
			" http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd\"" +
			" Creator=\"Senoscope\"><Image ID=\"Image:0\" Name=\"" + escape(image
				.name()) +
			" nuclei\"><Pixels ID=\"Pixels:0\" DimensionOrder=\"XYCZT\"" +
			" Type=\"" + (wide ? "uint32" : "uint16") + "\" SizeX=\"" + image
				.width() + "\" SizeY=\"" + image.height() +
			"\" SizeC=\"1\" SizeZ=\"1\" SizeT=\"1\" BigEndian=\"false\"" + size("X",
				number.reading(widthUm)) + size("Y", number.reading(widthUm * ratio)) +
			"><Channel ID=\"Channel:0:0\" Name=\"nuclei (value = cell_id)\"" +
			" SamplesPerPixel=\"1\"/><TiffData IFD=\"0\" PlaneCount=\"1\"/>" +
			"</Pixels></Image></OME>";
	}

	private static String size(final String axis, final NumberText um) {
		return um.length() == 0 ? "" : " PhysicalSize" + axis + "=\"" + um +
			"\" PhysicalSize" + axis + "Unit=\"µm\"";
	}

	/** Bio-Formats does not understand character references by number. */
	private static String escape(final String text) {
		final StringBuilder escaped = new StringBuilder();
		for (final char c : text.toCharArray())
			switch (c) {
				case '<' -> escaped.append("&lt;");
				case '>' -> escaped.append("&gt;");
				case '&' -> escaped.append("&amp;");
				case '"' -> escaped.append("&quot;");
				default -> escaped.append(c < 0x20 || c >= 0xfffe ? ' ' : c);
			}
		return escaped.toString();
	}
}
