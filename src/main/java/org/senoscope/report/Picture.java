
package org.senoscope.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;

import org.senoscope.core.image.Display;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.Overview;
import org.senoscope.core.image.PyramidLevel;
import org.senoscope.core.image.Region;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Makes pictures of parts of a slide, and makes them small. */
final class Picture {

	private Picture() {}

	/**
	 * Reads a part of a slide at the pyramid level that fits.
	 *
	 * @param display how the slide is shown
	 * @param info the slide
	 * @param region rectangle in level-0 pixels, inside the slide
	 * @param scale pixels of the picture a level-0 pixel
	 */
	static BufferedImage of(final Display display, final ImageInfo info,
		final Region region, final double scale)
	{
		final int index = level(info.levels(), 1 / scale);
		final PyramidLevel level = info.levels().get(index);
		final double ds = level.downsample();
		final int x0 = (int) Math.floor(region.x() / ds), y0 = (int) Math.floor(
			region.y() / ds);
		final Region part = new Region(x0, y0, (int) Math.ceil(region.right() /
			ds) - x0, (int) Math.ceil(region.bottom() / ds) - y0).intersect(
				new Region(0, 0, level.width(), level.height()));
		BufferedImage image = rgb(part.width(), part.height(), display.rgb(index,
			part));
		// interpolation looks at two pixels only: halve while there are more
		double shrink = ds * scale;
		double size = ds;
		while (shrink <= 0.5 && image.getWidth() > 1 && image.getHeight() > 1) {
			image = halve(image);
			shrink *= 2;
			size *= 2;
		}
		final BufferedImage out = new BufferedImage(Math.max(1, (int) Math.round(
			region.width() * scale)), Math.max(1, (int) Math.round(region.height() *
				scale)), BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = out.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, shrink > 1.01
			? RenderingHints.VALUE_INTERPOLATION_BICUBIC
			: RenderingHints.VALUE_INTERPOLATION_BILINEAR);
		final AffineTransform place = AffineTransform.getTranslateInstance((part
			.x() * ds - region.x()) * scale, (part.y() * ds - region.y()) * scale);
		place.scale(size * scale, size * scale);
		g.drawImage(image, place, null);
		g.dispose();
		return out;
	}

	/** Returns a picture of interleaved red, green, blue. */
	static BufferedImage rgb(final int width, final int height,
		final byte[] rgb)
	{
		final BufferedImage image = new BufferedImage(width, height,
			BufferedImage.TYPE_INT_RGB);
		final int[] row = new int[width];
		for (int y = 0, i = 0; y < height; y++) {
			for (int x = 0; x < width; x++, i += 3)
				row[x] = (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | rgb[i + 2] &
					0xff;
			image.setRGB(0, y, width, 1, row, 0, width);
		}
		return image;
	}

	/** Returns the overview as a picture. */
	static BufferedImage of(final Overview overview) {
		return rgb(overview.width(), overview.height(), overview.rgb());
	}

	/** Returns a copy of a size. */
	static BufferedImage resized(final BufferedImage image, final int width,
		final int height)
	{
		BufferedImage from = image;
		while (from.getWidth() >= 2 * width && from.getHeight() >= 2 * height)
			from = halve(from);
		final BufferedImage out = new BufferedImage(width, height,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = out.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_INTERPOLATION,
			RenderingHints.VALUE_INTERPOLATION_BICUBIC);
		g.drawImage(from, 0, 0, width, height, null);
		g.dispose();
		return out;
	}

	/** Prepares smooth drawing. */
	static Graphics2D smooth(final BufferedImage image) {
		final Graphics2D g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING,
			RenderingHints.VALUE_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL,
			RenderingHints.VALUE_STROKE_PURE);
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING,
			RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		return g;
	}

	/** Returns a picture as a data URI that a web page holds in itself. */
	static String dataUri(final BufferedImage image, final float quality) {
		return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg(
			image, quality));
	}

	private static byte[] jpeg(final BufferedImage image, final float quality) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg")
			.next();
		try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
			writer.setOutput(out);
			final ImageWriteParam how = writer.getDefaultWriteParam();
			how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
			how.setCompressionQuality(quality);
			final IIOMetadata meta = writer.getDefaultImageMetadata(
				new ImageTypeSpecifier(image), how);
			keepColours(meta);
			writer.write(null, new IIOImage(image, List.of(), meta), how);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		finally {
			writer.dispose();
		}
		return bytes.toByteArray();
	}

	/** Colour at full resolution: thin coloured lines turn grey without. */
	private static void keepColours(final IIOMetadata meta) throws IOException {
		final String format = meta.getNativeMetadataFormatName();
		final Element root = (Element) meta.getAsTree(format);
		final NodeList components = root.getElementsByTagName("componentSpec");
		for (int i = 0; i < components.getLength(); i++) {
			((Element) components.item(i)).setAttribute("HsamplingFactor", "1");
			((Element) components.item(i)).setAttribute("VsamplingFactor", "1");
		}
		meta.setFromTree(format, root);
	}

	/** The coarsest level that is not coarser than wanted. */
	private static int level(final List<PyramidLevel> levels,
		final double downsample)
	{
		int best = 0;
		for (int i = 1; i < levels.size(); i++)
			if (levels.get(i).downsample() <= downsample * 1.01 && levels.get(i)
				.downsample() > levels.get(best).downsample()) best = i;
		return best;
	}

	private static BufferedImage halve(final BufferedImage image) {
		final int width = Math.max(1, image.getWidth() / 2), height = Math.max(1,
			image.getHeight() / 2);
		final BufferedImage half = new BufferedImage(width, height,
			BufferedImage.TYPE_INT_RGB);
		final int[] two = new int[4 * width], one = new int[width];
		for (int y = 0; y < height; y++) {
			image.getRGB(0, 2 * y, 2 * width, 2, two, 0, 2 * width);
			for (int x = 0; x < width; x++) {
				final int a = two[2 * x], b = two[2 * x + 1], c = two[2 * (width + x)],
						d = two[2 * (width + x) + 1];
				int sum = 0;
				for (int shift = 0; shift <= 16; shift += 8)
					sum |= (a >> shift & 0xff) + (b >> shift & 0xff) + (c >> shift &
						0xff) + (d >> shift & 0xff) + 2 >> 2 << shift;
				one[x] = sum;
			}
			half.setRGB(0, y, width, 1, one, 0, width);
		}
		return half;
	}
}
