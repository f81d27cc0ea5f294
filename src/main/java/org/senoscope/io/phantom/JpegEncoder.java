
package org.senoscope.io.phantom;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Compresses square RGB tiles as complete JPEG streams (YCbCr, chroma at half
 * resolution both ways). Not thread-safe.
 */
final class JpegEncoder implements Closeable {

	private final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg")
		.next();
	private final ImageWriteParam parameters = writer.getDefaultWriteParam();
	private final BufferedImage image;
	private final byte[] bgr;
	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(
		1 << 17);

	/**
	 * @param tile side of a tile in pixels
	 * @param quality 0..1
	 */
	JpegEncoder(final int tile, final float quality) {
		parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
		parameters.setCompressionQuality(quality);
		image = new BufferedImage(tile, tile, BufferedImage.TYPE_3BYTE_BGR);
		bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
	}

	/** Returns the stream of one tile given as interleaved RGB. */
	byte[] encode(final byte[] rgb) throws IOException {
		for (int i = 0; i < bgr.length; i += 3) {
			bgr[i] = rgb[i + 2];
			bgr[i + 1] = rgb[i + 1];
			bgr[i + 2] = rgb[i];
		}
		bytes.reset();
		try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(
			bytes))
		{
			writer.setOutput(out);
			writer.write(null, new IIOImage(image, null, null), parameters);
		}
		finally {
			writer.reset();
		}
		return bytes.toByteArray();
	}

	@Override
	public void close() {
		writer.dispose();
	}
}
