
package org.senoscope.core.stain;

/**
 * Turns pixels into amounts of stain: colour deconvolution (Ruifrok and
 * Johnston 2001). Immutable, thread-safe.
 * <p>
 * All numbers are optical densities by log10 along unit vectors, the scale of
 * QuPath. They are not clipped: an absent stain reads about 0 and may read
 * slightly below, so that means stay unbiased. Bytes of 0 count as 1.
 */
public final class StainSeparation {

	private final StainVectors vectors;
	private final WhiteReference white;

	/** For each stain red, green and blue tables one behind the other. */
	private final float[][] tables = new float[3][];

	/** Optical density of red, green and blue, one behind the other. */
	private final float[] density = new float[3 * 256];

	/**
	 * Makes the tables.
	 *
	 * @param vectors the stains
	 * @param white colour of clear glass
	 */
	public StainSeparation(final StainVectors vectors,
		final WhiteReference white)
	{
		this.vectors = vectors;
		this.white = white;
		for (int c = 0; c < 3; c++)
			for (int v = 0; v < 256; v++)
				density[256 * c + v] = (float) white.opticalDensity(c, v);
		for (int s = 0; s < 3; s++)
			tables[s] = table(vectors.weights(s));
	}

	/** Makes the tables of an estimate. */
	public static StainSeparation of(final StainEstimate estimate) {
		return new StainSeparation(estimate.vectors(), estimate.white());
	}

	/** Returns the stains. */
	public StainVectors vectors() {
		return vectors;
	}

	/** Returns the colour of clear glass. */
	public WhiteReference white() {
		return white;
	}

	private float[] table(final double[] weights) {
		final float[] t = new float[3 * 256];
		for (int c = 0; c < 3; c++)
			for (int v = 0; v < 256; v++)
				t[256 * c + v] = (float) (weights[c] * white.opticalDensity(c, v));
		return t;
	}

	/**
	 * Returns the amount of one stain in one colour.
	 *
	 * @param red 0 to 255
	 * @param green 0 to 255
	 * @param blue 0 to 255
	 * @param stain index of the stain, 0 to 2
	 */
	public float od(final int red, final int green, final int blue,
		final int stain)
	{
		final float[] t = tables[stain];
		return t[red] + t[256 + green] + t[512 + blue];
	}

	/**
	 * Amount of one stain for a run of pixels.
	 *
	 * @param rgb red, green, blue interleaved
	 * @param offset first pixel (not byte) in {@code rgb}
	 * @param n number of pixels
	 * @param out receives the optical densities from {@code outOffset} on
	 * @param outOffset index of the first value in {@code out}
	 * @param stain index of the stain, 0 to 2
	 */
	public void od(final byte[] rgb, final int offset, final int n,
		final float[] out, final int outOffset, final int stain)
	{
		final float[] t = tables[stain];
		for (int i = 0, p = 3 * offset; i < n; i++, p += 3)
			out[outOffset + i] = t[rgb[p] & 255] + t[256 + (rgb[p + 1] & 255)] +
				t[512 + (rgb[p + 2] & 255)];
	}

	/**
	 * Highest optical density among red, green and blue for a run of pixels: what
	 * tells whether a pixel is too dense to be measured, in whichever channel.
	 *
	 * @param rgb red, green, blue interleaved
	 * @param offset first pixel (not byte) in {@code rgb}
	 * @param n number of pixels
	 * @param out receives the optical densities from {@code outOffset} on
	 * @param outOffset index of the first value in {@code out}
	 */
	public void densest(final byte[] rgb, final int offset, final int n,
		final float[] out, final int outOffset)
	{
		for (int i = 0, p = 3 * offset; i < n; i++, p += 3)
			out[outOffset + i] = densest(rgb[p] & 255, rgb[p + 1] & 255, rgb[p + 2] &
				255);
	}

	/** Returns the highest optical density among red, green and blue. */
	public float densest(final int red, final int green, final int blue) {
		return Math.max(density[red], Math.max(density[256 + green], density[512 +
			blue]));
	}
}
