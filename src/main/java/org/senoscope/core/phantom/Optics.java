
package org.senoscope.core.phantom;

/** Blur of the objective and noise of the sensor. */
final class Optics {

	private Optics() {}

	/**
	 * Returns the positive half of a normalised Gaussian kernel.
	 *
	 * @param sigmaPx standard deviation in pixels
	 * @param radius largest offset kept
	 */
	static float[] kernel(final double sigmaPx, final int radius) {
		final double[] k = new double[radius + 1];
		double sum = 0;
		for (int i = 0; i <= radius; i++) {
			k[i] = StrictMath.exp(-0.5 * i * i / (sigmaPx * sigmaPx));
			sum += i == 0 ? k[i] : 2 * k[i];
		}
		final float[] out = new float[radius + 1];
		for (int i = 0; i <= radius; i++) {
			out[i] = (float) (k[i] / sum);
		}
		return out;
	}

	/** Returns how far a kernel of that width reaches. */
	static int radius(final double sigmaPx) {
		return (int) Math.ceil(3 * sigmaPx);
	}

	/**
	 * Blurs in place; pixels beyond the border repeat the border.
	 *
	 * @param map row by row
	 * @param scratch as long as {@code map}
	 */
	static void blur(final float[] map, final float[] scratch, final int width,
		final int height, final float[] kernel)
	{
		final int radius = kernel.length - 1;
		for (int y = 0; y < height; y++) {
			final int row = y * width;
			final float centre = kernel[0];
			for (int x = 0; x < width; x++) {
				scratch[row + x] = centre * map[row + x];
			}
			for (int k = 1; k <= radius; k++) {
				final float f = kernel[k];
				final int from = Math.min(width, k), to = Math.max(from, width - k);
				for (int x = from; x < to; x++) {
					scratch[row + x] += f * (map[row + x - k] + map[row + x + k]);
				}
				for (int x = 0; x < from; x++) {
					scratch[row + x] += f * (map[row] + map[row + Math.min(width - 1, x +
						k)]);
				}
				for (int x = to; x < width; x++) {
					scratch[row + x] += f * (map[row + Math.max(0, x - k)] + map[row +
						width - 1]);
				}
			}
		}
		for (int y = 0; y < height; y++) {
			final int row = y * width;
			for (int x = 0; x < width; x++) {
				map[row + x] = kernel[0] * scratch[row + x];
			}
			for (int k = 1; k <= radius; k++) {
				final int up = Math.max(0, y - k) * width;
				final int down = Math.min(height - 1, y + k) * width;
				final float f = kernel[k];
				for (int x = 0; x < width; x++) {
					map[row + x] += f * (scratch[up + x] + scratch[down + x]);
				}
			}
		}
	}

	/** Blurs by a Gaussian of any width. */
	static void blur(final float[] map, final int width, final int height,
		final double sigmaPx)
	{
		blur(map, new float[map.length], width, height, kernel(sigmaPx, radius(
			sigmaPx)));
	}
}
