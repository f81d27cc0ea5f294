
package org.senoscope.core.phantom;

/**
 * A step wedge: squares of indigo of even density over clear glass, to show
 * that a reading is linear in what was planted and where the camera's range
 * ends. Beer-Lambert, plain lamp, noise of the sensor, 8 bit.
 *
 * @param side side of a square in pixels; glass as wide lies between squares
 * @param densities optical density in red of each square, left to right
 */
public record Wedge(int side, double[] densities) {

	/** Indigo in red, green and blue. */
	private static final double[] INDIGO = { 1, 0.57, 0.3 };
	private static final double[] WHITE = { 241, 239, 234 };

	/** Returns the width of the picture in pixels. */
	public int width() {
		return side * (2 * densities.length + 1);
	}

	/** Returns the height of the picture in pixels. */
	public int height() {
		return 3 * side;
	}

	/** Returns the left edge of a square; the upper edge of all is at side. */
	public int left(final int square) {
		return side * (2 * square + 1);
	}

	/**
	 * Draws the picture.
	 *
	 * @param seed seed of the noise
	 * @param light brightness of the lamp, 1 as usual
	 * @return red, green, blue interleaved, row by row
	 */
	public byte[] rgb(final long seed, final double light) {
		final byte[] rgb = new byte[3 * width() * height()];
		for (int y = 0; y < height(); y++)
			for (int x = 0; x < width(); x++) {
				final int column = x / side;
				final double od = column % 2 == 1 && y >= side && y < 2 * side
					? densities[column / 2] : 0;
				for (int c = 0; c < 3; c++) {
					final double grey = light * WHITE[c] * Absorption.transmission(
						(float) (od * INDIGO[c]));
					final double noise = Math.sqrt(grey / 30 + 0.6) * Hash.pixelNormal(
						seed + c, x, y);
					rgb[3 * (y * width() + x) + c] = (byte) Math.max(0, Math.min(255,
						(int) (grey + noise + 0.5)));
				}
			}
		return rgb;
	}
}
