
package org.senoscope.core.stain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.senoscope.core.UserException;
import org.senoscope.core.image.RgbField;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.protocol.StainVectorSource;

/**
 * Finds the stain vectors of a slide from sample fields: the plane in which the
 * optical densities of its tinted pixels lie, and the extreme directions in
 * that plane (Macenko et al., ISBI 2009, 1107-1110).
 * <p>
 * Changes to the paper: fields are averaged 2 x 2 against noise; colours are
 * weighted so that a rare stain counts beside a frequent one; pixels far from
 * anything the kind of image can show (pen, blood) are left out; each direction
 * is given to the stain whose built-in vector it resembles; a stain that hardly
 * occurs keeps its built-in vector, for its direction would be noise.
 */
public final class StainEstimator {

	/** Quality from which {@link StainVectorSource#AUTO} takes the estimate. */
	public static final double GOOD = 0.5;

	/** Length of the OD vector from which a pixel is tinted. */
	private static final double TINTED_OD = 0.35;
	/** OD of a channel above which it is too dark to carry colour. */
	private static final double DENSE_OD = 1.5;
	/** Most degrees from the plane of the built-in vectors. */
	private static final double OFF_PLANE_DEG = 20;
	/** Weighted share of colours beyond an extreme direction. */
	private static final double BEYOND = 0.02;
	/** Pixels so near to a built-in vector show that its stain is there. */
	private static final double ALIKE_DEG = 18;
	/** Share of the tinted pixels from which a stain is there. */
	private static final double PRESENT_SHARE = 0.002;
	/** Pixels from which a stain is there. */
	private static final int PRESENT_PIXELS = 60;
	/** Tinted pixels for full quality. */
	private static final int MANY_PIXELS = 2000;
	/** Side of the table of colours (two coordinates of the direction). */
	private static final int BINS = 64;
	private static final int SAMPLE = 400_000;
	/** Bins of the angles between two blues, and their range to either side. */
	private static final int ANGLES = 240;
	private static final double BLUES_DEG = 30;
	/** Half width of the peak of hematoxylin. */
	private static final double PEAK_DEG = 2;
	/**
	 * Of the pixels rich in indigo, from the least teal, those whose mean is its
	 * colour: below lie mixtures, above noise.
	 */
	private static final double PURE_FROM = 0.6, PURE_TO = 0.97;
	/** Optical density of indigo from which a pixel shows its colour. */
	private static final double RICH_OD = 0.3;
	/** So many pixels of indigo weigh as much as its built-in colour. */
	private static final double FEW_PIXELS = 100;

	private StainEstimator() {}

	/**
	 * Finds white and vectors of a slide under the user's settings.
	 *
	 * @param kind kind of image, brightfield
	 * @param settings where vectors come from; typed vectors and a typed white
	 *          win over everything
	 * @param samples fields with tissue at a resolution of about 0.25 to 1 µm a
	 *          pixel
	 * @param overview the whole slide, small, where glass is seen; may be null
	 * @throws UserException if a typed vector or white cannot be read
	 */
	public static StainEstimate estimate(final ImageKind kind,
		final StainSettings settings, final List<RgbField> samples,
		final RgbField overview)
	{
		final List<String> warnings = new ArrayList<>();
		final WhiteReference white;
		if (settings.white().isBlank()) {
			final List<RgbField> all = new ArrayList<>(samples);
			if (overview != null) all.add(overview);
			white = WhiteReference.estimate(all);
			if (!white.found()) warnings.add(
				"no clear glass is seen on the image: optical densities are taken against an assumed white of " +
					white.text());
		}
		else white = WhiteReference.parse(settings.white(), "stains.white");
		final StainVectors builtIn = StainVectors.builtIn(kind);
		final String[] typed = { settings.counterstain(), settings.chromogen() };
		final Found found = settings.vectors() == StainVectorSource.BUILT_IN
			? new Found(builtIn, Double.NaN, "built-in", "") : find(kind, builtIn,
				samples, white);
		StainVectors vectors = found.vectors;
		double quality = found.quality;
		String origin = found.origin;
		if (settings.vectors() == StainVectorSource.AUTO && quality < GOOD) {
			vectors = builtIn;
			origin = "built-in (" + found.why + ")";
			if (kind.hasIndigo() && kind != ImageKind.X_GAL) warnings.add(
				"Stain vectors could not be taken from the slide (" + found.why +
					"): built-in ones are used.");
		}
		if (settings.vectors() == StainVectorSource.ESTIMATED && quality < GOOD)
			warnings.add(String.format(Locale.ROOT,
				"estimated stain vectors are poor (quality %.2f): %s", quality,
				found.why));
		final double[][] v = { vectors.vector(0), vectors.vector(1) };
		for (int i = 0; i < 2; i++) {
			if (typed[i].isBlank()) continue;
			v[i] = StainVectors.parse(typed[i], i == 0 ? "stains.counterstain"
				: "stains.chromogen");
			origin = typed[1 - i].isBlank() ? builtIn.stain(i).label() + " given, " +
				builtIn.stain(1 - i).label() + " " + origin : "given";
			quality = typed[1 - i].isBlank() ? quality : Double.NaN;
		}
		if (!typed[0].isBlank() || !typed[1].isBlank()) try {
			vectors = StainVectors.of(builtIn.stain(0), v[0], builtIn.stain(1), v[1]);
			if (builtIn.hasThird()) vectors = vectors.with(builtIn.stain(2), builtIn
				.vector(2));
		}
		catch (final IllegalArgumentException e) {
			throw new UserException("stains: " + e.getMessage() +
				"; give another stains.counterstain or stains.chromogen");
		}
		return new StainEstimate(kind, vectors, quality, origin, warnings, white,
			NuclearSignal.ground(kind, vectors, quality, white, samples));
	}

	/** What the slide shows; {@code why} says what keeps quality low. */
	private record Found(StainVectors vectors, double quality, String origin,
			String why) {
	}

	private static Found find(final ImageKind kind, final StainVectors builtIn,
		final List<RgbField> samples, final WhiteReference white)
	{
		final float[] od = tinted(builtIn, samples, white);
		final int n = od.length / 3;
		if (n < PRESENT_PIXELS) return new Found(builtIn, 0, "built-in",
			"hardly any stained pixel");
		final double[] weight = colourWeights(od);
		if (kind == ImageKind.X_GAL_H) return findBlues(builtIn, od);
		if (builtIn.hasThird()) return findEach(builtIn, od, weight);
		return kind == ImageKind.X_GAL ? findOne(builtIn, od, weight) : findTwo(
			builtIn, od, weight);
	}

	/** Indigo alone: the mean direction of colours near the built-in one. */
	private static Found findOne(final StainVectors builtIn, final float[] od,
		final double[] weight)
	{
		final double[] indigo = builtIn.vector(StainVectors.CHROMOGEN);
		final double[] sum = new double[3];
		int near = 0;
		for (int i = 0; i < weight.length; i++) {
			final double[] u = direction(od, i);
			if (StainVectors.angleDegrees(u, indigo) > 20) continue;
			near++;
			for (int c = 0; c < 3; c++)
				sum[c] += weight[i] * od[3 * i + c];
		}
		if (near < PRESENT_PIXELS) return new Found(builtIn, 0, "built-in",
			"hardly any pixel stained by indigo");
		final double[] v = StainVectors.unit(sum), grey = builtIn.vector(0);
		// a faint haze is nearly grey: nothing can be measured along its colour
		final double apart = StainVectors.angleDegrees(v, grey);
		final double quality = Math.min(1, (double) near / MANY_PIXELS) * falling(
			StainVectors.angleDegrees(v, indigo), 8, 20) * (1 - falling(apart, 12,
				18));
		final String why = quality < GOOD
			? "few pixels are stained by indigo, or their colour is unusual" : "";
		return apart < 12 ? new Found(builtIn, 0, "built-in", why) : new Found(
			StainVectors.of(Stain.NEUTRAL, grey, Stain.INDIGO, v), quality,
			"estimated from the slide", why);
	}

	/**
	 * Hematoxylin and indigo, both blue: they differ in how much more red than
	 * green they absorb. Hematoxylin is the least teal colour that is common (the
	 * first peak of the angles); indigo is the teal end of the pixels which,
	 * measured with the vectors so far, hold most indigo. Few such pixels are
	 * blended with the built-in colour, so that nothing hangs on a threshold.
	 */
	private static Found findBlues(final StainVectors builtIn, final float[] od) {
		final int n = od.length / 3;
		final double[] h0 = builtIn.vector(StainVectors.COUNTERSTAIN), i0 = builtIn
			.vector(StainVectors.CHROMOGEN);
		// angle in the plane of the two, 0 at hematoxylin, growing to indigo
		final double[] across = StainVectors.unit(minus(i0, h0, StainVectors.dot(h0,
			i0)));
		final float[] angle = new float[n];
		final double[] peaks = new double[ANGLES];
		for (int i = 0; i < n; i++) {
			final double[] d = { od[3 * i], od[3 * i + 1], od[3 * i + 2] };
			angle[i] = (float) Math.toDegrees(Math.atan2(StainVectors.dot(d, across),
				StainVectors.dot(d, h0)));
			final int bin = (int) Math.round((angle[i] + BLUES_DEG) / BLUES_DEG *
				(ANGLES / 2));
			if (bin >= 0 && bin < ANGLES) peaks[bin] += Math.sqrt(StainVectors.dot(d,
				d));
		}
		double at = firstPeak(peaks) * 2 * BLUES_DEG / ANGLES - BLUES_DEG;
		double[] hematoxylin = h0;
		for (int round = 0; round < 5; round++) {
			hematoxylin = blend(od, angle, at - PEAK_DEG, at + PEAK_DEG, h0, 0);
			at = Math.toDegrees(Math.atan2(StainVectors.dot(hematoxylin, across),
				StainVectors.dot(hematoxylin, h0)));
		}
		final double between = StainVectors.angleDegrees(h0, i0);
		double[] indigo = i0;
		double rich = 0;
		for (int round = 0; round < 3; round++) {
			final double[] w = StainVectors.of(Stain.HEMATOXYLIN, hematoxylin,
				Stain.INDIGO, indigo).weights(StainVectors.CHROMOGEN);
			final float[] of = new float[n];
			int m = 0;
			for (int i = 0; i < n; i++)
				if (w[0] * od[3 * i] + w[1] * od[3 * i + 1] + w[2] * od[3 * i +
					2] >= RICH_OD) of[m++] = angle[i];
			Arrays.sort(of, 0, m);
			rich = m;
			indigo = m == 0 ? i0 : blend(od, angle, of[(int) (PURE_FROM * (m - 1))],
				of[(int) (PURE_TO * (m - 1))], i0, FEW_PIXELS);
			if (StainVectors.angleDegrees(hematoxylin, indigo) < 5) break;
		}
		final double apart = StainVectors.angleDegrees(hematoxylin, indigo);
		final double quality = Math.min(1, (double) n / MANY_PIXELS) * (1 - falling(
			apart, 5, 7)) * falling(StainVectors.angleDegrees(hematoxylin, h0), 12,
				25);
		final String why = quality < GOOD
			? "hematoxylin and indigo can hardly be told apart by their colour" : "";
		return apart < 5 ? new Found(builtIn, 0, "built-in", why) : new Found(
			StainVectors.of(Stain.HEMATOXYLIN, hematoxylin, Stain.INDIGO, indigo),
			quality, "estimated from the slide" + (rich > FEW_PIXELS ? ""
				: ", mostly built-in for indigo"), why);
	}

	/** The first bin that is a peak of some height, after smoothing. */
	private static int firstPeak(final double[] bins) {
		final double[] smooth = new double[bins.length];
		double most = 0;
		for (int i = 0; i < bins.length; i++) {
			for (int d = -4; d <= 4; d++)
				if (i + d >= 0 && i + d < bins.length) smooth[i] += bins[i + d] * (5 -
					Math.abs(d));
			most = Math.max(most, smooth[i]);
		}
		int i = 1;
		while (i < bins.length - 1 && (smooth[i] < 0.2 * most || smooth[i +
			1] > smooth[i]))
			i++;
		return i;
	}

	/** Mean colour of pixels between two angles, and of so many of a prior. */
	private static double[] blend(final float[] od, final float[] angle,
		final double from, final double to, final double[] prior,
		final double pixels)
	{
		final double[] sum = { pixels * prior[0], pixels * prior[1], pixels *
			prior[2] };
		for (int i = 0; i < angle.length; i++)
			if (angle[i] >= from && angle[i] <= to) for (int c = 0; c < 3; c++)
				sum[c] += od[3 * i + c];
		return StainVectors.unit(sum);
	}

	private static double[] minus(final double[] a, final double[] b,
		final double times)
	{
		return new double[] { a[0] - times * b[0], a[1] - times * b[1], a[2] -
			times * b[2] };
	}

	/**
	 * Three stains: the mean direction of the colours that are nearest to each
	 * built-in vector; a stain that hardly occurs keeps it.
	 */
	private static Found findEach(final StainVectors builtIn, final float[] od,
		final double[] weight)
	{
		final double[][] sum = new double[3][3];
		final int[] near = new int[3];
		for (int i = 0; i < weight.length; i++) {
			final double[] u = direction(od, i);
			int best = 0;
			for (int s = 1; s < 3; s++)
				if (StainVectors.dot(u, builtIn.vector(s)) > StainVectors.dot(u, builtIn
					.vector(best))) best = s;
			if (StainVectors.angleDegrees(u, builtIn.vector(best)) > ALIKE_DEG)
				continue;
			near[best]++;
			for (int c = 0; c < 3; c++)
				sum[best][c] += weight[i] * od[3 * i + c];
		}
		final double[][] v = new double[3][];
		double quality = Math.min(1, (double) weight.length / MANY_PIXELS);
		String why = quality < GOOD ? "few stained pixels" : "";
		for (int s = 0; s < 3; s++) {
			final boolean present = near[s] >= Math.max(PRESENT_PIXELS,
				PRESENT_SHARE * weight.length);
			v[s] = present ? StainVectors.unit(sum[s]) : builtIn.vector(s);
			if (!present) {
				quality = 0;
				why = "hardly any pixel stained by " + builtIn.stain(s).label();
			}
		}
		try {
			return new Found(StainVectors.of(builtIn.stain(0), v[0], builtIn.stain(1),
				v[1]).with(builtIn.stain(2), v[2]), quality, "estimated from the slide",
				why);
		}
		catch (final IllegalArgumentException exc) {
			return new Found(builtIn, 0, "built-in", exc.getMessage());
		}
	}

	private static Found findTwo(final StainVectors builtIn, final float[] od,
		final double[] weight)
	{
		final int n = weight.length;
		final double[] b0 = builtIn.vector(0), b1 = builtIn.vector(1);
		final double[][] axes = principalAxes(od, weight);
		final double[] e0 = axes[0], e1 = axes[1];
		final double[] angle = new double[n];
		double total = 0;
		final int[] alikePixels = new int[2];
		final double alike = Math.cos(Math.toRadians(ALIKE_DEG));
		for (int i = 0; i < n; i++) {
			final double[] u = direction(od, i);
			angle[i] = Math.atan2(StainVectors.dot(u, e1), StainVectors.dot(u, e0));
			total += weight[i];
			final double c0 = StainVectors.dot(u, b0), c1 = StainVectors.dot(u, b1);
			if (Math.max(c0, c1) > alike) alikePixels[c0 >= c1 ? 0 : 1]++;
		}
		final double[] low = at(e0, e1, weightedQuantile(angle, weight, total,
			BEYOND));
		final double[] high = at(e0, e1, weightedQuantile(angle, weight, total, 1 -
			BEYOND));
		final boolean swap = StainVectors.angleDegrees(low, b1) + StainVectors
			.angleDegrees(high, b0) < StainVectors.angleDegrees(low, b0) +
				StainVectors.angleDegrees(high, b1);
		final double[][] v = swap ? new double[][] { high, low } : new double[][] {
			low, high };
		final double[][] b = { b0, b1 };
		double quality = Math.min(1, (double) n / MANY_PIXELS);
		String why = quality < GOOD ? "few stained pixels" : "";
		final List<String> kept = new ArrayList<>();
		for (int s = 0; s < 2; s++) {
			final boolean present = alikePixels[s] >= Math.max(PRESENT_PIXELS,
				PRESENT_SHARE * n);
			final double own = StainVectors.angleDegrees(v[s], b[s]);
			final double match = present && own < StainVectors.angleDegrees(v[s],
				b[1 - s]) ? falling(own, 12, 30) : 0;
			if (match == 0) {
				kept.add(builtIn.stain(s).label());
				v[s] = b[s];
			}
			if (match < GOOD) why = present ? "the colour of " + builtIn.stain(s)
				.label() + " is unusual" : "hardly any pixel stained by " + builtIn
					.stain(s).label();
			quality *= match;
		}
		final double apart = StainVectors.angleDegrees(v[0], v[1]);
		final double distinct = 1 - falling(apart, 10, 20);
		if (distinct < GOOD) why = "the two stains have nearly the same colour";
		quality *= distinct;
		if (apart < 10) return new Found(builtIn, 0, "built-in", why);
		return new Found(StainVectors.of(builtIn.stain(0), v[0], builtIn.stain(1),
			v[1]), quality, "estimated from the slide" + (kept.isEmpty() ? ""
				: ", built-in for " + String.join(" and ", kept)), why);
	}

	/** 1 up to {@code from}, 0 from {@code to} on, a line between. */
	private static double falling(final double x, final double from,
		final double to)
	{
		return Math.max(0, Math.min(1, (to - x) / (to - from)));
	}

	/**
	 * Optical densities of tinted pixels, averaged 2 x 2, that lie near the plane
	 * of the built-in vectors.
	 */
	private static float[] tinted(final StainVectors builtIn,
		final List<RgbField> samples, final WhiteReference white)
	{
		long cells = 0;
		for (final RgbField f : samples)
			cells += (long) (f.width() / 2) * (f.height() / 2);
		final int step = (int) Math.max(1, Math.ceil(Math.sqrt((double) cells /
			SAMPLE)));
		final double[] normal = builtIn.vector(StainVectors.RESIDUAL);
		// three stains span all colours: there is no plane
		final double off = builtIn.hasThird() ? 1 : Math.sin(Math.toRadians(
			OFF_PLANE_DEG));
		float[] od = new float[3 * 4096];
		int n = 0;
		final double[] d = new double[3];
		for (final RgbField f : samples)
			for (int y = 0; y + 1 < f.height(); y += 2 * step)
				for (int x = 0; x + 1 < f.width(); x += 2 * step) {
					final int p = 3 * (y * f.width() + x), q = p + 3 * f.width();
					final byte[] a = f.rgb();
					double most = 0;
					for (int c = 0; c < 3; c++) {
						d[c] = white.opticalDensity(c, ((a[p + c] & 255) + (a[p + 3 + c] &
							255) + (a[q + c] & 255) + (a[q + 3 + c] & 255)) / 4.0);
						most = Math.max(most, d[c]);
					}
					final double length = Math.sqrt(StainVectors.dot(d, d));
					if (length < TINTED_OD || most > DENSE_OD || Math.abs(StainVectors
						.dot(d, normal)) > off * length) continue;
					if (3 * n + 3 > od.length) od = Arrays.copyOf(od, 2 * od.length);
					for (int c = 0; c < 3; c++)
						od[3 * n + c] = (float) d[c];
					n++;
				}
		return Arrays.copyOf(od, 3 * n);
	}

	/** Weight of each pixel: 1 / sqrt(number of pixels of its colour). */
	private static double[] colourWeights(final float[] od) {
		final int n = od.length / 3;
		final int[] bin = new int[n];
		final int[] count = new int[BINS * BINS];
		for (int i = 0; i < n; i++) {
			final double[] u = direction(od, i);
			bin[i] = bin(u[0]) * BINS + bin(u[2]);
			count[bin[i]]++;
		}
		final double[] weight = new double[n];
		for (int i = 0; i < n; i++)
			weight[i] = 1 / Math.sqrt(count[bin[i]]);
		return weight;
	}

	private static int bin(final double x) {
		return (int) Math.max(0, Math.min(BINS - 1, (x + 0.2) / 1.2 * BINS));
	}

	private static double[] direction(final float[] od, final int i) {
		return StainVectors.unit(new double[] { od[3 * i], od[3 * i + 1], od[3 * i +
			2] });
	}

	/** Direction at an angle in the plane, without negative parts. */
	private static double[] at(final double[] e0, final double[] e1,
		final double angle)
	{
		final double[] v = new double[3];
		for (int c = 0; c < 3; c++)
			v[c] = Math.max(0, Math.cos(angle) * e0[c] + Math.sin(angle) * e1[c]);
		return StainVectors.unit(v);
	}

	private static double weightedQuantile(final double[] values,
		final double[] weight, final double total, final double q)
	{
		final int bins = 4096;
		final double[] h = new double[bins];
		for (int i = 0; i < values.length; i++)
			h[(int) Math.max(0, Math.min(bins - 1, (values[i] / Math.PI + 0.5) *
				bins))] += weight[i];
		double below = 0;
		for (int i = 0; i < bins; i++) {
			below += h[i];
			if (below >= q * total) return ((i + 0.5) / bins - 0.5) * Math.PI;
		}
		return Math.PI / 2;
	}

	/**
	 * The two main axes of the directions (not centred: the plane goes through
	 * clear glass), the first turned into the positive octant.
	 */
	private static double[][] principalAxes(final float[] od,
		final double[] weight)
	{
		final double[][] m = new double[3][3];
		for (int i = 0; i < weight.length; i++) {
			final double[] u = direction(od, i);
			for (int a = 0; a < 3; a++)
				for (int b = 0; b < 3; b++)
					m[a][b] += weight[i] * u[a] * u[b];
		}
		final double[][] v = SymmetricEigen.vectors(m);
		if (v[0][0] + v[0][1] + v[0][2] < 0) for (int c = 0; c < 3; c++)
			v[0][c] = -v[0][c];
		return v;
	}
}
