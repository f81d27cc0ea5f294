
package org.senoscope.fiji;

import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.protocol.Protocol;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;

/**
 * Brightfield pictures that were opened as three channels: Bio-Formats shows a
 * red-green-blue picture as a composite of red, green and blue unless told
 * otherwise.
 */
final class RgbComposite {

	private static final int[] PRIMARIES = { 0xff0000, 0x00ff00, 0x0000ff };
	/** Pixels that are looked at along each side. */
	private static final int SAMPLES = 200;
	/**
	 * Mean of the darkest channel from which a picture is brightfield: most of
	 * glass and tissue is light in all three, fluorescence is black around its
	 * objects.
	 */
	private static final int LIGHT = 64;

	private RgbComposite() {}

	/**
	 * Returns the image as one red-green-blue picture if that is what it is:
	 * three 8-bit channels in red, green and blue, light on the whole unless it
	 * is known to be brightfield.
	 *
	 * @param protocol says by assay or kind whether it must be brightfield
	 * @return a copy of the pixels with title and calibration, or the image
	 *         itself
	 */
	static ImagePlus merged(final ImagePlus image, final Protocol protocol) {
		if (!(image instanceof CompositeImage composite) || image
			.getBitDepth() != 8 || image.getNChannels() != 3 || image
				.getStackSize() != 3 || protocol.kind() == ImageKind.FLUORESCENCE)
			return image;
		for (int c = 0; c < 3; c++)
			if ((composite.getChannelLut(c + 1).getRGB(255) &
				0xffffff) != PRIMARIES[c]) return image;
		final boolean unknown = protocol.kind() == ImageKind.AUTO && protocol
			.assay() == AssayKind.NUCLEI;
		if (unknown && !isLight(image)) return image;
		final ColorProcessor pixels = new ColorProcessor(image.getWidth(), image
			.getHeight());
		pixels.setRGB((byte[]) image.getStack().getPixels(1), (byte[]) image
			.getStack().getPixels(2), (byte[]) image.getStack().getPixels(3));
		final ImagePlus merged = new ImagePlus(image.getTitle(), pixels);
		merged.setCalibration(image.getCalibration());
		return merged;
	}

	private static boolean isLight(final ImagePlus image) {
		final int stepX = Math.max(1, image.getWidth() / SAMPLES);
		final int stepY = Math.max(1, image.getHeight() / SAMPLES);
		final ImageStack stack = image.getStack();
		final byte[] red = (byte[]) stack.getPixels(1);
		final byte[] green = (byte[]) stack.getPixels(2);
		final byte[] blue = (byte[]) stack.getPixels(3);
		long sum = 0;
		long count = 0;
		for (int y = 0; y < image.getHeight(); y += stepY)
			for (int x = 0; x < image.getWidth(); x += stepX) {
				final int i = y * image.getWidth() + x;
				sum += Math.min(red[i] & 0xff, Math.min(green[i] & 0xff, blue[i] &
					0xff));
				count++;
			}
		return sum >= LIGHT * count;
	}
}
