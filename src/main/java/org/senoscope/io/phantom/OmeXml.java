
package org.senoscope.io.phantom;

import java.util.Locale;

/** The OME description in the first directory of an OME-TIFF (2016-06). */
final class OmeXml {

	private OmeXml() {}

	/**
	 * Returns the description of a single plane.
	 *
	 * @param name name of the image
	 * @param type OME pixel type
	 * @param samples samples a pixel: 3 for RGB, else 1
	 * @param channel name of the channel, empty for RGB
	 */
	static String of(final String name, final String type, final int width,
		final int height, final int samples, final String channel,
		final double pixelSizeUm)
	{
		final String size = String.format(Locale.ROOT, "%.6g", pixelSizeUm);
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" +
			"<OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"" +
			" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"" +
			" xsi:schemaLocation=\"http://www.openmicroscopy.org/Schemas/OME/2016-06" +
			" http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd\">" +
			"<Image ID=\"Image:0\" Name=\"" + escape(name) + "\">" +
			"<Pixels ID=\"Pixels:0\" DimensionOrder=\"XYCZT\" Type=\"" + type +
			"\" SizeX=\"" + width + "\" SizeY=\"" + height +
			"\" SizeZ=\"1\" SizeC=\"" + samples +
			"\" SizeT=\"1\" BigEndian=\"false\" Interleaved=\"" + (samples > 1) +
			"\" PhysicalSizeX=\"" + size +
			"\" PhysicalSizeXUnit=\"µm\" PhysicalSizeY=\"" + size +
			"\" PhysicalSizeYUnit=\"µm\">" + "<Channel ID=\"Channel:0:0\"" + (channel
				.isEmpty() ? "" : " Name=\"" + escape(channel) + "\"") +
			" SamplesPerPixel=\"" + samples +
			"\"/><TiffData IFD=\"0\" PlaneCount=\"1\"/></Pixels></Image></OME>";
	}

	private static String escape(final String s) {
		return s.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
	}
}
