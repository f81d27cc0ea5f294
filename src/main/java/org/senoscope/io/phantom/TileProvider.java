
package org.senoscope.io.phantom;

/**
 * Gives any rectangle of an RGB picture. Called from several threads, in any
 * order; the same rectangle always has the same pixels.
 */
@FunctionalInterface
public interface TileProvider {

	/**
	 * Draws a rectangle of the full-resolution picture.
	 *
	 * @param x left edge in pixels
	 * @param y top edge in pixels
	 * @param width width in pixels; the rectangle lies inside the picture
	 * @param height height in pixels
	 * @param rgb receives red, green, blue interleaved, row by row; at least
	 *          {@code 3 * width * height} long
	 */
	void read(int x, int y, int width, int height, byte[] rgb);

	/**
	 * Returns a provider that repeats a small picture over the plane, as speed
	 * tests on slides need.
	 *
	 * @param rgb red, green, blue interleaved, row by row
	 * @param width width of the small picture
	 * @param height height of the small picture
	 */
	static TileProvider repeated(final byte[] rgb, final int width,
		final int height)
	{
		return (x0, y0, w, h, out) -> {
			for (int y = 0; y < h; y++) {
				final int row = (y0 + y) % height * width;
				for (int x = 0; x < w;) {
					final int from = (x0 + x) % width;
					final int run = Math.min(w - x, width - from);
					System.arraycopy(rgb, 3 * (row + from), out, 3 * (y * w + x), 3 *
						run);
					x += run;
				}
			}
		};
	}
}
