
package org.senoscope.core.phantom;

/** A scale bar burnt into the pixels, as camera programs leave it. */
final class ScaleBar {

	/** Letters of "50 um" (the u with its tail), five columns by eight rows. */
	// @formatter:off
	private static final String[] TEXT = {
		"##### .###. ..... ..... .......",
		"#.... #...# ..... ..... .......",
		"####. #..## ..... #..#. ##.#...",
		"....# #.#.# ..... #..#. #.#.#..",
		"....# ##..# ..... #..#. #.#.#..",
		"#...# #...# ..... #..#. #.#.#..",
		".###. .###. ..... ###.# #.#.#..",
		"..... ..... ..... #.... .......",
	};
	// @formatter:on
	private static final double LENGTH_UM = 50;

	private ScaleBar() {}

	/** Draws a black bar of 50 µm with its text at the lower right. */
	static void burn(final byte[] rgb, final int width, final int height,
		final double pixelSizeUm)
	{
		final int length = (int) Math.round(LENGTH_UM / pixelSizeUm);
		final int scale = 2;
		final int x0 = width - length - 16, y0 = height - 18;
		if (x0 < 0 || y0 < 24) return;
		fill(rgb, width, x0, y0, length, 5);
		final int tx = x0 + (length - TEXT[0].length() * scale) / 2;
		for (int r = 0; r < TEXT.length; r++) {
			for (int c = 0; c < TEXT[r].length(); c++) {
				if (TEXT[r].charAt(c) == '#') fill(rgb, width, tx + c * scale, y0 - 20 +
					r * scale, scale, scale);
			}
		}
	}

	private static void fill(final byte[] rgb, final int width, final int x0,
		final int y0, final int w, final int h)
	{
		for (int y = y0; y < y0 + h; y++) {
			for (int i = 3 * (y * width + x0); i < 3 * (y * width + x0 + w); i++) {
				rgb[i] = 12;
			}
		}
	}
}
