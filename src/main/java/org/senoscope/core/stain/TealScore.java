
package org.senoscope.core.stain;

import org.senoscope.core.protocol.ImageKind;

/**
 * A second opinion on whether a pixel is blue-green: a colour opponent of the
 * optical densities of red, green and blue, scaled so that a unit of built-in
 * indigo reads 1. Immutable, thread-safe.
 * <p>
 * It does not rest on the slide's vector of indigo. Grey of any depth (relief,
 * halos, shadow, dirt) and the counterstain read 0, because the opponent is
 * perpendicular to both; densities are taken against the lamp, so its colour
 * cancels. Without a counterstain it is red minus green, which yellow and brown
 * pigments cannot raise. Beside DAB, whose mixture with indigo is grey, it is
 * perpendicular to DAB and hematoxylin instead.
 */
public final class TealScore {

	private final float[] table;

	/**
	 * Makes the score of a slide.
	 *
	 * @param stains stains of a picture with indigo, of which the counterstain
	 *          (and DAB) count
	 */
	public TealScore(final StainEstimate stains) {
		final ImageKind kind = stains.kind();
		final WhiteReference white = stains.white();
		final StainVectors v = stains.vectors();
		final double[] counterstain = v.vector(StainVectors.COUNTERSTAIN), grey = {
			1, 1, 1 };
		final double[] opponent = kind == ImageKind.X_GAL ? new double[] { 1, -1,
			0 } : StainVectors.cross(counterstain, kind == ImageKind.X_GAL_HDAB ? v
				.vector(StainVectors.RESIDUAL) : grey);
		final double unit = StainVectors.dot(opponent, StainVectors.builtIn(kind)
			.vector(StainVectors.CHROMOGEN));
		table = new float[3 * 256];
		for (int c = 0; c < 3; c++)
			for (int level = 0; level < 256; level++)
				table[256 * c + level] = (float) (opponent[c] / unit * white
					.opticalDensity(c, level));
	}

	/**
	 * Returns the score of a pixel.
	 *
	 * @param rgb red, green, blue interleaved
	 * @param pixel number of the pixel (not byte)
	 */
	public float of(final byte[] rgb, final int pixel) {
		final int p = 3 * pixel;
		return table[rgb[p] & 255] + table[256 + (rgb[p + 1] & 255)] + table[512 +
			(rgb[p + 2] & 255)];
	}
}
