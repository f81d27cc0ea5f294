
package org.senoscope.core.stain;

import java.util.List;
import java.util.Locale;

import org.senoscope.core.image.RgbField;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.ImageKind;

/**
 * A guess of how a picture was made, from its colours.
 *
 * @param kind the guess, never {@link ImageKind#AUTO}
 * @param confidence 0 to 1
 * @param brightBackground whether objects are dark on a bright background; with
 *          {@link ImageKind#FLUORESCENCE} that is a grey brightfield picture,
 *          which is analysed inverted
 * @param redNuclei whether red, not purple, objects are seen, as nuclear fast
 *          red stains them
 * @param words what was seen, for users
 */
public record ImageKindGuess(ImageKind kind, double confidence,
		boolean brightBackground, boolean redNuclei, String words) {

	/** Length of the OD vector from which a pixel is tinted. */
	private static final double TINTED_OD = 0.2;
	/** OD of a channel above which colour is unreliable. */
	private static final double DENSE_OD = 1.6;
	/** Difference between channels up to which a pixel is grey. */
	private static final int GREY_LEVELS = 12;
	/** Share of tinted pixels below which colours say nothing. */
	private static final double LEAST_TINTED = 0.0005;
	private static final int SAMPLE = 400_000;

	/**
	 * Guesses the kind of an RGB picture.
	 *
	 * @param fields sample fields, best with cells in them
	 */
	public static ImageKindGuess ofRgb(final List<RgbField> fields) {
		long pixels = 0;
		for (final RgbField f : fields)
			pixels += f.size();
		if (pixels == 0) return new ImageKindGuess(ImageKind.FLUORESCENCE, 0, false,
			false, "no pixels");
		final int step = (int) Math.max(1, pixels / SAMPLE);
		final long[] brightness = new long[256];
		long n = 0, grey = 0;
		for (final RgbField f : fields)
			for (int i = 0; i < f.size(); i += step) {
				final int r = f.rgb()[3 * i] & 255, g = f.rgb()[3 * i + 1] & 255, b = f
					.rgb()[3 * i + 2] & 255;
				brightness[(r + g + b) / 3]++;
				if (Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g,
					b)) <= GREY_LEVELS) grey++;
				n++;
			}
		if (!isBright(brightness)) return new ImageKindGuess(ImageKind.FLUORESCENCE,
			0.9, false, false, "dark background with bright objects");
		if (grey >= 0.999 * n) return new ImageKindGuess(ImageKind.FLUORESCENCE,
			0.5, true, false,
			"grey brightfield: dark objects on a bright background");
		return ofColours(Colours.of(fields, step));
	}

	/**
	 * Guesses the kind of a picture that is not RGB.
	 *
	 * @param samples values of the nuclear channel (or the only one)
	 */
	public static ImageKindGuess ofGrey(final float[] samples) {
		float lo = Float.POSITIVE_INFINITY, hi = Float.NEGATIVE_INFINITY;
		for (final float v : samples) {
			lo = Math.min(lo, v);
			hi = Math.max(hi, v);
		}
		final long[] h = new long[256];
		if (hi > lo) for (final float v : samples)
			h[(int) ((v - lo) / (hi - lo) * 255)]++;
		final boolean bright = hi > lo && isBright(h);
		return bright ? new ImageKindGuess(ImageKind.FLUORESCENCE, 0.5, true, false,
			"grey brightfield: dark objects on a bright background")
			: new ImageKindGuess(ImageKind.FLUORESCENCE, 0.95, false, false,
				"not RGB: fluorescence");
	}

	/**
	 * Settles the kind for an assay: Ki-67 on RGB is H-DAB, SA-β-gal on RGB is
	 * X-gal, with nuclear fast red where red nuclei are seen; anything else stays
	 * as guessed.
	 *
	 * @param assay what is measured
	 * @param rgb whether the picture is RGB
	 */
	public ImageKindGuess forAssay(final AssayKind assay, final boolean rgb) {
		// a field without any stain, such as a blank control, is colourless but
		// bright
		if (!rgb || kind == ImageKind.FLUORESCENCE && !brightBackground)
			return this;
		return switch (assay) {
			case KI67, IHC -> settled(ImageKind.H_DAB);
			case LIPOFUSCIN -> settled(redNuclei ? ImageKind.SBB_NFR
				: ImageKind.H_DAB);
			case SAGAL -> settled(redNuclei ? ImageKind.X_GAL_NFR : ImageKind.X_GAL);
			default -> this;
		};
	}

	private ImageKindGuess settled(final ImageKind k) {
		return k == kind ? this : new ImageKindGuess(k, 1 - confidence,
			brightBackground, redNuclei, "taken as " + k.name().toLowerCase(
				Locale.ROOT).replace('_', '-') + " for the assay; by colour: " + words);
	}

	/**
	 * Background, the most frequent brightness, in the upper half of the range.
	 */
	private static boolean isBright(final long[] histogram) {
		int mode = 0;
		long best = -1;
		for (int v = 2; v < histogram.length - 2; v++) {
			long s = 0;
			for (int d = -2; d <= 2; d++)
				s += histogram[v + d];
			if (s > best) {
				best = s;
				mode = v;
			}
		}
		final double median = WhiteReference.quantile(histogram, 0.5);
		return mode > 110 && median > 80 || mode > 60 && median > 120;
	}

	/**
	 * Shares of colours among tinted pixels.
	 *
	 * @param tinted tinted pixels as a share of all
	 */
	private record Colours(double tinted, double brown, double red, double purple,
			double blue, double teal) {

		static Colours of(final List<RgbField> fields, final int step) {
			final WhiteReference white = WhiteReference.estimate(fields);
			final double[] count = new double[5];
			final double[] d = new double[3];
			long n = 0, tinted = 0;
			for (final RgbField f : fields)
				for (int i = 0; i < f.size(); i += step) {
					n++;
					double most = 0;
					for (int c = 0; c < 3; c++) {
						d[c] = white.opticalDensity(c, f.rgb()[3 * i + c] & 255);
						most = Math.max(most, d[c]);
					}
					final double length = Math.sqrt(StainVectors.dot(d, d));
					if (length < TINTED_OD || most > DENSE_OD) continue;
					tinted++;
					final int k = colour(d[0] / length, d[1] / length, d[2] / length);
					if (k >= 0) count[k]++;
				}
			final double t = Math.max(1, tinted);
			return new Colours((double) tinted / n, count[0] / t, count[1] / t,
				count[2] / t, count[3] / t, count[4] / t);
		}

		/** 0 brown, 1 red, 2 purple, 3 blue, 4 teal, -1 none, by OD direction. */
		private static int colour(final double r, final double g, final double b) {
			if (b > g + 0.05 && b > r + 0.15) return r > 0.15 ? 0 : -1;
			if (g > r + 0.3 && r < 0.42) return 1;
			if (r - b < 0.15) return -1;
			if (g > r) return 2;
			return g > r - 0.25 ? 3 : 4;
		}
	}

	private static ImageKindGuess ofColours(final Colours c) {
		final String words = String.format(Locale.ROOT,
			"of stained pixels %.0f %% brown, %.0f %% red or pink, %.0f %% purple, %.0f %% blue, %.0f %% teal",
			100 * c.brown, 100 * c.red, 100 * c.purple, 100 * c.blue, 100 * c.teal);
		if (c.tinted < LEAST_TINTED) return guess(c, ImageKind.X_GAL, 0.2,
			"hardly any stained pixel");
		final double cold = c.blue + c.purple;
		if (c.brown > 0.01 && c.brown > 0.5 * c.red) return guess(c,
			ImageKind.H_DAB, 0.6 + 4 * c.brown, words);
		if (c.red > 0.03 && c.teal > 0.02 && c.teal > c.purple) return guess(c,
			ImageKind.X_GAL_NFR, 0.6 + c.teal + 0.3 * c.red, words);
		if (c.red + c.purple > 0.2 && c.red + c.purple > c.teal) return guess(c,
			ImageKind.H_E, 0.5 + 0.5 * (c.red + c.purple), words);
		if (c.teal > cold) return guess(c, ImageKind.X_GAL, 0.5 + 0.4 * c.teal,
			words);
		return guess(c, ImageKind.H_DAB, 0.4, words);
	}

	private static ImageKindGuess guess(final Colours c, final ImageKind kind,
		final double confidence, final String words)
	{
		return new ImageKindGuess(kind, Math.min(0.95, confidence), true,
			c.red > 0.03 && c.red > c.purple, words);
	}
}
