
package org.senoscope.core.stain;

import java.util.Locale;

import org.senoscope.core.UserException;
import org.senoscope.core.protocol.ImageKind;

/**
 * The plane in which nuclei of a brightfield picture are bright: input of the
 * classical segmenter. Immutable, thread-safe.
 * <p>
 * On H-DAB hematoxylin counts in full and DAB in part, so that blue and brown
 * nuclei stand in one plane, brown cytoplasm stays weak (DAB hardly absorbs
 * red), and a nucleus under dense DAB is still found where the two can no
 * longer be told apart. On H&amp;E and on X-gal with nuclear fast red only the
 * nuclear stain counts. Values are optical densities from 0, compressed above
 * about 0.5 so that the darkest nuclei do not set the scale.
 */
public final class NuclearSignal {

	/** Share of DAB: one unit counts as this many of hematoxylin. */
	private static final double DAB_SHARE = 0.5;

	/** Value at which compression has halved the signal. */
	private static final float HALF = 1.5f;

	/** Steps of the table a grey level: averages fall between levels. */
	private static final int FINE = 4;
	private static final int LENGTH = 255 * FINE + 1;

	private final float[] table;

	private NuclearSignal(final double[] weights, final WhiteReference white) {
		table = new float[3 * LENGTH];
		for (int c = 0; c < 3; c++)
			for (int i = 0; i < LENGTH; i++)
				table[c * LENGTH + i] = (float) (weights[c] * white.opticalDensity(c,
					(double) i / FINE));
	}

	/** Returns whether pictures of this kind show nuclei by a stain. */
	public static boolean exists(final ImageKind kind) {
		return kind == ImageKind.H_DAB || kind == ImageKind.H_E ||
			kind == ImageKind.X_GAL_NFR;
	}

	/**
	 * Makes the signal of a slide.
	 *
	 * @param kind kind of image
	 * @param estimate its stains and white
	 * @throws UserException if nothing stains nuclei on this kind of image
	 */
	public static NuclearSignal of(final ImageKind kind,
		final StainEstimate estimate)
	{
		if (!exists(kind)) throw new UserException(
			"no stain shows nuclei on this image (" + kind.name().toLowerCase(
				Locale.ROOT).replace('_', '-') +
				"); give a paired image with --nuclei-image");
		final StainVectors v = estimate.vectors();
		final double[] w = v.weights(StainVectors.COUNTERSTAIN);
		if (kind == ImageKind.H_DAB) {
			final double[] dab = v.weights(StainVectors.CHROMOGEN);
			for (int c = 0; c < 3; c++)
				w[c] += DAB_SHARE * dab[c];
		}
		return new NuclearSignal(w, estimate.white());
	}

	/**
	 * Computes the plane at a coarser resolution: each value is that of the mean
	 * colour of {@code f} x {@code f} pixels, as a microscope of lower power
	 * would show it. Columns and rows that do not fill a whole square at the
	 * right and lower edge are left out.
	 *
	 * @param rgb block of {@code w} x {@code h} pixels, red, green, blue
	 *          interleaved, row by row
	 * @param w width in pixels
	 * @param h height in pixels
	 * @param f factor of reduction, at least 1
	 * @param out receives {@code (w / f) * (h / f)} values row by row, at least 0
	 */
	public void plane(final byte[] rgb, final int w, final int h, final int f,
		final float[] out)
	{
		final int ow = w / f, oh = h / f;
		final float[] t = table;
		if (f == 1) {
			for (int i = 0, p = 0; i < ow * oh; i++, p += 3)
				out[i] = compress(t[FINE * (rgb[p] & 255)] + t[LENGTH + FINE * (rgb[p +
					1] & 255)] + t[2 * LENGTH + FINE * (rgb[p + 2] & 255)]);
			return;
		}
		final float scale = (float) FINE / (f * f);
		for (int oy = 0; oy < oh; oy++) {
			for (int ox = 0; ox < ow; ox++) {
				int r = 0, g = 0, b = 0;
				for (int y = 0; y < f; y++) {
					int p = 3 * ((oy * f + y) * w + ox * f);
					for (final int end = p + 3 * f; p < end; p += 3) {
						r += rgb[p] & 255;
						g += rgb[p + 1] & 255;
						b += rgb[p + 2] & 255;
					}
				}
				out[oy * ow + ox] = compress(t[(int) (r * scale + 0.5f)] + t[LENGTH +
					(int) (g * scale + 0.5f)] + t[2 * LENGTH + (int) (b * scale + 0.5f)]);
			}
		}
	}

	private static float compress(final float x) {
		return x <= 0 ? 0 : x / (1 + x / HALF);
	}
}
