
package org.senoscope.core.stain;

import java.util.List;
import java.util.Locale;

import org.senoscope.core.UserException;
import org.senoscope.core.image.RgbField;

/**
 * Colour of clear glass under the lamp of one slide: the light against which
 * optical densities are taken.
 *
 * @param red level of red, above 0, at most 255
 * @param green level of green
 * @param blue level of blue
 * @param found whether it was seen on the slide (or given); false for a guess
 * @param origin where it comes from, in words
 */
public record WhiteReference(double red, double green, double blue,
		boolean found, String origin) {

	/** Full scale in all channels. */
	public static final WhiteReference FULL = new WhiteReference(255, 255, 255,
		false, "full scale");

	/** Brightness of two pixels this far apart must agree on glass. */
	private static final int NEIGHBOUR_PX = 3;
	/** ... to so many grey levels (noise of camera and JPEG). */
	private static final int SMOOTH_LEVELS = 8;
	/** Half width of the peak of glass in grey levels. */
	private static final int PEAK_LEVELS = 4;
	/** Glass covers at least this part of all pixels. */
	private static final double LEAST_SHARE = 0.01;
	/** At least this part of the pixels as bright as glass is smooth. */
	private static final double LEAST_SMOOTH = 0.6;
	/** Darkest brightness of glass; below it more of it must be seen. */
	private static final int BRIGHT = 130, DARKEST = 80;
	/** Share of all pixels that dim glass covers at least. */
	private static final double DIM_SHARE = 0.1;
	/** Most that the densities of two channels differ on glass. */
	private static final double MOST_TINT_OD = 0.12;
	/** Where no glass is seen, white is at least this bright. */
	private static final double GUESS = 240;
	/** Pixels looked at, about. */
	private static final int SAMPLE = 1_000_000;

	/** Checks that the levels are levels. */
	public WhiteReference {
		if (!(red > 0 && green > 0 && blue > 0 && red <= 255 && green <= 255 &&
			blue <= 255)) throw new IllegalArgumentException("white " + red + "," +
				green + "," + blue + " is not between 0 and 255");
	}

	/**
	 * Finds the colour of glass: the brightest smooth peak of brightness. A lamp
	 * may be tinted; tissue is not taken for glass because it is textured.
	 *
	 * @param fields sample fields and, where there is one, the overview
	 * @return glass, or a guess with {@code found} false where no glass is seen
	 */
	public static WhiteReference estimate(final List<RgbField> fields) {
		final long[] all = new long[256], smooth = new long[256];
		final long[][] channels = new long[3][256];
		forEach(fields, (r, g, b, isSmooth) -> {
			final int v = (r + g + b) / 3;
			all[v]++;
			if (isSmooth) smooth[v]++;
			channels[0][r]++;
			channels[1][g]++;
			channels[2][b]++;
		});
		long n = 0;
		for (final long a : all)
			n += a;
		if (n == 0) return FULL;
		final int peak = glassPeak(all, smooth, n);
		if (peak >= 0) {
			final long[][] glass = new long[3][256];
			forEach(fields, (r, g, b, isSmooth) -> {
				if (!isSmooth || Math.abs((r + g + b) / 3 - peak) > PEAK_LEVELS) return;
				glass[0][r]++;
				glass[1][g]++;
				glass[2][b]++;
			});
			final double[] w = new double[3];
			for (int c = 0; c < 3; c++)
				w[c] = Math.max(1, middle(glass[c]));
			final double hi = Math.max(w[0], Math.max(w[1], w[2])), lo = Math.min(
				w[0], Math.min(w[1], w[2]));
			if (Math.log10(hi / lo) <= MOST_TINT_OD) return new WhiteReference(w[0],
				w[1], w[2], true, "clear glass of the slide");
		}
		return new WhiteReference(Math.max(GUESS, quantile(channels[0], 0.999)),
			Math.max(GUESS, quantile(channels[1], 0.999)), Math.max(GUESS, quantile(
				channels[2], 0.999)), false, "no clear glass seen; assumed");
	}

	/**
	 * Reads a typed white.
	 *
	 * @param text three levels r,g,b above 0, at most 255
	 * @param key the key under which it was given, for the message
	 * @throws UserException if it is none
	 */
	public static WhiteReference parse(final String text, final String key) {
		final double[] v = StainVectors.numbers(text);
		if (v != null) {
			boolean ok = true;
			for (final double x : v)
				ok &= x > 0 && x <= 255;
			if (ok) return new WhiteReference(v[0], v[1], v[2], true, "given");
		}
		throw new UserException(key + ": '" + text +
			"' is not a colour of glass; give three levels r,g,b above 0 and at most 255, such as 245,243,240");
	}

	/**
	 * Returns a level.
	 *
	 * @param channel 0 red, 1 green, 2 blue
	 */
	public double level(final int channel) {
		return channel == 0 ? red : channel == 1 ? green : blue;
	}

	/**
	 * Returns the optical density (log10) of a value of one channel; values below
	 * 1 count as 1, values above white read below 0.
	 *
	 * @param channel 0 red, 1 green, 2 blue
	 * @param value grey level, 0 to 255
	 */
	public double opticalDensity(final int channel, final double value) {
		return Math.log10(level(channel) / Math.max(1, value));
	}

	/** Returns the three levels, such as "243,241,238". */
	public String text() {
		return String.format(Locale.ROOT, "%.0f,%.0f,%.0f", red, green, blue);
	}

	/** The brightest peak that is large and smooth enough, -1 for none. */
	private static int glassPeak(final long[] all, final long[] smooth,
		final long n)
	{
		final double[] peak = new double[256], total = new double[256];
		for (int v = 0; v < 256; v++)
			for (int d = -PEAK_LEVELS; d <= PEAK_LEVELS; d++)
				if (v + d >= 0 && v + d < 256) {
					// A triangle, so that the sum is highest in the middle of a peak.
					peak[v] += smooth[v + d] * (PEAK_LEVELS + 1.0 - Math.abs(d)) /
						(PEAK_LEVELS + 1);
					total[v] += all[v + d] * (PEAK_LEVELS + 1.0 - Math.abs(d)) /
						(PEAK_LEVELS + 1);
				}
		for (int v = 255; v >= DARKEST; v--) {
			final boolean top = (v == 255 || peak[v] >= peak[v + 1]) &&
				peak[v] > peak[v - 1];
			if (top && peak[v] >= (v < BRIGHT ? DIM_SHARE : LEAST_SHARE) * n &&
				peak[v] >= LEAST_SMOOTH * total[v]) return v;
		}
		return -1;
	}

	/**
	 * Mean of what lies around the median: finer than a grey level, on which
	 * densities near zero hang.
	 */
	private static double middle(final long[] histogram) {
		final int median = (int) quantile(histogram, 0.5);
		double sum = 0, n = 0;
		for (int v = Math.max(0, median - PEAK_LEVELS); v <= Math.min(255, median +
			PEAK_LEVELS); v++)
		{
			sum += (double) v * histogram[v];
			n += histogram[v];
		}
		return sum / n;
	}

	static double quantile(final long[] histogram, final double q) {
		long n = 0;
		for (final long h : histogram)
			n += h;
		long below = 0;
		for (int v = 0; v < histogram.length; v++) {
			below += histogram[v];
			if (below >= q * n) return v;
		}
		return histogram.length - 1.0;
	}

	private interface PixelVisitor {

		void visit(int r, int g, int b, boolean isSmooth);
	}

	private static void forEach(final List<RgbField> fields,
		final PixelVisitor visitor)
	{
		long n = 0;
		for (final RgbField f : fields)
			n += f.size();
		final int step = (int) Math.max(1, Math.ceil(Math.sqrt((double) n /
			SAMPLE)));
		for (final RgbField f : fields)
			for (int y = 0; y < f.height(); y += step)
				for (int x = 0; x < f.width(); x += step) {
					final int p = 3 * (y * f.width() + x);
					final int v = sum(f.rgb(), p);
					final int right = x + NEIGHBOUR_PX < f.width() ? NEIGHBOUR_PX
						: -NEIGHBOUR_PX;
					final int down = y + NEIGHBOUR_PX < f.height() ? NEIGHBOUR_PX
						: -NEIGHBOUR_PX;
					final boolean inside = x + right >= 0 && y + down >= 0;
					final boolean isSmooth = inside && Math.abs(v - sum(f.rgb(), p + 3 *
						right)) <= 3 * SMOOTH_LEVELS && Math.abs(v - sum(f.rgb(), p + 3 *
							down * f.width())) <= 3 * SMOOTH_LEVELS;
					visitor.visit(f.rgb()[p] & 255, f.rgb()[p + 1] & 255, f.rgb()[p + 2] &
						255, isSmooth);
				}
	}

	private static int sum(final byte[] rgb, final int p) {
		return (rgb[p] & 255) + (rgb[p + 1] & 255) + (rgb[p + 2] & 255);
	}
}
