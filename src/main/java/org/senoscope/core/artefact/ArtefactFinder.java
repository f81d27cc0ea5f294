
package org.senoscope.core.artefact;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.senoscope.core.image.RgbField;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.stain.StainEstimate;
import org.senoscope.core.stain.StainVectors;

/**
 * Finds artefacts on a small picture of a whole slide, each by what makes it in
 * the light path. Works in optical densities against the slide's own white and
 * in µm, so that camera and magnification do not matter.
 * <p>
 * A stain leaves one of the three channels nearly clear; what darkens all three
 * alike (a second layer, shadow, dirt, the rim of a bubble) shows in the
 * channel that is clearest. On X-gal the share of blue light that indigo itself
 * takes, told from red, is taken off first, so that stain of any depth is no
 * artefact.
 */
public final class ArtefactFinder {

	/**
	 * Side of the pixels on which is sought, where the picture is finer: on a
	 * field, and on a slide, whose artefacts are larger and whose pixels are
	 * many.
	 */
	private static final double FIELD_PIXEL_UM = 1, SLIDE_PIXEL_UM = 2;
	/** Longest side from which a picture is a slide. */
	private static final double SLIDE_UM = 2000;

	/** Levels on which folds are looked at, of the usual cut. */
	private static final double[] FOLD_LEVELS = { 0.6, 1, 1.6 };
	/** Share of the picture that folds cover at most. */
	private static final double MOST_FOLDED = 0.08;

	/** Pixels up to which kinds are sought side by side: each has planes. */
	private static final int SIDE_BY_SIDE_PX = 10_000_000;

	private final RgbField picture;
	private final StainEstimate stains;
	private final boolean[] analysed;
	private final int factor;
	private final Raster raster;
	private final int w, h, n;
	private final double um;
	private final float[][] od = new float[3][];
	/** Least and largest density of the three channels, their mean. */
	private final float[] least, most, mean;
	/** Densities that no single stain makes. */
	private final float[] veil;
	private final byte[] found;
	/** Found when first asked for: folds are told from both. */
	private boolean[] debris, shadow;
	private final Object debrisLock = new Object(), shadowLock = new Object();

	private ArtefactFinder(final RgbField picture, final double pictureUm,
		final StainEstimate stains, final boolean[] analysed)
	{
		this.picture = picture;
		this.stains = stains;
		factor = (int) Math.max(1, Math.round((isSlide(picture, pictureUm)
			? SLIDE_PIXEL_UM : FIELD_PIXEL_UM) / pictureUm));
		um = factor * pictureUm;
		w = (picture.width() + factor - 1) / factor;
		h = (picture.height() + factor - 1) / factor;
		n = w * h;
		raster = new Raster(w, h);
		this.analysed = analysed == null ? null : shrunk(analysed);
		found = new byte[n];
		least = new float[n];
		most = new float[n];
		mean = new float[n];
		densities();
		if (analysed == null) flatten();
		for (int i = 0; i < n; i++) {
			least[i] = Math.min(od[0][i], Math.min(od[1][i], od[2][i]));
			most[i] = Math.max(od[0][i], Math.max(od[1][i], od[2][i]));
			mean[i] = (od[0][i] + od[1][i] + od[2][i]) / 3;
		}
		veil = veil();
	}

	/**
	 * Finds artefacts.
	 *
	 * @param picture the whole slide, small; the finer, the smaller the debris
	 *          that is found
	 * @param pixelUm side of its pixels in µm
	 * @param fullWidth width of the slide at level 0
	 * @param fullHeight its height
	 * @param stains stains and white of the slide, a brightfield kind
	 * @param tissue where tissue is, by pixel of the picture; null where the
	 *          whole picture counts, as in fields of cultured cells
	 * @param section whether a section lies on the slide: dense epithelium in
	 *          loose stroma looks like a fold
	 * @param settings what is sought
	 * @param threads above 1: kinds are sought side by side, but on slides, where
	 *          that would take memory; the map is the same
	 */
	public static ArtefactMap find(final RgbField picture, final double pixelUm,
		final int fullWidth, final int fullHeight, final StainEstimate stains,
		final boolean[] tissue, final boolean section,
		final ArtefactSettings settings, final int threads)
	{
		final Set<ArtefactKind> sought = EnumSet.noneOf(ArtefactKind.class);
		for (final ArtefactKind kind : ArtefactKind.values())
			if (isSought(kind, settings, stains.kind(), tissue != null, section,
				pixelUm <= 1.3 && !isSlide(picture, pixelUm))) sought.add(kind);
		if (sought.isEmpty()) return ArtefactMap.NONE;
		final ArtefactFinder f = new ArtefactFinder(picture, pixelUm, stains,
			tissue);
		// put down in the order of kinds, whichever is found first
		final List<boolean[]> masks = (threads > 1 && f.n <= SIDE_BY_SIDE_PX
			? sought.parallelStream() : sought.stream()).map(f::mask).toList();
		int at = 0;
		for (final ArtefactKind kind : sought)
			f.put(kind, masks.get(at++));
		return new ArtefactMap(f.w, f.h, fullWidth, fullHeight, f.found, sought);
	}

	private boolean[] mask(final ArtefactKind kind) {
		return switch (kind) {
			case FOLD -> folds();
			case PEN -> pen();
			case BUBBLE -> bubbles();
			case DEBRIS -> debris();
			case PIGMENT -> pigment();
			case EDGE_SHADOW -> shadow();
			case OUT_OF_FOCUS -> blur();
			case GLASS -> glass();
		};
	}

	private static boolean isSlide(final RgbField picture,
		final double pictureUm)
	{
		return Math.max(picture.width(), picture.height()) * pictureUm >= SLIDE_UM;
	}

	private static boolean isSought(final ArtefactKind kind,
		final ArtefactSettings settings, final ImageKind image,
		final boolean masked, final boolean section, final boolean fine)
	{
		if (settings.of(kind) == ArtefactMasking.OFF) return false;
		return switch (kind) {
			case FOLD -> settings.of(kind) == ArtefactMasking.ON || image
				.hasIndigo() && !section;
			// granules of Sudan Black B are as black as dirt
			case DEBRIS -> settings.of(kind) == ArtefactMasking.ON ||
				image != ImageKind.SBB_NFR;
			case PIGMENT -> settings.of(kind) == ArtefactMasking.ON ||
				image != ImageKind.H_DAB && image != ImageKind.X_GAL_HDAB;
			// coarser pixels show no fine structure that could be lost
			case OUT_OF_FOCUS -> fine;
			case GLASS -> masked;
			default -> true;
		};
	}

	private void put(final ArtefactKind kind, final boolean[] mask) {
		for (int i = 0; i < n; i++)
			if (mask[i] && found[i] == 0 && (analysed == null || analysed[i]))
				found[i] = (byte) (1 + kind.ordinal());
	}

	private int px(final double lengthUm) {
		return (int) Math.max(1, Math.round(lengthUm / um));
	}

	private boolean[] shrunk(final boolean[] fine) {
		final boolean[] out = new boolean[n];
		for (int y = 0; y < picture.height(); y++)
			for (int x = 0; x < picture.width(); x++)
				out[y / factor * w + x / factor] |= fine[y * picture.width() + x];
		return out;
	}

	private void densities() {
		final byte[] rgb = picture.rgb();
		final float[] ofSum = new float[255 * factor * factor + 1];
		for (int c = 0; c < 3; c++) {
			for (int sum = 0; sum < ofSum.length; sum++)
				ofSum[sum] = (float) stains.white().opticalDensity(c, (double) sum /
					(factor * factor));
			od[c] = new float[n];
			for (int y = 0; y < h; y++)
				for (int x = 0; x < w; x++) {
					int sum = 0, count = 0;
					for (int yy = y * factor; yy < Math.min(picture.height(), (y + 1) *
						factor); yy++)
						for (int xx = x * factor; xx < Math.min(picture.width(), (x + 1) *
							factor); xx++, count++)
							sum += rgb[3 * (yy * picture.width() + xx) + c] & 255;
					od[c][y * w + x] = count == factor * factor ? ofSum[sum]
						: (float) stains.white().opticalDensity(c, (double) sum / count);
				}
		}
	}

	/**
	 * Takes off the slope of the light over a field: a surface of second order
	 * through the clearest fifth of each square of 40 µm, fitted again and again
	 * without what lies above it.
	 */
	private void flatten() {
		final int side = px(40), columns = (w + side - 1) / side, rows = (h + side -
			1) / side;
		if (columns * rows < 12) return;
		final double[][] terms = new double[columns * rows][];
		final double[] level = new double[columns * rows], weight =
			new double[columns * rows];
		Arrays.fill(weight, 1);
		final float[] values = new float[side * side];
		for (int t = 0; t < terms.length; t++) {
			final int x0 = t % columns * side, y0 = t / columns * side;
			int k = 0;
			for (int y = y0; y < Math.min(h, y0 + side); y++)
				for (int x = x0; x < Math.min(w, x0 + side); x++)
					values[k++] = Math.min(od[0][y * w + x], Math.min(od[1][y * w + x],
						od[2][y * w + x]));
			Arrays.sort(values, 0, k);
			level[t] = values[k / 5];
			terms[t] = terms(Math.min(w, x0 + side / 2), Math.min(h, y0 + side / 2));
		}
		double[] surface = null;
		for (int round = 0; round < 8; round++) {
			surface = solve(terms, level, weight);
			for (int t = 0; t < terms.length; t++) {
				final double above = level[t] - dot(surface, terms[t]);
				weight[t] = above <= 0 ? 1 : Math.exp(-above * above / (2 * 0.02 *
					0.02));
			}
		}
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				final float s = (float) dot(surface, terms(x, y));
				for (int c = 0; c < 3; c++)
					od[c][y * w + x] -= s;
			}
	}

	private double[] terms(final int x, final int y) {
		final double u = 2.0 * x / w - 1, v = 2.0 * y / h - 1;
		return new double[] { 1, u, v, u * u, u * v, v * v };
	}

	private static double dot(final double[] a, final double[] b) {
		double s = 0;
		for (int i = 0; i < a.length; i++)
			s += a[i] * b[i];
		return s;
	}

	/** Weighted least squares by elimination. */
	private static double[] solve(final double[][] terms, final double[] level,
		final double[] weight)
	{
		final int k = terms[0].length;
		final double[][] a = new double[k][k + 1];
		for (int t = 0; t < terms.length; t++)
			for (int i = 0; i < k; i++) {
				for (int j = 0; j < k; j++)
					a[i][j] += weight[t] * terms[t][i] * terms[t][j];
				a[i][k] += weight[t] * terms[t][i] * level[t];
			}
		for (int i = 0; i < k; i++) {
			// keeps the fit where squares of little weight leave it open
			a[i][i] += 1e-3;
			for (int j = 0; j < k; j++) {
				if (j == i) continue;
				final double f = a[j][i] / a[i][i];
				for (int m = i; m <= k; m++)
					a[j][m] -= f * a[i][m];
			}
		}
		final double[] out = new double[k];
		for (int i = 0; i < k; i++)
			out[i] = a[i][k] / a[i][i];
		return out;
	}

	private float[] veil() {
		if (!stains.kind().hasIndigo()) return least;
		final double[] indigo = stains.vectors().vector(StainVectors.CHROMOGEN);
		final double share = Math.min(0.45, indigo[2] / indigo[0]);
		final float[] out = new float[n];
		for (int i = 0; i < n; i++)
			out[i] = (float) Math.min(least[i], (od[2][i] - share * od[0][i]) / (1 -
				share));
		return out;
	}

	private static float quantile(final float[] a, final boolean[] where,
		final double q)
	{
		final float[] v = new float[a.length];
		int k = 0;
		for (int i = 0; i < a.length; i++)
			if (where == null || where[i]) v[k++] = a[i];
		if (k == 0) return 0;
		Arrays.sort(v, 0, k);
		return v[(int) (q * (k - 1))];
	}

	/**
	 * A second layer raises what lies between cells too: the least veil within 2
	 * µm, over a long band with sharp sides. Looked at on several levels, since
	 * on a low one a fold runs together with what lies beside it.
	 */
	private boolean[] folds() {
		final float[] ground = raster.mean(raster.least(veil, px(2)), px(2));
		final float usual = Math.max(0, quantile(ground, analysed, 0.5));
		final boolean[] out = new boolean[n], dirt = raster.grow(debris(), px(3)),
				shade = shadow();
		for (final double level : FOLD_LEVELS) {
			final double cut = level * (1.6 * usual + 0.045);
			final boolean[] high = new boolean[n];
			for (int i = 0; i < n; i++)
				high[i] = ground[i] > cut && !dirt[i] && !shade[i];
			final boolean[] bands = raster.open(high, px(3));
			// where much is as dense, it is cells
			if (share(bands) > MOST_FOLDED) continue;
			// dense stain and dirt on a fold part it
			raster.pieces(raster.shrink(raster.grow(bands, px(7)), px(7)), p -> {
				int own = 0;
				for (final int i : p.pixels())
					if (bands[i]) own++;
				if (own >= 0.8 * p.size() && isBand(p, ground, usual))
					for (final int i : p.pixels())
					out[i] = true;
			});
		}
		return raster.grow(out, px(5));
	}

	private static double share(final boolean[] of) {
		int count = 0;
		for (final boolean b : of)
			if (b) count++;
		return (double) count / of.length;
	}

	/** Whether a piece is long, and ends rather than fades at its sides. */
	private boolean isBand(final Raster.Piece p, final float[] ground,
		final double usual)
	{
		// length against mean width, which a bend does not change
		if (p.length() * um < 80 || p.length() * p.length() < 4 * p.size())
			return false;
		final boolean[] in = new boolean[n];
		double inside = 0;
		for (final int i : p.pixels()) {
			in[i] = true;
			inside += ground[i];
		}
		inside /= p.size();
		final int r = px(10);
		final double[] sum = new double[2];
		final int[] count = new int[2];
		for (int y = Math.max(0, p.y0() - r); y < Math.min(h, p.y1() + r); y++)
			for (int x = Math.max(0, p.x0() - r); x < Math.min(w, p.x1() + r); x++) {
				final int i = y * w + x, side = in[i] ? 1 : 0;
				if (!near(in, !in[i], x, y, r)) continue;
				sum[side] += ground[i];
				count[side]++;
			}
		return count[0] > 0 && count[1] > 0 && sum[1] / count[1] - sum[0] /
			count[0] >= 0.6 * (inside - usual);
	}

	/** Whether the piece is (is not) left, right, above or below by r. */
	private boolean near(final boolean[] in, final boolean value, final int x,
		final int y, final int r)
	{
		return x >= r && in[y * w + x - r] == value || x + r < w && in[y * w + x +
			r] == value || y >= r && in[(y - r) * w + x] == value || y + r < h &&
				in[(y + r) * w + x] == value;
	}

	/**
	 * Saturated between the cells too, in a hue that no mixture of the stains
	 * has.
	 */
	private boolean[] pen() {
		final float[][] floor = new float[3][];
		for (int c = 0; c < 3; c++)
			floor[c] = raster.mean(raster.least(od[c], px(3)), px(4));
		final StainVectors v = stains.vectors();
		final double[] first = v.weights(0), second = v.weights(1), rest = v
			.weights(2);
		final boolean third = stains.kind() == ImageKind.X_GAL_HDAB;
		boolean[] ink = new boolean[n];
		for (int i = 0; i < n; i++) {
			final double[] d = { floor[0][i], floor[1][i], floor[2][i] };
			if (Math.max(d[0], Math.max(d[1], d[2])) - Math.min(d[0], Math.min(d[1],
				d[2])) < 0.2) continue;
			final double length = Math.sqrt(dot(d, d)), a = dot(first, d) / length,
					b = dot(second, d) / length, c = dot(rest, d) / length;
			ink[i] = a < -0.2 || b < -0.2 || (third ? c < -0.2 : Math.abs(c) > 0.2);
		}
		ink = raster.open(ink, px(10));
		final boolean[] out = new boolean[n];
		raster.pieces(ink, p -> {
			if (p.size() * um * um >= 4000) for (final int i : p.pixels())
				out[i] = true;
		});
		return raster.grow(out, px(8));
	}

	private boolean[] neutral(final double density, final double tint) {
		final boolean[] out = new boolean[n];
		for (int i = 0; i < n; i++)
			out[i] = veil[i] > density && most[i] - least[i] < tint * most[i];
		return out;
	}

	/** A closed neutral rim, round, and what lies inside. */
	private boolean[] bubbles() {
		final boolean[] rim = raster.grow(neutral(0.2, 0.4), 1);
		final boolean[] out = new boolean[n];
		raster.pieces(Raster.not(rim), p -> {
			if (p.x0() == 0 || p.y0() == 0 || p.x1() == w || p.y1() == h) return;
			final double across = Math.max(p.x1() - p.x0(), p.y1() - p.y0());
			if (across * um < 36 || p.size() < 0.72 * Math.PI / 4 * across * across)
				return;
			for (final int i : p.pixels())
				out[i] = true;
		});
		// the rim around each inside, as far as it is a rim
		final boolean[] reached = raster.grow(out, px(10));
		for (int i = 0; i < n; i++)
			out[i] |= reached[i] && rim[i];
		return out;
	}

	/** Opaque in every channel, and what hangs on it as neutral. */
	private boolean[] debris() {
		synchronized (debrisLock) {
			if (debris == null) debris = findDebris();
			return debris;
		}
	}

	private boolean[] findDebris() {
		// nuclei full of both stains are nearly neutral; dirt is blacker
		final boolean nuclei = !stains.kind().hasIndigo();
		final boolean[] core = neutral(nuclei ? 1 : 0.5, 0.25), wide = raster.grow(
			neutral(nuclei ? 0.6 : 0.25, 0.35), 1);
		final boolean[] out = new boolean[n];
		raster.pieces(wide, p -> {
			int seeds = 0;
			for (final int i : p.pixels())
				if (core[i]) seeds++;
			if (seeds * um * um < 6 || seeds < 0.15 * p.size()) return;
			for (final int i : p.pixels())
				out[i] = true;
		});
		return out;
	}

	/** Brown: blue light is taken most, then green, then red. */
	private boolean[] pigment() {
		final boolean[] brown = new boolean[n];
		for (int i = 0; i < n; i++)
			brown[i] = od[2][i] > 0.3 && od[2][i] > 1.15 * od[1][i] &&
				od[1][i] > 1.15 * od[0][i] && od[0][i] > 0.05;
		final boolean[] out = new boolean[n];
		raster.pieces(brown, p -> {
			if (p.size() * um * um >= 6) for (final int i : p.pixels())
				out[i] = true;
		});
		return raster.grow(out, px(1.5));
	}

	/**
	 * Wide, neutral and fading, from the edge of the picture or of the tissue.
	 */
	private boolean[] shadow() {
		synchronized (shadowLock) {
			if (shadow == null) shadow = findShadow();
			return shadow;
		}
	}

	private boolean[] findShadow() {
		// between cells a shadow has no colour, whatever their stains
		final float[][] floor = new float[3][];
		for (int c = 0; c < 3; c++)
			floor[c] = raster.mean(raster.least(od[c], px(6)), px(6));
		boolean[] grey = new boolean[n];
		for (int i = 0; i < n; i++) {
			final float hi = Math.max(floor[0][i], Math.max(floor[1][i],
				floor[2][i])), lo = Math.min(floor[0][i], Math.min(floor[1][i],
					floor[2][i]));
			grey[i] = lo > 0.05 && hi - lo < 0.35 * hi;
		}
		grey = raster.open(grey, px(10));
		final boolean[] border = new boolean[n];
		if (analysed == null) for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++)
				border[y * w + x] = x == 0 || y == 0 || x == w - 1 || y == h - 1;
		else {
			final boolean[] out = raster.grow(Raster.not(analysed), 1);
			System.arraycopy(out, 0, border, 0, n);
		}
		final boolean[] out = new boolean[n];
		raster.pieces(grey, p -> {
			boolean touches = false;
			for (final int i : p.pixels())
				touches |= border[i];
			if (touches && p.size() * um * um >= 1500) for (final int i : p.pixels())
				out[i] = true;
		});
		return raster.grow(out, px(8));
	}

	/**
	 * Structure without its fine part: the mean square difference of neighbours
	 * at 1 µm against that at 4 µm, in squares of 50 µm. Blur by an edge wider
	 * than 4 µm leaves a sixteenth; the slide's own sharp places leave more.
	 */
	private boolean[] blur() {
		final float[] fine = differences(px(1)), coarse = differences(px(4));
		// noise of camera and compression stands in both alike
		final float noise = quantile(fine, null, 0.01);
		final float[] ratio = new float[n];
		final boolean[] structured = new boolean[n];
		for (int i = 0; i < n; i++) {
			structured[i] = coarse[i] - noise > 1e-4;
			ratio[i] = structured[i] ? (fine[i] - noise) / (coarse[i] - noise) : 1;
		}
		final float sharp = quantile(ratio, structured, 0.6);
		final boolean[] soft = new boolean[n];
		for (int i = 0; i < n; i++)
			soft[i] = structured[i] && ratio[i] < Math.min(0.09, 0.5 * sharp);
		// the squares reach out of the soft place
		return raster.grow(raster.open(soft, px(10)), px(12));
	}

	/** Mean square difference at a distance, over squares of 50 µm. */
	private float[] differences(final int lag) {
		final float[] d = new float[n];
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				final float v = mean[y * w + x], a = v - mean[y * w + Math.min(w - 1,
					x + lag)], b = v - mean[Math.min(h - 1, y + lag) * w + x];
				d[y * w + x] = (a * a + b * b) / 2;
			}
		return raster.mean(d, px(25));
	}

	/** As clear as glass and as colourless, wider than 10 µm. */
	private boolean[] glass() {
		final int r = px(4);
		final float[] hi = raster.mean(most, r), lo = raster.mean(least, r);
		boolean[] clear = new boolean[n];
		for (int i = 0; i < n; i++)
			clear[i] = hi[i] < 0.04 && hi[i] - lo[i] < 0.03;
		clear = raster.open(clear, px(5));
		final boolean[] out = new boolean[n];
		raster.pieces(clear, p -> {
			if (p.size() * um * um >= 300) for (final int i : p.pixels())
				out[i] = true;
		});
		return out;
	}
}
