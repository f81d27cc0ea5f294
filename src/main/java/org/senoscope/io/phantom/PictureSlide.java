
package org.senoscope.io.phantom;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import org.senoscope.core.UserException;
import org.senoscope.core.run.Progress;

/**
 * Makes a slide of any size by repeating a small picture, for measuring speed
 * on real tissue without blank tiles.
 */
public final class PictureSlide {

	private static final float QUALITY = 0.85f;

	private PictureSlide() {}

	/**
	 * Makes a slide from the command line.
	 *
	 * @param arguments picture, slide to write, WIDTHxHEIGHT, pixel size in µm
	 */
	public static void main(final String[] arguments) {
		if (arguments.length != 4 || !arguments[2].matches(
			"[1-9][0-9]{0,6}x[1-9][0-9]{0,6}"))
		{
			System.err.println("give PICTURE SLIDE.ome.tif WIDTHxHEIGHT UM");
			System.exit(2);
		}
		final String[] size = arguments[2].split("x");
		try {
			write(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(
				size[0]), Integer.parseInt(size[1]), Double.parseDouble(arguments[3]));
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
	}

	/**
	 * Writes the slide on all processors.
	 *
	 * @param picture PNG, JPEG, TIFF or what else ImageIO reads
	 * @param slide pyramidal OME-TIFF to write, replaced
	 * @param width width of the slide in pixels
	 * @param height height of the slide in pixels
	 * @param pixelSizeUm pixel size in µm
	 * @throws UserException if the picture cannot be read or the slide not be
	 *           written
	 */
	public static void write(final Path picture, final Path slide,
		final int width, final int height, final double pixelSizeUm)
	{
		final BufferedImage image;
		try {
			image = ImageIO.read(picture.toFile());
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, picture +
				": cannot be read (" + e.getMessage() + "); give a PNG, JPEG or TIFF",
				e);
		}
		if (image == null) throw new UserException(picture +
			": is no picture that Java reads; give a PNG, JPEG or TIFF");
		final int w = image.getWidth(), h = image.getHeight();
		final byte[] rgb = new byte[3 * w * h];
		for (int y = 0; y < h; y++) {
			for (int x = 0; x < w; x++) {
				final int v = image.getRGB(x, y), i = 3 * (y * w + x);
				rgb[i] = (byte) (v >> 16);
				rgb[i + 1] = (byte) (v >> 8);
				rgb[i + 2] = (byte) v;
			}
		}
		write(rgb, w, h, slide, width, height, pixelSizeUm);
	}

	/**
	 * Writes the slide on all processors.
	 *
	 * @param rgb the small picture: red, green, blue interleaved, row by row
	 * @param w width of the small picture
	 * @param h height of the small picture
	 * @param slide pyramidal OME-TIFF to write, replaced
	 * @param width width of the slide in pixels
	 * @param height height of the slide in pixels
	 * @param pixelSizeUm pixel size in µm
	 * @throws UserException if the slide cannot be written
	 */
	public static void write(final byte[] rgb, final int w, final int h,
		final Path slide, final int width, final int height,
		final double pixelSizeUm)
	{
		final String name = slide.getFileName().toString().replaceFirst(
			"(\\.ome)?\\.tiff?$", "");
		try {
			new PyramidWriter(width, height, pixelSizeUm, QUALITY, Runtime
				.getRuntime().availableProcessors()).write(slide, name, true,
					TileProvider.repeated(rgb, w, h), Progress.SILENT);
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.FAILURE, slide +
				": cannot be written (" + e.getMessage() +
				"); free disk space or choose another place", e);
		}
	}
}
