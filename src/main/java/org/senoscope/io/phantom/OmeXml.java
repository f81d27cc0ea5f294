
package org.senoscope.io.phantom;

import java.util.List;
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
		return of(name, type, width, height, samples, List.of(channel),
			pixelSizeUm);
	}

	/** Returns the description of a picture of one plane a channel. */
	static String of(final String name, final String type, final int width,
		final int height, final int samples, final List<String> channels,
		final double pixelSizeUm)
	{
		final StringBuilder elements = new StringBuilder();
		for (int c = 0; c < channels.size(); c++)
			elements.append("<Channel ID=\"Channel:0:").append(c).append('"').append(
				channels.get(c).isEmpty() ? "" : " Name=\"" + escape(channels.get(c)) +
					"\"").append(" SamplesPerPixel=\"").append(samples).append("\"/>");
		for (int c = 0; c < channels.size(); c++)
			elements.append("<TiffData").append(c == 0 ? "" : " FirstC=\"" + c + "\"")
				.append(" IFD=\"").append(c).append("\" PlaneCount=\"1\"/>");
		final String size = String.format(Locale.ROOT, "%.6g", pixelSizeUm);
		return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>" +
			"<OME xmlns=\"http://www.openmicroscopy.org/Schemas/OME/2016-06\"" +
			" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"" +
			" xsi:schemaLocation=\"http://www.openmicroscopy.org/Schemas/OME/2016-06" +
			" http://www.openmicroscopy.org/Schemas/OME/2016-06/ome.xsd\">" +
			"<Image ID=\"Image:0\" Name=\"" + escape(name) + "\">" +
			"<Pixels ID=\"Pixels:0\" DimensionOrder=\"XYCZT\" Type=\"" + type +
			"\" SizeX=\"" + width + "\" SizeY=\"" + height +
			"\" SizeZ=\"1\" SizeC=\"" + samples * channels.size() +
			"\" SizeT=\"1\" BigEndian=\"false\" Interleaved=\"" + (samples > 1) +
			"\" PhysicalSizeX=\"" + size +
			"\" PhysicalSizeXUnit=\"µm\" PhysicalSizeY=\"" + size +
			"\" PhysicalSizeYUnit=\"µm\">" + elements + "</Pixels></Image></OME>";
	}

	private static String escape(final String s) {
		return s.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
	}
}
