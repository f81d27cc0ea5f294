
package org.senoscope.core.nuclei;

/**
 * A plane of nuclear signal: bright nuclei on a dark background (fluorescence
 * intensity, or an optical density in which all nuclei are high).
 *
 * @param values row major, x fastest, {@code width * height} values in any
 *          unit; values that are not finite count as background
 * @param width pixels along x
 * @param height pixels along y
 */
public record SignalPlane(float[] values, int width, int height) {

	/** Checks that the size and the array agree. */
	public SignalPlane {
		if (width < 0 || height < 0 || (long) width * height > values.length)
			throw new IllegalArgumentException("A plane of " + width + " x " +
				height + " px needs more than " + values.length + " values");
	}

	/**
	 * Averages blocks of {@code factor x factor} pixels. Blocks cut by the right
	 * or lower border average the pixels they have.
	 *
	 * @param factor side of a block, 1 or more
	 * @return a plane of {@code ceil(width / factor) x ceil(height / factor)}
	 *         pixels; this plane itself for factor 1
	 */
	public SignalPlane areaAveraged(final int factor) {
		if (factor == 1) return this;
		final int w = (width + factor - 1) / factor;
		final int h = (height + factor - 1) / factor;
		final float[] out = new float[w * h];
		for (int y = 0; y < h; y++) {
			final int y1 = Math.min(height, (y + 1) * factor);
			for (int x = 0; x < w; x++) {
				final int x1 = Math.min(width, (x + 1) * factor);
				float sum = 0;
				for (int yy = y * factor; yy < y1; yy++)
					for (int xx = x * factor; xx < x1; xx++)
						sum += values[yy * width + xx];
				out[y * w + x] = sum / ((y1 - y * factor) * (x1 - x * factor));
			}
		}
		return new SignalPlane(out, w, h);
	}
}
