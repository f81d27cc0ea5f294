
package org.senoscope.core.artefact;

import java.util.Arrays;

/** Box means, erosion, pieces: what the finder needs of a small picture. */
final class Raster {

	final int w, h;

	Raster(final int w, final int h) {
		this.w = w;
		this.h = h;
	}

	/** Mean over a square of side 2 r + 1, of what lies inside the picture. */
	float[] mean(final float[] a, final int r) {
		if (r < 1) return a.clone();
		final float[] rows = new float[a.length], out = new float[a.length];
		for (int y = 0; y < h; y++) {
			double s = 0;
			for (int x = 0; x < Math.min(r, w); x++)
				s += a[y * w + x];
			for (int x = 0; x < w; x++) {
				if (x + r < w) s += a[y * w + x + r];
				if (x - r - 1 >= 0) s -= a[y * w + x - r - 1];
				rows[y * w + x] = (float) (s / (Math.min(w - 1, x + r) - Math.max(0, x -
					r) + 1));
			}
		}
		// all columns at once, in the order in which they lie in memory
		final double[] s = new double[w];
		for (int y = -r; y < h; y++) {
			if (y + r < h) for (int x = 0; x < w; x++)
				s[x] += rows[(y + r) * w + x];
			if (y - r - 1 >= 0) for (int x = 0; x < w; x++)
				s[x] -= rows[(y - r - 1) * w + x];
			if (y < 0) continue;
			final int n = Math.min(h - 1, y + r) - Math.max(0, y - r) + 1;
			for (int x = 0; x < w; x++)
				out[y * w + x] = (float) (s[x] / n);
		}
		return out;
	}

	/** Least value in a square of side 2 r + 1. */
	float[] least(final float[] a, final int r) {
		if (r < 1) return a.clone();
		final float[] rows = a.clone();
		for (int y = 0; y < h; y++)
			for (int k = 1; k <= Math.min(r, w - 1); k++)
				for (int x = k, i = y * w; x < w; x++) {
					rows[i + x] = Math.min(rows[i + x], a[i + x - k]);
					rows[i + x - k] = Math.min(rows[i + x - k], a[i + x]);
				}
		final float[] out = rows.clone();
		for (int y = 0; y < h; y++)
			for (int k = Math.max(0, y - r); k <= Math.min(h - 1, y + r); k++)
				for (int x = 0; x < w; x++)
					out[y * w + x] = Math.min(out[y * w + x], rows[k * w + x]);
		return out;
	}

	/** Grows by a square of side 2 r + 1. */
	boolean[] grow(final boolean[] t, final int r) {
		if (r < 1) return t.clone();
		final boolean[] rows = new boolean[t.length], out = new boolean[t.length];
		for (int y = 0; y < h; y++) {
			// up to where the row is filled
			int done = 0;
			for (int x = 0; x < w; x++) {
				if (!t[y * w + x]) continue;
				final int from = Math.max(done, x - r), to = Math.min(w, x + r + 1);
				Arrays.fill(rows, y * w + from, y * w + to, true);
				done = to;
			}
		}
		final int[] last = new int[w];
		Arrays.fill(last, -r - 1);
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				if (rows[y * w + x]) last[x] = y;
				out[y * w + x] = y - last[x] <= r;
			}
		Arrays.fill(last, h + r);
		for (int y = h - 1; y >= 0; y--)
			for (int x = 0; x < w; x++) {
				if (rows[y * w + x]) last[x] = y;
				out[y * w + x] |= last[x] - y <= r;
			}
		return out;
	}

	/** Shrinks; the outside counts as inside. */
	boolean[] shrink(final boolean[] t, final int r) {
		return not(grow(not(t), r));
	}

	/** Takes off what is narrower than 2 r + 1. */
	boolean[] open(final boolean[] t, final int r) {
		return grow(shrink(t, r), r);
	}

	static boolean[] not(final boolean[] t) {
		final boolean[] out = new boolean[t.length];
		for (int i = 0; i < t.length; i++)
			out[i] = !t[i];
		return out;
	}

	/** A connected piece: its pixels, and its shape from second moments. */
	record Piece(int[] pixels, int x0, int y0, int x1, int y1, double length,
			double breadth) {

		int size() {
			return pixels.length;
		}
	}

	/** What is done with a piece. */
	interface Visitor {

		void visit(Piece piece);
	}

	/** Visits the 8-connected pieces in raster order. */
	void pieces(final boolean[] t, final Visitor visitor) {
		final boolean[] seen = new boolean[t.length];
		int[] stack = new int[256];
		for (int start = 0; start < t.length; start++) {
			if (!t[start] || seen[start]) continue;
			int n = 1;
			stack[0] = start;
			seen[start] = true;
			int x0 = w, y0 = h, x1 = 0, y1 = 0;
			double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
			for (int i = 0; i < n; i++) {
				final int x = stack[i] % w, y = stack[i] / w;
				x0 = Math.min(x0, x);
				x1 = Math.max(x1, x + 1);
				y0 = Math.min(y0, y);
				y1 = Math.max(y1, y + 1);
				sx += x;
				sy += y;
				sxx += (double) x * x;
				syy += (double) y * y;
				sxy += (double) x * y;
				if (n + 8 > stack.length) stack = Arrays.copyOf(stack, 2 *
					stack.length);
				for (int yy = Math.max(0, y - 1); yy <= Math.min(h - 1, y + 1); yy++)
					for (int xx = Math.max(0, x - 1); xx <= Math.min(w - 1, x +
						1); xx++)
					{
						final int k = yy * w + xx;
						if (t[k] && !seen[k]) {
							seen[k] = true;
							stack[n++] = k;
						}
					}
			}
			final double vx = sxx / n - sx / n * (sx / n) + 1 / 12.0, vy = syy / n -
				sy / n * (sy / n) + 1 / 12.0, vxy = sxy / n - sx / n * (sy / n);
			final double mean = (vx + vy) / 2, d = Math.sqrt((vx - vy) * (vx - vy) /
				4 + vxy * vxy);
			// sides of the rectangle with these moments
			visitor.visit(new Piece(Arrays.copyOf(stack, n), x0, y0, x1, y1, Math
				.sqrt(12 * (mean + d)), Math.sqrt(12 * Math.max(1 / 12.0, mean - d))));
		}
	}
}
