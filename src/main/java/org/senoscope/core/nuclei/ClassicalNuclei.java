
package org.senoscope.core.nuclei;

import java.util.Arrays;

/**
 * Classical nucleus segmentation of one block at working resolution. Immutable;
 * threads share one instance and bring their own {@link Scratch}.
 */
public final class ClassicalNuclei {

	/** Buffers of one thread; they grow to the largest block seen. */
	public static final class Scratch {

		private float[] smoothed = new float[0];
		private float[] rows = new float[0];
		private short[] levels = new short[0];
		private int[] padded = new int[0];
		private int[] taken = new int[0];
		private int[] basins = new int[0];
		private int[] blurred = new int[0];
		private int[] stack = new int[256];
		final RegionTree tree = new RegionTree();

		private void ensure(final int w, final int h) {
			if (smoothed.length < w * h) {
				smoothed = new float[w * h];
				rows = new float[w * h];
			}
			final int size = (w + 2) * (h + 2);
			if (levels.length < size) {
				levels = new short[size];
				padded = new int[size];
			}
		}
	}

	/** Receives regions: pixels, mean level, score. */
	interface RegionConsumer {

		void region(int area, double meanLevel, double weight);
	}

	private final ClassicalModel model;
	private final RegionScore score;

	/** @param model the numbers of the slide */
	public ClassicalNuclei(final ClassicalModel model) {
		this.model = model;
		score = model.score();
	}

	/** @return the numbers of the slide */
	public ClassicalModel model() {
		return model;
	}

	/**
	 * Segments a block.
	 *
	 * @param signal {@code w * h} values at working resolution, row major, x
	 *          fastest
	 * @param labelsOut receives 0 for background and 1..n in order of each
	 *          nucleus' first pixel
	 * @return n
	 */
	public int segment(final float[] signal, final int w, final int h,
		final int[] labelsOut, final Scratch scratch)
	{
		Arrays.fill(labelsOut, 0, w * h, 0);
		if (!model.hasNuclei() || w == 0 || h == 0) return 0;
		levels(signal, w, h, scratch);
		final RegionTree tree = scratch.tree;
		final int count = passes(w, h, scratch, score);
		return renumber(scratch.padded, w, h, labelsOut, count);
	}

	/** Chooses regions and tells their areas. */
	void choose(final float[] signal, final int w, final int h,
		final RegionScore free, final Scratch scratch,
		final RegionConsumer consumer)
	{
		if (w == 0 || h == 0) return;
		levels(signal, w, h, scratch);
		final RegionTree tree = scratch.tree;
		tree.run(scratch.levels, w, h, floor(), free, null, null);
		Arrays.fill(scratch.padded, 0, (w + 2) * (h + 2), 0);
		paint(w, h, scratch, 0, 0, 0);
		final long[] sums = new long[tree.size() + 1];
		for (int i = 0, size = (w + 2) * (h + 2); i < size; i++)
			sums[scratch.padded[i]] += scratch.levels[i];
		for (int i = 0; i < tree.size(); i++)
			consumer.region(tree.area(i), sums[i + 1] / (double) tree.area(i), tree
				.score(i) / 65536.0);
	}

	private int floor() {
		return Math.max(1, (int) Math.ceil(model.level(model.threshold())));
	}

	void levels(final float[] signal, final int w, final int h,
		final Scratch scratch)
	{
		final float[] smoothed = smooth(signal, w, h, model.sigmaPx(), (float) model
			.background(), scratch);
		scratch.ensure(w, h);
		final short[] levels = scratch.levels;
		final float background = (float) model.background();
		final float softening = (float) model.softening();
		final float root = (float) Math.sqrt(softening);
		final float scale = (float) ((ClassicalModel.LEVELS - 1) / (Math.sqrt(model
			.saturation() - model.background() + model.softening()) - root));
		final int pw = w + 2;
		Arrays.fill(levels, 0, pw, (short) 0);
		Arrays.fill(levels, (h + 1) * pw, (h + 2) * pw, (short) 0);
		for (int y = 0; y < h; y++) {
			final int in = y * w;
			final int out = (y + 1) * pw + 1;
			levels[out - 1] = 0;
			levels[out + w] = 0;
			for (int x = 0; x < w; x++) {
				final float above = Math.max(0, smoothed[in + x] - background);
				final float level = scale * ((float) Math.sqrt(above + softening) -
					root);
				levels[out + x] = (short) Math.min(ClassicalModel.LEVELS - 1, level);
			}
		}
	}

	short[] levelPlane(final Scratch scratch) {
		return scratch.levels;
	}

	/** Least quality of a region in each of the three passes. */
	static final double[] ACCEPT = { 0.7, 0.6, 0.3 };

	/**
	 * Width of the rim of a nucleus, as a share of the diameter, that is left out
	 * of the next pass; half a box of the blur.
	 */
	static final double[] RIM_AND_BOX = { 0.06, 0.15 };

	/** Sees the start of each pass. */
	interface PassStart {

		void pass(int pass, int[] taken, int[] basins);
	}

	PassStart passStart;

	int passes(final int w, final int h, final Scratch scratch,
		final RegionScore score)
	{
		final int size = (w + 2) * (h + 2);
		Arrays.fill(scratch.padded, 0, size, 0);
		final int dilation = (int) Math.round(RIM_AND_BOX[0] * model
			.nucleusDiameterPx() / model.workingDownsample());
		int count = 0;
		for (int pass = 0; pass < ACCEPT.length; pass++) {
			final int[] taken = pass == 0 ? null : taken(w, h, scratch, dilation);
			final int[] basins = pass < 2 ? null : basins(w, h, scratch, taken);
			if (passStart != null) passStart.pass(pass, taken, basins);
			scratch.tree.run(scratch.levels, w, h, floor(), score.forPass(pass),
				taken, basins);
			count = paint(w, h, scratch, ACCEPT[pass] - score.cut(), count, pass);
		}
		return count;
	}

	/** Marks the pixels painted, and those close to them. */
	private static int[] taken(final int w, final int h, final Scratch scratch,
		final int dilation)
	{
		final int pw = w + 2;
		final int size = pw * (h + 2);
		if (scratch.taken.length < size) scratch.taken = new int[size];
		final int[] taken = scratch.taken;
		final int[] padded = scratch.padded;
		System.arraycopy(padded, 0, taken, 0, size);
		for (int k = 0; k < dilation; k++) {
			final int mark = -1 - k;
			for (int y = 1; y <= h; y++)
				for (int i = y * pw + 1, end = i + w; i < end; i++)
					if (taken[i] == 0 && (on(taken[i - 1], mark) || on(taken[i + 1],
						mark) || on(taken[i - pw], mark) || on(taken[i + pw], mark)))
						taken[i] = mark;
		}
		return taken;
	}

	private static boolean on(final int v, final int mark) {
		return v != 0 && v != mark;
	}

	/** Basins of the blurred rest: every pixel follows the steepest way up. */
	private int[] basins(final int w, final int h, final Scratch scratch,
		final int[] taken)
	{
		final int pw = w + 2;
		final int size = pw * (h + 2);
		if (scratch.basins.length < size) {
			scratch.basins = new int[size];
			scratch.blurred = new int[size];
		}
		final int[] blurred = scratch.blurred;
		final short[] levels = scratch.levels;
		final int floor = floor();
		for (int i = 0; i < size; i++)
			blurred[i] = taken[i] == 0 && levels[i] >= floor ? levels[i] : 0;
		final int r = Math.max(1, (int) Math.round(RIM_AND_BOX[1] * model
			.nucleusDiameterPx() / model.workingDownsample()));
		final int[] tmp = scratch.basins;
		for (int k = 0; k < 2; k++) {
			for (int y = 0; y < h + 2; y++) {
				int sum = 0;
				for (int x = 0; x < Math.min(r, pw); x++)
					sum += blurred[y * pw + x];
				for (int x = 0; x < pw; x++) {
					if (x + r < pw) sum += blurred[y * pw + x + r];
					if (x - r - 1 >= 0) sum -= blurred[y * pw + x - r - 1];
					tmp[y * pw + x] = sum;
				}
			}
			final int shift = k == 0 ? 0 : 4;
			final int[] column = new int[pw];
			for (int y = 0; y < Math.min(r, h + 2); y++)
				for (int x = 0; x < pw; x++)
					column[x] += tmp[y * pw + x];
			for (int y = 0; y < h + 2; y++) {
				final int add = y + r < h + 2 ? (y + r) * pw : -1;
				final int drop = y - r - 1 >= 0 ? (y - r - 1) * pw : -1;
				for (int x = 0; x < pw; x++) {
					if (add >= 0) column[x] += tmp[add + x];
					if (drop >= 0) column[x] -= tmp[drop + x];
					blurred[y * pw + x] = column[x];
				}
			}
			if (k == 0) for (int i = 0; i < size; i++)
				blurred[i] = blurred[i] / (2 * r + 1);
		}
		final int[] basins = scratch.basins;
		for (int y = 0; y < h + 2; y++)
			for (int x = 0; x < pw; x++) {
				final int i = y * pw + x;
				basins[i] = i;
				if (x == 0 || y == 0 || x > w || y > h || taken[i] != 0 ||
					levels[i] < floor) continue;
				int best = i;
				for (int dy = -1; dy <= 1; dy++)
					for (int dx = -1; dx <= 1; dx++) {
						final int j = i + dy * pw + dx;
						if (taken[j] == 0 && (blurred[j] > blurred[best] ||
							blurred[j] == blurred[best] && j < best)) best = j;
					}
				basins[i] = best;
			}
		for (int i = 0; i < size; i++) {
			int root = i;
			while (basins[root] != root)
				root = basins[root];
			int j = i;
			while (basins[j] != root) {
				final int next = basins[j];
				basins[j] = root;
				j = next;
			}
		}
		return basins;
	}

	/** Paints the regions chosen that are good enough with the next numbers. */
	private int paint(final int w, final int h, final Scratch scratch,
		final double least, final int before, final int pass)
	{
		final int pw = w + 2;
		final int[] padded = scratch.padded;
		final short[] levels = scratch.levels;
		final RegionTree tree = scratch.tree;
		final int[] taken = pass > 0 ? scratch.taken : null;
		final int[] basins = pass > 1 ? scratch.basins : null;
		int[] stack = scratch.stack;
		int label = before;
		for (int i = 0; i < tree.size(); i++) {
			if (tree.score(i) < least * 65536) continue;
			final int level = tree.level(i);
			if (stack.length < 4 * tree.area(i) + 4) stack = scratch.stack =
				new int[8 * tree.area(i) + 4];
			label++;
			int n = 0;
			stack[n++] = tree.seed(i);
			padded[tree.seed(i)] = label;
			while (n > 0) {
				final int p = stack[--n];
				for (int direction = 0; direction < 4; direction++) {
					final int neighbour = direction == 0 ? p - pw : direction == 1 ? p - 1
						: direction == 2 ? p + 1 : p + pw;
					if (padded[neighbour] == 0 && levels[neighbour] >= level &&
						(taken == null || taken[neighbour] == 0) && (basins == null ||
							basins[neighbour] == basins[p]))
					{
						padded[neighbour] = label;
						stack[n++] = neighbour;
					}
				}
			}
		}
		return label;
	}

	private static int renumber(final int[] padded, final int w, final int h,
		final int[] out, final int count)
	{
		final int[] number = new int[count + 1];
		int n = 0;
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) {
				final int label = padded[(y + 1) * (w + 2) + x + 1];
				if (label == 0) continue;
				if (number[label] == 0) number[label] = ++n;
				out[y * w + x] = number[label];
			}
		return n;
	}

	/** @return the radius of the Gaussian's kernel */
	static int radius(final double sigma) {
		return Math.max(1, (int) Math.ceil(3 * sigma));
	}

	/**
	 * Smooths by a separable Gaussian; pixels beyond the border repeat the
	 * border.
	 *
	 * @param replacement value for pixels that are not finite
	 * @return a buffer of the scratch
	 */
	static float[] smooth(final float[] signal, final int w, final int h,
		final double sigma, final float replacement, final Scratch scratch)
	{
		scratch.ensure(w, h);
		final int radius = radius(sigma);
		final float[] kernel = new float[radius + 1];
		double sum = 0;
		for (int k = 0; k <= radius; k++) {
			kernel[k] = (float) Math.exp(-0.5 * k * k / (sigma * sigma));
			sum += k == 0 ? kernel[k] : 2 * kernel[k];
		}
		for (int k = 0; k <= radius; k++)
			kernel[k] /= (float) sum;
		final float[] rows = scratch.rows;
		final float[] out = scratch.smoothed;
		final float[] line = new float[w + 2 * radius];
		for (int y = 0; y < h; y++) {
			final int at = y * w;
			for (int x = 0; x < w; x++) {
				final float v = signal[at + x];
				// NaN and infinities fail this comparison.
				line[radius + x] = Math.abs(v) <= Float.MAX_VALUE ? v : replacement;
			}
			for (int k = 0; k < radius; k++) {
				line[k] = line[radius];
				line[radius + w + k] = line[radius + w - 1];
			}
			final float k0 = kernel[0];
			for (int x = 0; x < w; x++)
				rows[at + x] = k0 * line[radius + x];
			for (int k = 1; k <= radius; k++) {
				final float weight = kernel[k];
				final int left = radius - k;
				final int right = radius + k;
				for (int x = 0; x < w; x++)
					rows[at + x] += weight * (line[left + x] + line[right + x]);
			}
		}
		for (int y = 0; y < h; y++) {
			final int at = y * w;
			final float k0 = kernel[0];
			for (int x = 0; x < w; x++)
				out[at + x] = k0 * rows[at + x];
			for (int k = 1; k <= radius; k++) {
				final float weight = kernel[k];
				final int up = Math.max(0, y - k) * w;
				final int down = Math.min(h - 1, y + k) * w;
				for (int x = 0; x < w; x++)
					out[at + x] += weight * (rows[up + x] + rows[down + x]);
			}
		}
		return out;
	}
}
