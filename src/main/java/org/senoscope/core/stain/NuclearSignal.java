
package org.senoscope.core.stain;

import java.util.List;
import java.util.Locale;

import org.senoscope.core.UserException;
import org.senoscope.core.image.RgbField;
import org.senoscope.core.protocol.ImageKind;

/**
 * The plane in which nuclei of a brightfield picture are bright: input of the
 * classical segmenter. Immutable, thread-safe.
 * <p>
 * On H-DAB hematoxylin counts in full and DAB in part, so that blue and brown
 * nuclei stand in one plane, brown cytoplasm stays weak (DAB hardly absorbs
 * red), and a nucleus under dense DAB is still found where the two can no
 * longer be told apart. On H&amp;E the signal is weakened where eosin prevails
 * (if the slide shows two stains at all). On X-gal only the counterstain
 * counts; hematoxylin is weakened where indigo prevails, for what is left of it
 * in dense precipitate is mostly error. Values are optical densities above the
 * ground of the slide, from 0: without that subtraction a veil of stain over
 * the section would hide pale nuclei.
 */
public final class NuclearSignal {

	/** One unit of DAB counts as this many of hematoxylin. */
	private static final double DAB_SHARE = 0.3;

	/** One unit of eosin counts as this many of hematoxylin. */
	private static final double EOSIN_SHARE = 0.2;
	/** How strongly the other stain weakens the signal where it prevails. */
	private static final float VETO = 1;

	/**
	 * Width of a bin of the histogram in which ground is sought, and their
	 * number.
	 */
	private static final double BIN_OD = 0.004;
	private static final int BINS = 500;
	/** Bins over which the histogram is smoothed to either side. */
	private static final int SMOOTH_BINS = 4;
	/** The lowest peak at least this high, of the highest, is the ground. */
	private static final double CLEAR_PEAK = 0.3;

	/** Steps of the table a grey level: averages fall between levels. */
	private static final int FINE = 4;
	private static final int LENGTH = 255 * FINE + 1;

	private final float[] table;
	/** Amount of the stain that weakens the signal, null for none. */
	private final float[] other;
	private final float ground;

	private NuclearSignal(final float[] table, final float[] other,
		final double ground)
	{
		this.table = table;
		this.other = other;
		this.ground = (float) ground;
	}

	private static float[] table(final double[] weights,
		final WhiteReference white)
	{
		final float[] t = new float[3 * LENGTH];
		for (int c = 0; c < 3; c++)
			for (int i = 0; i < LENGTH; i++)
				t[c * LENGTH + i] = (float) (weights[c] * white.opticalDensity(c,
					(double) i / FINE));
		return t;
	}

	/** Returns whether pictures of this kind show nuclei by a stain. */
	public static boolean exists(final ImageKind kind) {
		return kind == ImageKind.H_DAB || kind == ImageKind.H_E ||
			kind == ImageKind.SBB_NFR || kind == ImageKind.X_GAL_NFR ||
			kind == ImageKind.X_GAL_H || kind == ImageKind.X_GAL_HDAB;
	}

	/**
	 * Makes the signal of a slide whose DAB may lie in nuclei.
	 *
	 * @param kind kind of image
	 * @param estimate its stains and white
	 * @throws UserException if nothing stains nuclei on this kind of image
	 */
	public static NuclearSignal of(final ImageKind kind,
		final StainEstimate estimate)
	{
		return of(kind, estimate, true);
	}

	/**
	 * Makes the signal of a slide.
	 *
	 * @param kind kind of image
	 * @param estimate its stains and white
	 * @param dabInNuclei whether DAB may lie in nuclei; where it lies around them
	 *          it does not count, or dense cytoplasm would pass for nucleus
	 * @throws UserException if nothing stains nuclei on this kind of image
	 */
	public static NuclearSignal of(final ImageKind kind,
		final StainEstimate estimate, final boolean dabInNuclei)
	{
		if (!exists(kind)) throw new UserException(
			"no stain shows nuclei on this image (" + kind.name().toLowerCase(
				Locale.ROOT).replace('_', '-') +
				"); give a paired image with --nuclei-image");
		return of(kind, estimate.vectors(), estimate.quality(), estimate.white(),
			estimate.ground(), dabInNuclei ? DAB_SHARE : 0);
	}

	private static NuclearSignal of(final ImageKind kind, final StainVectors v,
		final double quality, final WhiteReference white, final double ground,
		final double dabShare)
	{
		final boolean beside = kind == ImageKind.X_GAL_HDAB;
		final double share = kind == ImageKind.H_DAB || beside ? dabShare
			: kind == ImageKind.H_E ? EOSIN_SHARE : 0;
		final double[] w = v.weights(StainVectors.COUNTERSTAIN), other = v.weights(
			beside ? StainVectors.RESIDUAL : StainVectors.CHROMOGEN);
		for (int c = 0; c < 3; c++)
			w[c] += share * other[c];
		// Where the slide does not show two stains, "eosin" is the purple of
		// nuclei.
		final boolean veto = kind == ImageKind.H_E &&
			!(quality < StainEstimator.GOOD);
		return new NuclearSignal(table(w, white), veto || kind == ImageKind.X_GAL_H
			? table(other, white) : null, ground);
	}

	/**
	 * Finds the signal of the ground between nuclei: the lowest clear peak of the
	 * signal in sample fields, at least 0; 0 where nothing stains nuclei.
	 */
	static double ground(final ImageKind kind, final StainVectors vectors,
		final double quality, final WhiteReference white,
		final List<RgbField> samples)
	{
		if (!exists(kind)) return 0;
		final NuclearSignal signal = of(kind, vectors, quality, white, 0,
			DAB_SHARE);
		final double[] histogram = new double[BINS];
		for (final RgbField f : samples) {
			final int w = f.width() / 2, h = f.height() / 2;
			final float[] plane = new float[w * h];
			signal.plane(f.rgb(), f.width(), f.height(), 2, plane);
			for (final float v : plane)
				histogram[(int) Math.min(BINS - 1, v / BIN_OD)]++;
		}
		final double[] smooth = new double[BINS];
		double highest = 0;
		for (int b = 0; b < BINS; b++) {
			for (int d = -SMOOTH_BINS; d <= SMOOTH_BINS; d++)
				// Mirrored at 0, so that ground without a veil peaks at 0.
				smooth[b] += histogram[Math.min(BINS - 1, Math.abs(b + d))] *
					(SMOOTH_BINS + 1 - Math.abs(d));
			highest = Math.max(highest, smooth[b]);
		}
		if (highest == 0) return 0;
		int b = 0;
		while (smooth[b] < CLEAR_PEAK * highest || b + 1 < BINS && smooth[b +
			1] > smooth[b])
			b++;
		return b * BIN_OD;
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
		if (f == 1) {
			for (int i = 0, p = 0; i < ow * oh; i++, p += 3)
				out[i] = signal(FINE * (rgb[p] & 255), FINE * (rgb[p + 1] & 255), FINE *
					(rgb[p + 2] & 255));
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
				out[oy * ow + ox] = signal((int) (r * scale + 0.5f), (int) (g * scale +
					0.5f), (int) (b * scale + 0.5f));
			}
		}
	}

	/** Signal of one colour; levels in steps of 1 / FINE. */
	private float signal(final int r, final int g, final int b) {
		float s = table[r] + table[LENGTH + g] + table[2 * LENGTH + b];
		if (other != null && s > 0) {
			final float e = other[r] + other[LENGTH + g] + other[2 * LENGTH + b];
			// Pink ground holds some of the blue stain too: what tells a nucleus is
			// that blue prevails.
			if (e > 0) s *= s / (s + VETO * e);
		}
		return Math.max(0, s - ground);
	}
}
