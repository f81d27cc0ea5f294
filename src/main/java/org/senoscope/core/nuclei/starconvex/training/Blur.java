
package org.senoscope.core.nuclei.starconvex.training;

/** Gaussian blur of pictures, mirrored at their edges. */
final class Blur {

	private Blur() {}

	/**
	 * Blurs a picture.
	 *
	 * @param pixels row by row, channels fastest; not changed
	 * @param sigma standard deviation in pixels; 0: a copy is returned
	 */
	static float[] gaussian(final float[] pixels, final int width,
		final int height, final int channels, final double sigma)
	{
		if (sigma < 0.05) return pixels.clone();
		final int radius = Math.max(1, (int) Math.ceil(3 * sigma));
		final float[] kernel = new float[radius + 1];
		double sum = 0;
		for (int i = 0; i <= radius; i++)
			sum += (i == 0 ? 1 : 2) * Math.exp(-0.5 * i * i / (sigma * sigma));
		for (int i = 0; i <= radius; i++)
			kernel[i] = (float) (Math.exp(-0.5 * i * i / (sigma * sigma)) / sum);
		final float[] rows = new float[pixels.length];
		for (int y = 0; y < height; y++)
			along(pixels, rows, y * width * channels, width, channels, channels,
				kernel);
		final float[] out = new float[pixels.length];
		for (int x = 0; x < width; x++)
			along(rows, out, x * channels, height, width * channels, channels,
				kernel);
		return out;
	}

	private static void along(final float[] in, final float[] out,
		final int start, final int n, final int stride, final int channels,
		final float[] kernel)
	{
		for (int i = 0; i < n; i++)
			for (int c = 0; c < channels; c++) {
				float sum = kernel[0] * in[start + i * stride + c];
				for (int k = 1; k < kernel.length; k++)
					sum += kernel[k] * (in[start + PatchMaker.mirrored(i - k, n) *
						stride + c] + in[start + PatchMaker.mirrored(i + k, n) * stride +
							c]);
				out[start + i * stride + c] = sum;
			}
	}
}
