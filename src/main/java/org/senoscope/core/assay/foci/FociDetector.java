
package org.senoscope.core.assay.foci;

import java.util.Arrays;

import org.senoscope.core.cell.Selection;

/**
 * Finds bright spots in one nucleus: differences of Gaussians at scales half an
 * octave apart, which all answer alike to a spot of their own size (Lindeberg
 * 1998; Lowe 2004), taken over the pixels of the nucleus alone so that its edge
 * is no signal. A maximum is a focus from a multiple of the noise of the
 * response in the same nucleus on: 1.48 times the median absolute deviation
 * once the foci found are subtracted, never less than the noise of its pixels
 * lets expect. Foci of a cluster are told apart at the scale that still shows a
 * dip between them; then all are fitted together as Gaussian spots, and what
 * stands out of what they leave of the responses is a focus that its neighbours
 * hid (as CLEAN finds stars; Högbom 1974). One object a thread.
 */
public final class FociDetector {

	/** Scales are this factor apart. */
	private static final double STEP = Math.sqrt(2);

	/** Smallest standard deviation of a filter in pixels. */
	private static final double FINEST_PX = 0.85;

	/** Standard deviations of a Gaussian that a kernel holds to either side. */
	private static final double KERNEL = 3;

	/** Between two foci the response dips by this share of the lower, */
	private static final double DIP = 0.12;
	/** and by this many times its noise. */
	private static final double DIP_NOISE = 1.5;

	/**
	 * Largest ratio of the principal curvatures: a ridge, such as the rim of a
	 * nucleus, is no spot.
	 */
	private static final double RIDGE = 5;

	/** Response of the filter of its own size to a spot of height 1. */
	private static final double OWN = (STEP - 1) / (STEP + 1);
	/** Sweeps over the foci until their heights agree. */
	private static final int SWEEPS = 4;
	/** Rounds in which foci found are subtracted before noise is told, */
	private static final int ROUNDS = 6;
	/** all from this multiple of it on, so that scores know no threshold. */
	private static final double CLEAR = 4;

	/** Rounds in which foci that others hide are added, */
	private static final int HIDDEN_ROUNDS = 3;
	/** so many mean widths at half height or more from all others. */
	private static final double APART = 1;

	/** and standing out by more than this share of what these took from it. */
	private static final double MISFIT = 0.5;

	/** Standard deviations between which lies what is around a spot. */
	private static final double INNER = 1.5, OUTER = 3.5;

	private static final double FWHM = 2 * Math.sqrt(2 * Math.log(2));
	private static final double MAD = 1.4826;
	/** Rounding to whole numbers is noise of this standard deviation. */
	private static final double ROUNDING = 1 / Math.sqrt(12);

	private final double threshold;
	private final double minContrast;
	private final double quantum;
	private final int levels;
	private final double[] sigma;
	private final float[][] kernels;
	private final double[] norm;
	private final float[][] weight, smooth, response, rest;
	private float[] scratch = new float[0];
	private float[] line = new float[0];
	private float[] values = new float[0];
	private float[] bare = new float[0];
	private float[] near = new float[0];
	private int[] owner = new int[0];
	private final double[] centre, spread;
	private NucleusPixels nucleus;
	// candidates; a track is a spot followed from fine to coarse scales
	private int tracks;
	private int[] trackLevel = new int[64], sizeLevel = new int[64];
	private double[] trackHeight = new double[64];
	private double[] trackX = new double[64], trackY = new double[64], trackZ =
		new double[64], trackResponse = new double[64], trackSigma = new double[64];
	private int[] peaks = new int[64];
	private int[] order = new int[64];

	/**
	 * Makes a detector.
	 *
	 * @param smallestUm width at half height of the smallest spot
	 * @param largestUm that of the largest
	 * @param threshold least response, in multiples of its noise
	 * @param minContrast least ratio of peak and nucleoplasm
	 * @param pixelSizeUm width of a pixel
	 * @param quantum step between two numbers of the file: 1 for whole numbers, 0
	 *          for floating point
	 */
	public FociDetector(final double smallestUm, final double largestUm,
		final double threshold, final double minContrast, final double pixelSizeUm,
		final double quantum)
	{
		this.threshold = threshold;
		this.minContrast = minContrast;
		this.quantum = quantum;
		final double finest = Math.max(FINEST_PX, smallestUm / FWHM / pixelSizeUm);
		final double coarsest = Math.max(finest, largestUm / FWHM / pixelSizeUm);
		levels = 1 + (int) Math.ceil(Math.log(coarsest / finest) / Math.log(STEP) -
			0.01);
		sigma = new double[levels + 1];
		kernels = new float[levels + 1][];
		for (int j = 0; j <= levels; j++) {
			sigma[j] = finest * Math.pow(STEP, j);
			kernels[j] = kernel(sigma[j]);
		}
		norm = new double[levels];
		for (int j = 0; j < levels; j++) {
			final double a = sigma[j] * sigma[j], b = sigma[j + 1] * sigma[j + 1];
			norm[j] = Math.sqrt((0.25 / a + 0.25 / b - 1 / (a + b)) / Math.PI);
		}
		weight = new float[levels + 1][0];
		smooth = new float[levels + 1][0];
		response = new float[levels][0];
		rest = new float[levels][0];
		centre = new double[levels];
		spread = new double[levels];
	}

	private static float[] kernel(final double s) {
		final int radius = (int) Math.ceil(KERNEL * s);
		final float[] k = new float[radius + 1];
		double sum = 0;
		for (int i = 0; i <= radius; i++) {
			k[i] = (float) Math.exp(-0.5 * i * i / (s * s));
			sum += i == 0 ? k[i] : 2 * k[i];
		}
		for (int i = 0; i <= radius; i++)
			k[i] /= (float) sum;
		return k;
	}

	/**
	 * Turns to a nucleus.
	 *
	 * @param next the nucleus, read until the next one
	 */
	public void moveTo(final NucleusPixels next) {
		nucleus = next;
		final int n = next.size();
		if (scratch.length < n) {
			final int room = n + n / 4;
			scratch = new float[room];
			line = new float[room];
			values = new float[room];
			bare = new float[room];
			near = new float[room];
			owner = new int[room];
			for (int j = 0; j <= levels; j++) {
				weight[j] = new float[room];
				smooth[j] = new float[room];
				if (j == levels) continue;
				response[j] = new float[room];
				rest[j] = new float[room];
			}
		}
		for (int i = 0; i < n; i++)
			line[i] = next.inside(i) ? 1 : 0;
		for (int j = 0; j <= levels; j++)
			blur(line, weight[j], kernels[j]);
	}

	/** Blurs a cut; nothing lies beyond it. */
	private void blur(final float[] in, final float[] out, final float[] kernel) {
		final int w = nucleus.width(), h = nucleus.height(), radius =
			kernel.length - 1;
		for (int y = 0; y < h; y++) {
			final int row = y * w;
			for (int x = 0; x < w; x++) {
				float sum = kernel[0] * in[row + x];
				final int reach = Math.min(radius, Math.min(x, w - 1 - x));
				for (int k = 1; k <= reach; k++)
					sum += kernel[k] * (in[row + x - k] + in[row + x + k]);
				for (int k = reach + 1; k <= radius; k++) {
					if (x - k >= 0) sum += kernel[k] * in[row + x - k];
					if (x + k < w) sum += kernel[k] * in[row + x + k];
				}
				scratch[row + x] = sum;
			}
		}
		for (int y = 0; y < h; y++) {
			final int row = y * w;
			for (int x = 0; x < w; x++)
				out[row + x] = kernel[0] * scratch[row + x];
			for (int k = 1; k <= radius; k++) {
				final float f = kernel[k];
				if (y - k >= 0) {
					final int up = (y - k) * w;
					for (int x = 0; x < w; x++)
						out[row + x] += f * scratch[up + x];
				}
				if (y + k < h) {
					final int down = (y + k) * w;
					for (int x = 0; x < w; x++)
						out[row + x] += f * scratch[down + x];
				}
			}
		}
	}

	/**
	 * Finds the foci of a channel.
	 *
	 * @param cut the channel, cut to the nucleus
	 * @param background its level outside nuclei
	 * @param found receives the foci
	 */
	public void detect(final float[] cut, final double background,
		final Foci found)
	{
		final int n = nucleus.size();
		found.clear();
		found.noise = noise(cut);
		for (int i = 0; i < n; i++)
			line[i] = nucleus.inside(i) ? cut[i] : 0;
		for (int j = 0; j <= levels; j++) {
			blur(line, smooth[j], kernels[j]);
			final float[] l = smooth[j], w = weight[j];
			for (int i = 0; i < n; i++)
				l[i] = w[i] > 1e-4f ? l[i] / w[i] : (float) background;
			if (j > 0) for (int i = 0; i < n; i++)
				response[j - 1][i] = smooth[j - 1][i] - l[i];
		}
		tracks = 0;
		for (int round = 0; round < ROUNDS; round++) {
			spreads(found.noise);
			track(round < ROUNDS - 1 ? CLEAR : threshold);
			heights();
		}
		refine();
		final int seen = tracks;
		for (int round = 0; round < HIDDEN_ROUNDS; round++) {
			spreads(found.noise);
			if (!addHidden()) break;
			refine();
			dropPoints(seen);
		}
		measure(cut, background, found);
	}

	/**
	 * Noise of a pixel, from the differences of neighbours, most of which lie on
	 * no focus.
	 */
	private double noise(final float[] cut) {
		final int w = nucleus.width();
		int m = 0;
		for (int i = 1; i < nucleus.size(); i++)
			if (i % w != 0 && nucleus.inside(i) && nucleus.inside(i - 1))
				values[m++] = Math.abs(cut[i] - cut[i - 1]);
		return Math.max(ROUNDING * quantum, m == 0 ? 0 : median(m) * MAD / Math
			.sqrt(2));
	}

	private double median(final int m) {
		return Selection.select(values, 0, m - 1, m / 2);
	}

	/** Level and noise of the responses, foci found so far subtracted. */
	private void spreads(final double pixelNoise) {
		final int n = nucleus.size();
		for (int j = 0; j < levels; j++) {
			final float[] bare = rest[j];
			System.arraycopy(response[j], 0, bare, 0, n);
			final double a = square(sigma[j]), b = square(sigma[j + 1]);
			for (int t = 0; t < tracks; t++) {
				final double v = square(trackSigma[t]), height = trackHeight[t] * v;
				subtract(bare, t, height / (v + a), v + a);
				subtract(bare, t, -height / (v + b), v + b);
			}
			int m = 0;
			for (int i = 0; i < n; i++)
				if (nucleus.inside(i)) values[m++] = bare[i];
			centre[j] = m == 0 ? 0 : median(m);
			for (int i = 0; i < m; i++)
				values[i] = (float) Math.abs(values[i] - centre[j]);
			// a cut without any noise must not divide by none
			spread[j] = Math.max(Double.MIN_NORMAL, Math.max(m == 0 ? 0 : MAD *
				median(m), pixelNoise * norm[j]));
		}
	}

	/**
	 * Heights of the tracks' Gaussian spots, from the response of the filter of
	 * each one's size less what the others add to it or take from it.
	 */
	private void heights() {
		for (int t = 0; t < tracks; t++)
			trackHeight[t] = trackResponse[t] / OWN;
		for (int sweep = 0; sweep < SWEEPS; sweep++)
			for (int t = 0; t < tracks; t++)
				trackHeight[t] = Math.max(0, (trackResponse[t] - others(t, sizeLevel[t],
					trackX[t], trackY[t])) / OWN);
	}

	/**
	 * Response of a scale at a place of a track that comes from other tracks.
	 */
	private double others(final int t, final int j, final double x,
		final double y)
	{
		final double a = square(sigma[j]), b = square(sigma[j + 1]);
		double sum = 0;
		for (int o = 0; o < tracks; o++) {
			if (o == t) continue;
			final double d2 = square(trackX[o] - x) + square(trackY[o] - y), v =
				square(trackSigma[o]);
			if (d2 > 16 * (v + b)) continue;
			sum += trackHeight[o] * v * (Math.exp(-0.5 * d2 / (v + a)) / (v + a) -
				Math.exp(-0.5 * d2 / (v + b)) / (v + b));
		}
		return sum;
	}

	/**
	 * Subtracts a Gaussian of a height and variance at a track from a cut.
	 */
	private void subtract(final float[] bare, final int t, final double height,
		final double variance)
	{
		final int w = nucleus.width(), h = nucleus.height();
		final double x = trackX[t], y = trackY[t], reach = KERNEL * Math.sqrt(
			variance);
		final int left = Math.max(0, (int) Math.ceil(x - reach)), right = Math.min(
			w - 1, (int) Math.floor(x + reach));
		for (int v = Math.max(0, (int) Math.ceil(y - reach)); v <= Math.min(h - 1,
			y + reach); v++)
		{
			final double row = height * Math.exp(-0.5 * square(v - y) / variance);
			// along a row the Gaussian's neighbours differ by a factor that itself
			// changes by a constant one
			double g = row * Math.exp(-0.5 * square(left - x) / variance);
			double step = Math.exp((x - left - 0.5) / variance);
			final double change = Math.exp(-1 / variance);
			for (int u = left; u <= right; u++) {
				bare[v * w + u] -= (float) g;
				g *= step;
				step *= change;
			}
		}
	}

	/** Follows maxima from fine to coarse scales. */
	private void track(final double from) {
		tracks = 0;
		for (int j = 0; j < levels; j++) {
			final int found = peaks(response[j], j, from);
			final int before = tracks;
			for (int p = 0; p < found; p++) {
				final int i = peaks[p];
				final double x = i % nucleus.width(), y = i / nucleus.width();
				final double r = Math.max(1.6, 1.25 * sigma[j]);
				int near = 0, nearest = -1;
				for (int t = 0; t < before; t++) {
					final double d2 = square(trackX[t] - x) + square(trackY[t] - y);
					if (d2 > r * r) continue;
					near++;
					nearest = t;
				}
				// at this scale several foci are one: they stay apart
				if (near > 1) continue;
				final double z = (response[j][i] - centre[j]) / spread[j];
				if (near == 0) {
					final int t = newTrack();
					set(t, response, j, i, z);
				}
				else {
					if (response[j][i] > trackResponse[nearest]) {
						trackResponse[nearest] = response[j][i];
						trackSigma[nearest] = sigmaAt(response, j, i);
						sizeLevel[nearest] = j;
					}
					if (z > trackZ[nearest]) {
						final double s = trackSigma[nearest], d = trackResponse[nearest];
						final int level = sizeLevel[nearest];
						set(nearest, response, j, i, z);
						trackSigma[nearest] = s;
						sizeLevel[nearest] = level;
						trackResponse[nearest] = d;
					}
				}
			}
		}
	}

	/**
	 * Fits place, size and height of each track anew to what the others leave of
	 * the responses.
	 */
	private void refine() {
		final int w = nucleus.width(), h = nucleus.height();
		heights();
		for (int sweep = 0; sweep < SWEEPS; sweep++)
			for (int t = 0; t < tracks; t++) {
				final int x = (int) Math.round(trackX[t]), y = (int) Math.round(
					trackY[t]), j = sizeLevel[t];
				if (x < 1 || y < 1 || x >= w - 1 || y >= h - 1) continue;
				final double top = own(t, j, x, y);
				if (top <= 0) {
					trackHeight[t] = 0;
					continue;
				}
				final double dx = vertex(own(t, j, x - 1, y), top, own(t, j, x + 1, y)),
						dy = vertex(own(t, j, x, y - 1), top, own(t, j, x, y + 1));
				trackX[t] = x + dx;
				trackY[t] = y + dy;
				if (levels > 1) {
					final double finer = j > 0 ? own(t, j - 1, x, y)
						: Double.NEGATIVE_INFINITY, coarser = j < levels - 1 ? own(t, j + 1,
							x, y) : Double.NEGATIVE_INFINITY;
					final boolean up = j == 0 || coarser > finer;
					final double q = up ? coarser / top : top / finer;
					final double a = square(sigma[up ? j : j - 1]);
					final double v = q >= 2 ? Double.MAX_VALUE : a * (4 * q - 2) / (2 -
						q);
					trackSigma[t] = Math.sqrt(Math.max(square(sigma[0] / STEP), Math.min(
						square(sigma[levels]), v)));
					if (up && coarser > top) sizeLevel[t]++;
					else if (!up && finer > top) sizeLevel[t]--;
				}
				final double a = square(sigma[j]), b = square(sigma[j + 1]), v = square(
					trackSigma[t]), d2 = dx * dx + dy * dy;
				trackHeight[t] = top / (v * (Math.exp(-0.5 * d2 / (v + a)) / (v + a) -
					Math.exp(-0.5 * d2 / (v + b)) / (v + b)));
			}
	}

	/** Response of a scale at a pixel less what other tracks make of it. */
	private double own(final int t, final int j, final int x, final int y) {
		return response[j][y * nucleus.width() + x] - others(t, j, x, y);
	}

	/**
	 * Adds maxima of what is left of the responses once all tracks are
	 * subtracted: foci that their neighbours hid. Returns whether there are any.
	 */
	private boolean addHidden() {
		final int before = tracks;
		for (int j = 0; j < levels; j++) {
			final int found = peaks(rest[j], j, threshold);
			for (int p = 0; p < found; p++) {
				final int i = peaks[p];
				// what was no focus before anything was subtracted, such as the rim
				// of a nucleus below, is none now
				final double taken = rest[j][i] - response[j][i];
				if (response[j][i] - centre[j] >= threshold * spread[j] ||
					taken < spread[j] || rest[j][i] < MISFIT * taken) continue;
				final int last = newTrack();
				set(last, rest, j, i, (rest[j][i] - centre[j]) / spread[j]);
				// until heights are told anew: what is left at the track's scale
				trackHeight[last] = rest[j][i];
				int near = -1;
				boolean known = false;
				for (int t = 0; t < last && !known; t++) {
					final double apart = APART * FWHM * 0.5 * (trackSigma[t] +
						trackSigma[last]);
					if (square(trackX[t] - trackX[last]) + square(trackY[t] -
						trackY[last]) > apart * apart) continue;
					known = t < before || near >= 0;
					near = t;
				}
				if (near < 0) continue;
				tracks--;
				if (!known && trackHeight[last] > trackHeight[near]) move(last, near);
			}
		}
		return tracks > before;
	}

	/**
	 * Drops hidden tracks that turned out smaller than any spot sought: what a
	 * Gaussian leaves of its neighbour at the rim of a nucleus.
	 */
	private void dropPoints(final int seen) {
		int n = seen;
		for (int t = seen; t < tracks; t++)
			if (trackSigma[t] > 1.01 * sigma[0] / STEP) move(t, n++);
		tracks = n;
	}

	private static double square(final double v) {
		return v * v;
	}

	private void move(final int from, final int to) {
		trackLevel[to] = trackLevel[from];
		sizeLevel[to] = sizeLevel[from];
		trackX[to] = trackX[from];
		trackY[to] = trackY[from];
		trackZ[to] = trackZ[from];
		trackResponse[to] = trackResponse[from];
		trackHeight[to] = trackHeight[from];
		trackSigma[to] = trackSigma[from];
	}

	private int newTrack() {
		if (tracks == trackX.length) {
			final int n = 2 * tracks;
			trackLevel = Arrays.copyOf(trackLevel, n);
			sizeLevel = Arrays.copyOf(sizeLevel, n);
			trackHeight = Arrays.copyOf(trackHeight, n);
			trackX = Arrays.copyOf(trackX, n);
			trackY = Arrays.copyOf(trackY, n);
			trackZ = Arrays.copyOf(trackZ, n);
			trackResponse = Arrays.copyOf(trackResponse, n);
			trackSigma = Arrays.copyOf(trackSigma, n);
		}
		return tracks++;
	}

	private void set(final int t, final float[][] from, final int j, final int i,
		final double z)
	{
		final float[] d = from[j];
		final int w = nucleus.width();
		trackX[t] = i % w + vertex(d[i - 1], d[i], d[i + 1]);
		trackY[t] = i / w + vertex(d[i - w], d[i], d[i + w]);
		trackLevel[t] = j;
		sizeLevel[t] = j;
		trackZ[t] = z;
		trackResponse[t] = response[j][i];
		trackSigma[t] = sigmaAt(from, j, i);
	}

	/**
	 * Standard deviation of a spot whose response is largest at a scale: between
	 * scales by the parabola through the responses.
	 */
	private double sigmaAt(final float[][] d, final int j, final int i) {
		final double at = j == 0 || j == levels - 1 ? 0 : vertex(d[j - 1][i],
			d[j][i], d[j + 1][i]);
		// a filter of sigma and STEP times sigma answers most to the mean of both
		return sigma[j] * Math.pow(STEP, at + 0.5);
	}

	/** Place of the top of the parabola through three values, -0.5 to 0.5. */
	private static double vertex(final double a, final double b, final double c) {
		final double bend = a - 2 * b + c;
		return bend >= 0 ? 0 : Math.max(-0.5, Math.min(0.5, 0.5 * (a - c) / bend));
	}

	/**
	 * Gathers the maxima of a scale, the strongest first, that no higher one
	 * swallows; returns how many.
	 */
	private int peaks(final float[] d, final int j, final double from) {
		final int w = nucleus.width(), h = nucleus.height();
		final double cut = centre[j] + from * spread[j];
		int n = 0;
		for (int y = 1; y < h - 1; y++)
			for (int x = 1; x < w - 1; x++) {
				final int i = y * w + x;
				final float v = d[i];
				if (v < cut || !nucleus.inside(i)) continue;
				// of equal neighbours the first counts
				if (v <= d[i - 1] || v <= d[i - w - 1] || v <= d[i - w] || v <= d[i -
					w + 1] || v < d[i + 1] || v < d[i + w - 1] || v < d[i + w] ||
					v < d[i + w + 1] || isRidge(d, i, w)) continue;
				if (n == order.length) {
					order = Arrays.copyOf(order, 2 * n);
					peaks = Arrays.copyOf(peaks, 2 * n);
				}
				order[n++] = i;
			}
		sort(d, n);
		int kept = 0;
		final double near = 4 * sigma[j];
		for (int a = 0; a < n; a++) {
			final int i = order[a];
			final double floor = d[i] - Math.max(DIP * (d[i] - centre[j]), DIP_NOISE *
				spread[j]);
			boolean own = true;
			for (int b = 0; b < kept && own; b++) {
				final int o = peaks[b];
				final int dx = o % w - i % w, dy = o / w - i / w;
				if (dx * dx + dy * dy <= near * near) own = lowest(d, i % w, i / w, dx,
					dy) < floor;
			}
			if (own) peaks[kept++] = i;
		}
		return kept;
	}

	/** Sorts maxima by response, descending; equals by place. */
	private void sort(final float[] d, final int n) {
		for (int a = 1; a < n; a++) {
			final int i = order[a];
			int b = a;
			while (b > 0 && d[order[b - 1]] < d[i]) {
				order[b] = order[b - 1];
				b--;
			}
			order[b] = i;
		}
	}

	/** Lowest value on the straight way from a pixel to another. */
	private float lowest(final float[] d, final int x, final int y, final int dx,
		final int dy)
	{
		final int w = nucleus.width(), steps = Math.max(Math.abs(dx), Math.abs(dy));
		float least = Float.POSITIVE_INFINITY;
		for (int s = 0; s <= steps; s++)
			least = Math.min(least, d[(y + Math.round((float) dy * s / steps)) * w +
				x + Math.round((float) dx * s / steps)]);
		return least;
	}

	private static boolean isRidge(final float[] d, final int i, final int w) {
		final double xx = d[i - 1] - 2 * d[i] + d[i + 1], yy = d[i - w] - 2 * d[i] +
			d[i + w], xy = 0.25 * (d[i - w - 1] - d[i - w + 1] - d[i + w - 1] + d[i +
				w + 1]);
		final double trace = xx + yy, det = xx * yy - xy * xy;
		return det <= 0 || trace * trace * RIDGE >= det * square(RIDGE + 1);
	}

	/** Peak, nucleoplasm and area of each track; those too faint go. */
	private void measure(final float[] cut, final double background,
		final Foci found)
	{
		final int n = nucleus.size(), w = nucleus.width(), h = nucleus.height();
		System.arraycopy(cut, 0, bare, 0, n);
		for (int t = 0; t < tracks; t++)
			subtract(bare, t, trackHeight[t], square(trackSigma[t]));
		int m = 0;
		for (int i = 0; i < n; i++)
			if (nucleus.inside(i)) values[m++] = bare[i];
		found.nucleoplasm = m == 0 ? Double.NaN : median(m);
		sortTracks();
		for (int t = 0; t < tracks; t++) {
			final int cx = (int) Math.round(trackX[t]), cy = (int) Math.round(
				trackY[t]);
			double peak = 0;
			int count = 0;
			for (int y = Math.max(0, cy - 1); y <= Math.min(h - 1, cy + 1); y++)
				for (int x = Math.max(0, cx - 1); x <= Math.min(w - 1, cx + 1); x++)
					if (nucleus.inside(y * w + x)) {
						peak += cut[y * w + x];
						count++;
					}
			if (count == 0) continue;
			peak /= count;
			final double around = around(t, found.nucleoplasm);
			// the mean of 3 x 3 pixels is less than the top of the spot
			peak = around + (peak - around) / square((1 + 2 * Math.exp(-0.5 / square(
				trackSigma[t]))) / 3);
			final double contrast = (peak - background) / Math.max(around -
				background, Math.max(found.noise, Double.MIN_NORMAL));
			if (contrast < minContrast) continue;
			found.add(nucleus.x0() + trackX[t] + 0.5, nucleus.y0() + trackY[t] + 0.5,
				trackSigma[t], trackZ[t], contrast, (peak - around) / Math.max(
					found.noise, Double.MIN_NORMAL));
			// level, in the finest blurred picture, where the spot itself is at half
			// its height
			final double v = square(trackSigma[t]);
			trackResponse[found.count() - 1] = around + (smooth[0][cy * w + cx] -
				around) * Math.pow(2, -v / (v + square(sigma[0])));
		}
		areas(found);
	}

	/** Tracks by row, then column, of their centres. */
	private void sortTracks() {
		for (int a = 1; a < tracks; a++)
			for (int b = a; b > 0 && (trackY[b] < trackY[b - 1] ||
				trackY[b] == trackY[b - 1] && trackX[b] < trackX[b - 1]); b--)
			{
				swap(trackX, b);
				swap(trackY, b);
				swap(trackZ, b);
				swap(trackResponse, b);
				swap(trackSigma, b);
			}
	}

	private static void swap(final double[] a, final int b) {
		final double t = a[b];
		a[b] = a[b - 1];
		a[b - 1] = t;
	}

	/** Median of the nucleoplasm around a track, foci subtracted. */
	private double around(final int t, final double otherwise) {
		final int w = nucleus.width(), h = nucleus.height();
		final double inner = INNER * trackSigma[t], outer = OUTER * trackSigma[t],
				x = trackX[t], y = trackY[t];
		int m = 0;
		for (int v = Math.max(0, (int) Math.ceil(y - outer)); v <= Math.min(h - 1,
			y + outer); v++)
			for (int u = Math.max(0, (int) Math.ceil(x - outer)); u <= Math.min(w - 1,
				x + outer); u++)
			{
				final double d2 = square(u - x) + square(v - y);
				if (d2 > inner * inner && d2 <= outer * outer && nucleus.inside(v * w +
					u)) values[m++] = bare[v * w + u];
			}
		return m < 9 ? otherwise : median(m);
	}

	/**
	 * Gives each pixel above half height to the nearest focus, in units of its
	 * size.
	 */
	private void areas(final Foci found) {
		final int w = nucleus.width(), h = nucleus.height();
		Arrays.fill(owner, 0, nucleus.size(), -1);
		for (int k = 0; k < found.count(); k++) {
			final double x = found.x(k) - 0.5 - nucleus.x0(), y = found.y(k) - 0.5 -
				nucleus.y0(), s = found.sigma(k), r = 2 * s;
			for (int v = Math.max(0, (int) Math.ceil(y - r)); v <= Math.min(h - 1, y +
				r); v++)
				for (int u = Math.max(0, (int) Math.ceil(x - r)); u <= Math.min(w - 1,
					x + r); u++)
				{
					final int i = v * w + u;
					final float d = (float) ((square(u - x) + square(v - y)) / (s * s));
					if (d > 4 || !nucleus.inside(i) || smooth[0][i] < trackResponse[k] ||
						owner[i] >= 0 && near[i] <= d) continue;
					owner[i] = k;
					near[i] = d;
				}
		}
		for (int i = 0; i < nucleus.size(); i++)
			if (owner[i] >= 0) {
				found.setArea(owner[i], found.area(owner[i]) + 1);
				found.areaPx++;
			}
	}

	/**
	 * Returns the spread of the response at the middle scale over the nucleus,
	 * foci included, in the file's numbers; valid until the next detection.
	 */
	double texture() {
		final float[] d = response[levels / 2];
		double sum = 0;
		for (int i = 0; i < nucleus.size(); i++)
			if (nucleus.inside(i)) sum += d[i] * d[i];
		return Math.sqrt(sum / nucleus.area());
	}

	/**
	 * Returns by pixel of the cut the focus that it belongs to, -1 for none;
	 * valid until the next detection.
	 */
	int[] owner() {
		return owner;
	}
}
