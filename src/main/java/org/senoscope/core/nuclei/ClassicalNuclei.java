
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
		fillHoles(w, h, scratch, (int) (score.typicalArea() / 4));
		smoothOutlines(w, h, scratch.padded, scratch.taken);
		return renumber(scratch.taken, w, h, labelsOut, count);
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
		for (int i = 0; i < tree.size(); i++)
			paint(w, scratch, scratch.padded, tree.seed(i), tree.level(i), tree.area(
				i), i + 1, null);
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

	/**
	 * How far below 1 the quality of a region may be in the first pass, at a
	 * balanced readiness to split.
	 */
	private static final double WHOLE_TOLERANCE = 0.3;

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

	/**
	 * Paints nuclei into the padded plane: first what is clearly one nucleus,
	 * then the parts into which the blurred rest falls.
	 *
	 * @return how many
	 */
	int passes(final int w, final int h, final Scratch scratch,
		final RegionScore score)
	{
		final int size = (w + 2) * (h + 2);
		final RegionTree tree = scratch.tree;
		Arrays.fill(scratch.padded, 0, size, 0);
		final int dilation = (int) Math.round(RIM_AND_BOX[0] * model
			.nucleusDiameterPx() / model.workingDownsample());
		if (passStart != null) passStart.pass(0, null, null);
		tree.run(scratch.levels, w, h, floor(), score.forPass(0), null, null);
		int count = 0;
		for (int i = 0; i < tree.size(); i++)
			if (tree.score(i) >= least(0, score)) paint(w, scratch, scratch.padded,
				tree.seed(i), tree.level(i), tree.area(i), ++count, null);

		final int[] taken = taken(w, h, scratch, dilation);
		final int[] basins = basins(w, h, scratch, taken);
		if (passStart != null) passStart.pass(1, taken, basins);
		tree.run(scratch.levels, w, h, floor(), score.forPass(1), taken, basins);
		for (int i = 0; i < tree.size(); i++)
			if (tree.score(i) >= least(1, score)) paint(w, scratch, scratch.padded,
				tree.seed(i), tree.level(i), tree.area(i), ++count, basins);
		return count;
	}

	private static long least(final int pass, final RegionScore score) {
		final double quality = pass == 0 ? Math.max(score.leastQuality(), 1 -
			WHOLE_TOLERANCE / score.splitting()) : score.leastQuality();
		return (long) ((quality - score.cut()) * 65536);
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

	/**
	 * Basins of the rest, blurred by two boxes: every pixel follows the steepest
	 * way up. Whole numbers throughout, so that it does not matter where the
	 * window begins.
	 */
	private int[] basins(final int w, final int h, final Scratch scratch,
		final int[] taken)
	{
		final int pw = w + 2;
		final int ph = h + 2;
		final int size = pw * ph;
		if (scratch.basins.length < size) {
			scratch.basins = new int[size];
			scratch.blurred = new int[size];
		}
		final int[] basins = scratch.basins;
		final int[] rows = scratch.blurred;
		final short[] levels = scratch.levels;
		final int floor = floor();
		final int r = Math.max(1, (int) Math.round(RIM_AND_BOX[1] * model
			.nucleusDiameterPx() / model.workingDownsample()));
		final int[] line = new int[pw + 2 * r + 1];
		for (int y = 0; y < ph; y++) {
			final int at = y * pw;
			for (int x = 0; x < pw; x++)
				line[r + 1 + x] = taken[at + x] == 0 && levels[at + x] >= floor
					? levels[at + x] : 0;
			rowSums(line, r, basins, at, pw);
		}
		// x / (2 r + 1) by multiplication, exact for sums of a box
		final long inverse = (1L << 42) / (2 * r + 1) + 1;
		final int[] column = new int[pw];
		for (int y = 0; y < ph; y++) {
			columnSums(basins, y, pw, ph, r, column);
			for (int x = 0; x < pw; x++)
				line[r + 1 + x] = (int) (column[x] * inverse >>> 42);
			rowSums(line, r, rows, y * pw, pw);
		}
		// The way up from a row is known once the row below is.
		int[] above = new int[pw];
		int[] here = new int[pw];
		int[] below = new int[pw];
		final int[] height = new int[pw];
		for (int y = 0; y < ph; y++) {
			columnSums(rows, y, pw, ph, r, column);
			final int at = y * pw;
			for (int x = 0; x < pw; x++)
				height[x] = taken[at + x] == 0 && levels[at + x] >= floor
					? column[x] << 4 : -16;
			// The highest of three, and in the last bits which; of equals the left.
			for (int x = 1; x <= w; x++)
				below[x] = Math.max(Math.max(height[x - 1] + 2, height[x] + 1),
					height[x + 1]);
			if (y > 1) for (int x = 1, i = at - pw + 1; x <= w; x++, i++) {
				// the same of three rows; of equals the upper
				final int best = Math.max(Math.max(above[x] + 8, here[x] + 4),
					below[x]);
				basins[i] = taken[i] == 0 && levels[i] >= floor ? i + (1 - (best >> 2 &
					3)) * pw + 1 - (best & 3) : i;
			}
			final int[] free = above;
			above = here;
			here = below;
			below = free;
		}
		for (int x = 0; x < pw; x++) {
			basins[x] = x;
			basins[size - 1 - x] = size - 1 - x;
		}
		for (int y = 1; y <= h; y++) {
			basins[y * pw] = y * pw;
			basins[y * pw + pw - 1] = y * pw + pw - 1;
		}
		for (int i = pw; i < size - pw; i++) {
			int root = basins[i];
			int up = basins[root];
			if (up == root) continue;
			do {
				root = up;
				up = basins[root];
			}
			while (up != root);
			int j = i;
			while (basins[j] != root) {
				up = basins[j];
				basins[j] = root;
				j = up;
			}
		}
		return basins;
	}

	/**
	 * Sums over 2 r + 1 neighbours along a line.
	 *
	 * @param line values from index r + 1 on, with zeros around them
	 */
	private static void rowSums(final int[] line, final int r, final int[] out,
		final int at, final int w)
	{
		int sum = 0;
		for (int k = r + 1; k <= 2 * r; k++)
			sum += line[k];
		for (int x = 0; x < w; x++) {
			sum += line[x + 2 * r + 1] - line[x];
			out[at + x] = sum;
		}
	}

	/** Moves sums over rows y - r to y + r on to the next row, from y = 0 on. */
	private static void columnSums(final int[] rows, final int y, final int w,
		final int h, final int r, final int[] sums)
	{
		if (y == 0) {
			Arrays.fill(sums, 0);
			for (int k = 0; k < Math.min(r, h); k++)
				for (int x = 0; x < w; x++)
					sums[x] += rows[k * w + x];
		}
		if (y + r < h) for (int x = 0, add = (y + r) * w; x < w; x++)
			sums[x] += rows[add + x];
		if (y > r) for (int x = 0, drop = (y - r - 1) * w; x < w; x++)
			sums[x] -= rows[drop + x];
	}

	/**
	 * Paints the region around a pixel with a number where nothing is yet.
	 *
	 * @param basins basins that regions keep within; null if there are none
	 */
	private static void paint(final int w, final Scratch scratch,
		final int[] plane, final int seed, final int level, final int area,
		final int number, final int[] basins)
	{
		if (plane[seed] != 0) return;
		if (scratch.stack.length < area + 4) scratch.stack = new int[2 * area + 4];
		final int pw = w + 2;
		final short[] levels = scratch.levels;
		final int[] stack = scratch.stack;
		// without basins the plane itself serves, whose pixels to paint are 0
		final int[] within = basins == null ? plane : basins;
		final int basin = within[seed];
		int n = 0;
		stack[n++] = seed;
		plane[seed] = number;
		while (n > 0) {
			final int p = stack[--n];
			int q = p - pw;
			if (levels[q] >= level && plane[q] == 0 && within[q] == basin) {
				plane[q] = number;
				stack[n++] = q;
			}
			q = p - 1;
			if (levels[q] >= level && plane[q] == 0 && within[q] == basin) {
				plane[q] = number;
				stack[n++] = q;
			}
			q = p + 1;
			if (levels[q] >= level && plane[q] == 0 && within[q] == basin) {
				plane[q] = number;
				stack[n++] = q;
			}
			q = p + pw;
			if (levels[q] >= level && plane[q] == 0 && within[q] == basin) {
				plane[q] = number;
				stack[n++] = q;
			}
		}
	}

	/** Fills small holes within one nucleus. */
	private static void fillHoles(final int w, final int h, final Scratch scratch,
		final int largest)
	{
		final int pw = w + 2;
		final int[] plane = scratch.padded;
		if (scratch.stack.length < largest + 4) scratch.stack = new int[2 *
			largest + 4];
		final int[] stack = scratch.stack;
		for (int y = 2; y < h; y++)
			for (int i = y * pw + 2, end = y * pw + w; i < end; i++) {
				// The first pixel of a hole has the nucleus to the left and above.
				final int number = plane[i - 1];
				if (plane[i] != 0 || number == 0 || plane[i - pw] != number) continue;
				int n = 0;
				boolean hole = true;
				stack[n++] = i;
				plane[i] = -1;
				for (int k = 0; k < n && hole; k++) {
					final int p = stack[k];
					final int row = p / pw;
					final int column = p - row * pw;
					if (row <= 1 || row >= h || column <= 1 || column >= w ||
						n >= largest)
					{
						hole = false;
						break;
					}
					for (int direction = 0; direction < 4; direction++) {
						final int neighbour = direction == 0 ? p - pw : direction == 1 ? p -
							1 : direction == 2 ? p + 1 : p + pw;
						final int v = plane[neighbour];
						if (v == 0) {
							plane[neighbour] = -1;
							stack[n++] = neighbour;
						}
						else if (v > 0 && v != number) hole = false;
					}
				}
				for (int k = 0; k < n; k++)
					plane[stack[k]] = hole ? number : 0;
			}
	}

	/**
	 * Smooths outlines: a pixel goes to the neighbour, or to the background, that
	 * at least five of the nine pixels around it belong to.
	 */
	private static void smoothOutlines(final int w, final int h,
		final int[] plane, final int[] out)
	{
		final int pw = w + 2;
		System.arraycopy(plane, 0, out, 0, pw * (h + 2));
		for (int y = 2; y < h; y++)
			for (int i = y * pw + 2, end = y * pw + w; i < end; i++) {
				final int own = plane[i];
				if (plane[i - 1] == own && plane[i + 1] == own && plane[i -
					pw] == own && plane[i + pw] == own) continue;
				// Majority vote (Boyer and Moore): only a majority can win.
				int candidate = own;
				int lead = 0;
				for (int row = i - pw; row <= i + pw; row += pw)
					for (int k = row - 1; k <= row + 1; k++)
						if (lead == 0) {
							candidate = plane[k];
							lead = 1;
						}
						else lead += plane[k] == candidate ? 1 : -1;
				if (candidate == own) continue;
				int votes = 0;
				for (int row = i - pw; row <= i + pw; row += pw)
					for (int k = row - 1; k <= row + 1; k++)
						if (plane[k] == candidate) votes++;
				if (votes >= 5) out[i] = candidate;
			}
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
