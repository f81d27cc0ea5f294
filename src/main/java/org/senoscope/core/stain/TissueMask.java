
package org.senoscope.core.stain;

import java.util.Arrays;

import org.senoscope.core.image.Region;
import org.senoscope.core.image.RgbField;

/**
 * Where tissue lies on a slide: one flag a pixel of the overview, looked up in
 * level-0 pixels. Immutable, thread-safe.
 * <p>
 * A pixel is tissue where it is coloured, textured or dark against glass; a
 * smooth grey veil (shadow, uneven lamp) is not. The rule leans towards tissue:
 * faint pieces count, the border is drawn a little outside, small holes are
 * filled. A picture on which no glass is seen is tissue throughout.
 */
public final class TissueMask {

	/**
	 * Difference of densities between channels on glass, at least and at most.
	 */
	private static final double LEAST_TINT = 0.025, MOST_TINT = 0.07;
	/** Tinted pixels are at least this dense (mean of channels). */
	private static final double TINTED_DENSITY = 0.02;
	/** Range of densities among neighbours from which a pixel is textured. */
	private static final double LEAST_TEXTURE = 0.04;
	/** Textured pixels are at least this dense. */
	private static final double TEXTURED_DENSITY = 0.04;
	/** Pixels this dense are tissue, whatever their colour. */
	private static final double DENSE = 0.2;
	/** Noise of glass counts this many times. */
	private static final double NOISE_FACTOR = 4;
	/** The border is drawn outside by this much. */
	private static final double BORDER_UM = 10;
	private static final int LARGEST_BORDER_PX = 3;
	/** Holes up to this many smallest pieces are filled. */
	private static final double HOLE_FACTOR = 10;

	private final int width;
	private final int height;
	private final int fullWidth;
	private final int fullHeight;
	private final boolean[] tissue;

	private TissueMask(final int width, final int height, final int fullWidth,
		final int fullHeight, final boolean[] tissue)
	{
		this.width = width;
		this.height = height;
		this.fullWidth = fullWidth;
		this.fullHeight = fullHeight;
		this.tissue = tissue;
	}

	/**
	 * Finds tissue.
	 *
	 * @param overview the whole picture, small
	 * @param fullWidth width of the picture at level 0 in pixels
	 * @param fullHeight height at level 0 in pixels
	 * @param white colour of glass; where none was seen, everything is tissue
	 * @param pixelSizeUm size of a level-0 pixel in µm
	 * @param minPieceUm2 pieces smaller than this are left out
	 */
	public static TissueMask of(final RgbField overview, final int fullWidth,
		final int fullHeight, final WhiteReference white, final double pixelSizeUm,
		final double minPieceUm2)
	{
		final int w = overview.width(), h = overview.height();
		if (!white.found()) return everything(w, h, fullWidth, fullHeight);
		final double pixelUm = pixelSizeUm * Math.sqrt((double) fullWidth / w *
			fullHeight / h);
		boolean[] t = coloured(overview, white);
		t = erode(dilate(t, w, h), w, h);
		final double minPiece = minPieceUm2 / (pixelUm * pixelUm);
		removePieces(t, w, h, true, minPiece);
		removePieces(t, w, h, false, HOLE_FACTOR * minPiece);
		final int border = (int) Math.max(1, Math.min(LARGEST_BORDER_PX, Math.round(
			BORDER_UM / pixelUm)));
		for (int i = 0; i < border; i++)
			t = dilate(t, w, h);
		return new TissueMask(w, h, fullWidth, fullHeight, t);
	}

	/**
	 * The whole picture counts.
	 *
	 * @param width width of the overview in pixels
	 * @param height height of the overview in pixels
	 * @param fullWidth width at level 0 in pixels
	 * @param fullHeight height at level 0 in pixels
	 */
	public static TissueMask everything(final int width, final int height,
		final int fullWidth, final int fullHeight)
	{
		final boolean[] all = new boolean[width * height];
		Arrays.fill(all, true);
		return new TissueMask(width, height, fullWidth, fullHeight, all);
	}

	/** Returns the width of the overview in pixels. */
	public int width() {
		return width;
	}

	/** Returns the height of the overview in pixels. */
	public int height() {
		return height;
	}

	/** Returns the flags of the overview's pixels, row by row (a copy). */
	public boolean[] pixels() {
		return tissue.clone();
	}

	/**
	 * Returns whether a level-0 pixel is tissue; false outside of the picture.
	 *
	 * @param x0 column at level 0
	 * @param y0 row at level 0
	 */
	public boolean at(final int x0, final int y0) {
		if (x0 < 0 || y0 < 0 || x0 >= fullWidth || y0 >= fullHeight) return false;
		return tissue[(int) ((long) y0 * height / fullHeight) * width +
			(int) ((long) x0 * width / fullWidth)];
	}

	/**
	 * Returns the number of level-0 pixels of a region that are tissue: exactly
	 * those for which {@link #at} is true.
	 *
	 * @param level0 rectangle in level-0 pixels, may reach outside
	 */
	public long count(final Region level0) {
		final Region r = level0.intersect(new Region(0, 0, fullWidth, fullHeight));
		if (r.isEmpty()) return 0;
		final int left = (int) ((long) r.x() * width / fullWidth), right =
			(int) ((long) (r.right() - 1) * width / fullWidth);
		long n = 0;
		for (int y = r.y(); y < r.bottom();) {
			final int row = (int) ((long) y * height / fullHeight);
			final int next = Math.min(r.bottom(), first(row + 1, height, fullHeight));
			long columns = 0;
			for (int c = left; c <= right; c++)
				if (tissue[row * width + c]) columns += Math.min(r.right(), first(c + 1,
					width, fullWidth)) - Math.max(r.x(), first(c, width, fullWidth));
			n += columns * (next - y);
			y = next;
		}
		return n;
	}

	/** Returns whether a region in level-0 pixels holds tissue. */
	public boolean any(final Region level0) {
		return count(level0) > 0;
	}

	/** Returns the number of level-0 pixels that are tissue. */
	public long count() {
		return count(new Region(0, 0, fullWidth, fullHeight));
	}

	/** First level-0 column (row) of an overview column (row). */
	private static int first(final int index, final int n, final int full) {
		return (int) (((long) index * full + n - 1) / n);
	}

	private static boolean[] coloured(final RgbField f,
		final WhiteReference white)
	{
		final int w = f.width(), h = f.height();
		final float[] density = new float[w * h], tint = new float[w * h];
		// Noise of glass, from the pixels that are brighter than it.
		double squares = 0, tints = 0;
		int brighter = 0;
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				double sum = 0, hi = -9, lo = 9;
				for (int c = 0; c < 3; c++) {
					int s = 0, n = 0;
					for (int yy = Math.max(0, y - 1); yy <= Math.min(h - 1, y + 1); yy++)
						for (int xx = Math.max(0, x - 1); xx <= Math.min(w - 1, x +
							1); xx++, n++)
							s += f.rgb()[3 * (yy * w + xx) + c] & 255;
					final double d = white.opticalDensity(c, (double) s / n);
					sum += d;
					hi = Math.max(hi, d);
					lo = Math.min(lo, d);
				}
				final int i = y * w + x;
				density[i] = (float) (sum / 3);
				tint[i] = (float) (hi - lo);
				if (density[i] < 0) {
					squares += density[i] * density[i];
					tints += tint[i];
					brighter++;
				}
			}
		final double noise = brighter == 0 ? 0 : NOISE_FACTOR * Math.sqrt(squares /
			brighter);
		final double tinted = Math.min(MOST_TINT, Math.max(LEAST_TINT, brighter == 0
			? 0 : NOISE_FACTOR * tints / brighter));
		final boolean[] t = new boolean[w * h];
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				final int i = y * w + x;
				if (density[i] > DENSE || tint[i] > tinted &&
					density[i] > TINTED_DENSITY)
				{
					t[i] = true;
					continue;
				}
				if (density[i] < Math.max(TEXTURED_DENSITY, noise)) continue;
				float hi = density[i], lo = density[i];
				for (int yy = Math.max(0, y - 1); yy <= Math.min(h - 1, y + 1); yy++)
					for (int xx = Math.max(0, x - 1); xx <= Math.min(w - 1, x +
						1); xx++)
					{
						hi = Math.max(hi, density[yy * w + xx]);
						lo = Math.min(lo, density[yy * w + xx]);
					}
				t[i] = hi - lo > Math.max(LEAST_TEXTURE, noise);
			}
		return t;
	}

	/**
	 * Turns 4-connected pieces of one value below a size into the other. Pixels
	 * with all four neighbours in the piece count: the border of a speck is the
	 * blur of the mask.
	 */
	private static void removePieces(final boolean[] t, final int w, final int h,
		final boolean value, final double leastPixels)
	{
		final boolean[] seen = new boolean[t.length];
		final int[] stack = new int[t.length];
		for (int start = 0; start < t.length; start++) {
			if (seen[start] || t[start] != value) continue;
			int n = 1, inner = 0;
			boolean atBorder = false;
			stack[0] = start;
			seen[start] = true;
			for (int i = 0; i < n; i++) {
				final int p = stack[i], x = p % w;
				atBorder |= x == 0 || x == w - 1 || p < w || p >= t.length - w;
				if ((x == 0 || t[p - 1] == value) && (x == w - 1 || t[p +
					1] == value) && (p < w || t[p - w] == value) && (p >= t.length - w ||
						t[p + w] == value)) inner++;
				if (x > 0) n = push(t, seen, stack, n, p - 1, value);
				if (x < w - 1) n = push(t, seen, stack, n, p + 1, value);
				if (p >= w) n = push(t, seen, stack, n, p - w, value);
				if (p < t.length - w) n = push(t, seen, stack, n, p + w, value);
			}
			// Glass at the border may go on outside: it is no hole.
			if (atBorder && !value) continue;
			if (inner < leastPixels) for (int i = 0; i < n; i++)
				t[stack[i]] = !value;
		}
	}

	private static int push(final boolean[] t, final boolean[] seen,
		final int[] stack, final int n, final int p, final boolean value)
	{
		if (seen[p] || t[p] != value) return n;
		seen[p] = true;
		stack[n] = p;
		return n + 1;
	}

	/** Grows by one pixel in eight directions. */
	private static boolean[] dilate(final boolean[] t, final int w, final int h) {
		final boolean[] out = new boolean[t.length];
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				if (!t[y * w + x]) continue;
				for (int yy = Math.max(0, y - 1); yy <= Math.min(h - 1, y + 1); yy++)
					for (int xx = Math.max(0, x - 1); xx <= Math.min(w - 1, x + 1); xx++)
						out[yy * w + xx] = true;
			}
		return out;
	}

	/** Shrinks by one pixel; outside of the picture counts as tissue. */
	private static boolean[] erode(final boolean[] t, final int w, final int h) {
		final boolean[] inverse = new boolean[t.length];
		for (int i = 0; i < t.length; i++)
			inverse[i] = !t[i];
		final boolean[] grown = dilate(inverse, w, h);
		for (int i = 0; i < t.length; i++)
			grown[i] = !grown[i];
		return grown;
	}
}
