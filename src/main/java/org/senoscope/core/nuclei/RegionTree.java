
package org.senoscope.core.nuclei;

import java.util.Arrays;

/**
 * Chooses nuclei among all extremal regions of a plane, that is, among the
 * connected components (4-neighbours) of all its thresholds.
 * <p>
 * The plane is flooded from its peaks down (Nistér and Stewénius, ECCV 2008).
 * Every region carries exact integer sums (area, moments, bounding box, border
 * steps), is scored from them when it has grown, and replaces the regions
 * chosen inside it if it scores at least their sum (dynamic programming over
 * the component tree; Arteta et al., MICCAI 2012). A region over the size
 * limits ends its branch. So what is chosen at a place depends only on regions
 * within the size limit around it: two windows that both contain them choose
 * the same, bit for bit.
 */
final class RegionTree {

	/** Sees every region that is scored. */
	interface Probe {

		void region(int seed, int level, double[] features);
	}

	/** Number of features of a region. */
	static final int FEATURES = 9;

	/** Levels of the plane that make one threshold. */
	static final int STEP = 6;

	/** A region is scored anew once it has grown by one part in this many. */
	private static final int GROWTH = 16;

	private static final int BUCKETS = ClassicalModel.LEVELS / STEP + 1;

	// A pixel's cell holds its level, whether it can still be flooded, and a bit
	// for each of the four neighbours that it is cut off from.
	private static final int LEVEL_BITS = 10;
	private static final int LEVEL_MASK = ClassicalModel.LEVELS - 1;
	private static final int FREE = 1 << LEVEL_BITS;
	private static final int CUT_SHIFT = LEVEL_BITS + 1;
	private static final int CUT_UP = 1 << CUT_SHIFT;
	private static final int CUT_LEFT = 2 << CUT_SHIFT;
	private static final int CUT_RIGHT = 4 << CUT_SHIFT;
	private static final int CUT_DOWN = 8 << CUT_SHIFT;

	/** A region while it grows. */
	private static final class Growing {

		int bucket;
		int area;
		int scoredArea;
		boolean oversized;
		int minX;
		int maxX;
		int minY;
		int maxY;
		int perimeter;
		int openSteps;
		int seed;
		int firstChosen;
		int lastChosen;
		long edge;
		long sumX;
		long sumY;
		long sumXX;
		long sumYY;
		long sumXY;
		long sumQ;
		long sumQQ;
		long best;

		void start(final int atBucket, final int pixel) {
			bucket = atBucket;
			seed = pixel;
			area = 0;
			scoredArea = 0;
			oversized = false;
			minX = Integer.MAX_VALUE;
			maxX = -1;
			minY = Integer.MAX_VALUE;
			maxY = -1;
			perimeter = 0;
			openSteps = 0;
			firstChosen = -1;
			lastChosen = -1;
			edge = 0;
			sumX = 0;
			sumY = 0;
			sumXX = 0;
			sumYY = 0;
			sumXY = 0;
			sumQ = 0;
			sumQQ = 0;
			best = 0;
		}

		/**
		 * Adds a pixel, given its cell and those around it. A step between two
		 * pixels of a region counts 1 for the one and -1 for the other, the
		 * brighter or, of equals, the earlier; so no order of adding matters.
		 */
		void add(final int p, final int pw, final long inverse, final int cell,
			final int up, final int left, final int right, final int down)
		{
			final int y = (int) (p * inverse >>> 42);
			final int x = p - y * pw;
			final int level = cell & LEVEL_MASK;
			final int byUp = level - (up & LEVEL_MASK);
			final int byLeft = level - (left & LEVEL_MASK);
			final int byRight = level - (right & LEVEL_MASK);
			final int byDown = level - (down & LEVEL_MASK);
			int steps = (byUp - 1 >> 31 | 1) + (byLeft - 1 >> 31 | 1) +
				(byRight >> 31 | 1) + (byDown >> 31 | 1);
			int rise = byUp + byLeft + byRight + byDown;
			final int cuts = cell >> CUT_SHIFT;
			if (cuts != 0) {
				if ((cuts & 1) != 0) {
					steps -= byUp - 1 >> 31 | 1;
					rise -= byUp;
				}
				if ((cuts & 2) != 0) {
					steps -= byLeft - 1 >> 31 | 1;
					rise -= byLeft;
				}
				if ((cuts & 4) != 0) {
					steps -= byRight >> 31 | 1;
					rise -= byRight;
				}
				if ((cuts & 8) != 0) {
					steps -= byDown >> 31 | 1;
					rise -= byDown;
				}
			}
			area++;
			sumX += x;
			sumY += y;
			sumXX += x * x;
			sumYY += y * y;
			sumXY += x * y;
			sumQ += level;
			sumQQ += level * level;
			openSteps += steps;
			perimeter += steps + Integer.bitCount(cuts);
			edge += rise;
			minX = Math.min(minX, x);
			maxX = Math.max(maxX, x);
			minY = Math.min(minY, y);
			maxY = Math.max(maxY, y);
		}
	}

	// Regions nested at the place being flooded, the brightest on top.
	private final Growing[] stack = new Growing[BUCKETS + 1];

	// Pixels that wait to be flooded, linked for each bucket.
	private final int[] waiting = new int[BUCKETS];
	private int[] next = new int[0];
	private char[] cells = new char[0];

	// Chosen regions, linked within a branch.
	private int[] chosenSeed = new int[64];
	private int[] chosenLevel = new int[64];
	private int[] chosenArea = new int[64];
	private long[] chosenScore = new long[64];
	private int[] chosenNext = new int[64];
	private int chosen;

	private int[] resultIndex = new int[64];
	private int results;

	private final double[] features = new double[FEATURES];
	private RegionScore score;
	private int floor;
	Probe probe;

	RegionTree() {
		for (int i = 0; i < stack.length; i++)
			stack[i] = new Growing();
		Arrays.fill(waiting, -1);
	}

	/** Returns the number of regions chosen by the last run. */
	int size() {
		return results;
	}

	/** Returns a pixel (index into the padded plane) of chosen region i. */
	int seed(final int i) {
		return chosenSeed[resultIndex[i]];
	}

	/** Returns the lowest level that belongs to chosen region i. */
	int level(final int i) {
		return chosenLevel[resultIndex[i]];
	}

	/** Returns the pixels of chosen region i. */
	int area(final int i) {
		return chosenArea[resultIndex[i]];
	}

	/** Returns the score of chosen region i, in units of 2^-16. */
	long score(final int i) {
		return chosenScore[resultIndex[i]];
	}

	/**
	 * Chooses regions.
	 *
	 * @param q levels 0..LEVELS-1 of a plane with a frame of one pixel,
	 *          {@code (w + 2) * (h + 2)} values
	 * @param w pixels along x without the frame
	 * @param h pixels along y without the frame
	 * @param lowest lowest level that may belong to a nucleus, at least 1
	 * @param regionScore scores a region
	 * @param taken not 0 where a pixel (of the padded plane) belongs to something
	 *          already; null if nowhere
	 * @param basins pixels of different basins are never joined; null if there
	 *          are none
	 */
	void run(final short[] q, final int w, final int h, final int lowest,
		final RegionScore regionScore, final int[] taken, final int[] basins)
	{
		final int pw = w + 2;
		final int size = pw * (h + 2);
		if (next.length < size) {
			next = new int[size];
			cells = new char[size];
		}
		score = regionScore;
		floor = lowest;
		chosen = 0;
		results = 0;
		final char[] cells = this.cells;
		Arrays.fill(cells, 0, pw, (char) 0);
		Arrays.fill(cells, size - pw, size, (char) 0);
		for (int y = 1; y <= h; y++) {
			cells[y * pw] = 0;
			cells[y * pw + pw - 1] = 0;
			final int begin = y * pw + 1, end = begin + w;
			if (taken == null) {
				for (int i = begin; i < end; i++) {
					final int level = q[i];
					cells[i] = (char) (level | (lowest - 1 - level >>> 31) << LEVEL_BITS);
				}
				cells[begin] |= CUT_LEFT;
				cells[end - 1] |= CUT_RIGHT;
				if (y == 1) for (int i = begin; i < end; i++)
					cells[i] |= CUT_UP;
				if (y == h) for (int i = begin; i < end; i++)
					cells[i] |= CUT_DOWN;
			}
			else for (int i = begin; i < end; i++) {
				int cell = q[i];
				if (taken[i] == 0 && cell >= lowest) {
					// pixels of nothing are basins of their own
					final int basin = basins[i];
					cell |= FREE | (differ(basins[i - pw], basin) + 2 * differ(basins[i -
						1], basin) + 4 * differ(basins[i + 1], basin) + 8 * differ(
							basins[i + pw], basin)) << CUT_SHIFT;
				}
				cells[i] = (char) cell;
			}
		}
		for (int y = 1; y <= h; y++)
			for (int i = y * pw + 1, end = i + w; i < end; i++)
				if ((cells[i] & FREE) != 0) flood(pw, i);
	}

	/** Returns 1 where two numbers differ, else 0. */
	private static int differ(final int a, final int b) {
		return (a - b | b - a) >>> 31;
	}

	/** Floods the whole connected component of a pixel at the lowest level. */
	private void flood(final int pw, final int from) {
		final char[] cells = this.cells;
		final int[] next = this.next;
		final int[] waiting = this.waiting;
		// y = p / pw by multiplication, exact for any block that fits an array
		final long inverse = (1L << 42) / pw + 1;
		int depth = 0;
		int p = from;
		int bucket = (cells[p] & LEVEL_MASK) / STEP;
		Growing top = stack[0];
		top.start(bucket, p);
		cells[p] ^= FREE;
		while (true) {
			final int cell = cells[p];
			final int up = cells[p - pw], left = cells[p - 1], right = cells[p + 1],
					down = cells[p + pw];
			// Climb: a brighter neighbour goes first.
			int free = (up >> LEVEL_BITS & 1 | left >> LEVEL_BITS - 1 & 2 |
				right >> LEVEL_BITS - 2 & 4 | down >> LEVEL_BITS - 3 & 8) &
				~(cell >> CUT_SHIFT);
			int brighter = -1;
			while (free != 0) {
				final int bit = free & -free;
				free ^= bit;
				final int neighbour = bit <= 2 ? bit == 1 ? p - pw : p - 1 : bit == 4
					? p + 1 : p + pw;
				final int other = cells[neighbour] ^ FREE;
				cells[neighbour] = (char) other;
				final int b = (other & LEVEL_MASK) / STEP;
				if (b > bucket) {
					brighter = neighbour;
					next[p] = waiting[bucket];
					waiting[bucket] = p;
					bucket = b;
					break;
				}
				next[neighbour] = waiting[b];
				waiting[b] = neighbour;
			}
			if (brighter >= 0) {
				p = brighter;
				top = stack[++depth];
				top.start(bucket, p);
				continue;
			}
			if (!top.oversized) top.add(p, pw, inverse, cell, up, left, right, down);

			// Go on with the brightest pixel that waits.
			int b = bucket;
			while (b >= 0 && waiting[b] < 0)
				b--;
			if (b < bucket) {
				// The regions above it are complete.
				while (top.bucket > b) {
					evaluate(top);
					if (depth > 0 && stack[depth - 1].bucket >= b) {
						merge(stack[depth - 1], top);
						top = stack[--depth];
					}
					else if (b < 0) break;
					else top.bucket = b;
				}
				if (b < 0) {
					emit(top);
					return;
				}
				bucket = b;
			}
			p = waiting[bucket];
			waiting[bucket] = next[p];
		}
	}

	private void evaluate(final Growing r) {
		if (r.oversized) return;
		final int a = r.area;
		if (a > score.maxArea() || r.maxX - r.minX >= score.maxExtent() || r.maxY -
			r.minY >= score.maxExtent())
		{
			r.oversized = true;
			emit(r);
			return;
		}
		if (a < score.minArea() || a - r.scoredArea < 1 + r.scoredArea / GROWTH)
			return;
		if (r.sumQ < score.minLevel() * a) return;
		r.scoredArea = a;
		final int level = Math.max(floor, r.bucket * STEP);
		features(r, level);
		if (probe != null) probe.region(r.seed, level, features);
		final long s = score.score(features);
		if (!score.replaces(s, r.best)) return;
		r.best = s;
		if (chosen == chosenSeed.length) growChosen();
		chosenSeed[chosen] = r.seed;
		chosenLevel[chosen] = level;
		chosenArea[chosen] = a;
		chosenScore[chosen] = s;
		chosenNext[chosen] = -1;
		r.firstChosen = chosen;
		r.lastChosen = chosen++;
	}

	/**
	 * Fills the features of a region, all without unit and without regard to its
	 * place.
	 */
	private void features(final Growing r, final int level) {
		final double a = r.area;
		// Differences of products of integers: exact, so the place of the window
		// has no influence.
		final double xx = (r.sumXX * r.area - r.sumX * r.sumX) / (a * a) + 1 / 12.0;
		final double yy = (r.sumYY * r.area - r.sumY * r.sumY) / (a * a) + 1 / 12.0;
		final double xy = (r.sumXY * r.area - r.sumX * r.sumY) / (a * a);
		final double determinant = Math.max(1e-6, xx * yy - xy * xy);
		final double half = 0.5 * (xx + yy);
		final double large = half + Math.sqrt(Math.max(0, half * half -
			determinant));
		final double mean = r.sumQ / a;
		final double variance = Math.max(0, r.sumQQ / a - mean * mean);
		final int boxSteps = 2 * (r.maxX - r.minX + r.maxY - r.minY + 2);
		features[0] = Math.log(a / score.typicalArea());
		features[1] = a / (4 * Math.PI * Math.sqrt(determinant));
		features[2] = 0.5 * Math.log(large * large / determinant);
		features[3] = r.perimeter / (double) boxSteps;
		features[4] = r.openSteps == 0 ? 0 : r.edge / (double) r.openSteps * Math
			.sqrt(a) / mean;
		features[5] = level / mean;
		features[6] = mean / score.typicalLevel();
		features[7] = Math.sqrt(variance) / mean;
		features[8] = r.openSteps / (double) r.perimeter;
	}

	/** What is chosen in this branch so far stays. */
	private void emit(final Growing r) {
		for (int c = r.firstChosen; c >= 0; c = chosenNext[c]) {
			if (results == resultIndex.length) resultIndex = Arrays.copyOf(
				resultIndex, results * 2);
			resultIndex[results++] = c;
		}
		r.firstChosen = -1;
		r.lastChosen = -1;
	}

	private void merge(final Growing r, final Growing s) {
		// A branch over the size limits hands nothing on, and what joins it ends
		// too.
		if (s.oversized || r.oversized) {
			emit(r);
			emit(s);
			r.oversized = true;
			return;
		}
		r.scoredArea = Math.max(r.scoredArea, s.scoredArea);
		r.best += s.best;
		if (r.firstChosen < 0) r.firstChosen = s.firstChosen;
		else chosenNext[r.lastChosen] = s.firstChosen;
		if (s.lastChosen >= 0) r.lastChosen = s.lastChosen;
		r.area += s.area;
		r.sumX += s.sumX;
		r.sumY += s.sumY;
		r.sumXX += s.sumXX;
		r.sumYY += s.sumYY;
		r.sumXY += s.sumXY;
		r.sumQ += s.sumQ;
		r.sumQQ += s.sumQQ;
		r.perimeter += s.perimeter;
		r.openSteps += s.openSteps;
		r.edge += s.edge;
		r.minX = Math.min(r.minX, s.minX);
		r.maxX = Math.max(r.maxX, s.maxX);
		r.minY = Math.min(r.minY, s.minY);
		r.maxY = Math.max(r.maxY, s.maxY);
	}

	private void growChosen() {
		final int n = chosenSeed.length * 2;
		chosenSeed = Arrays.copyOf(chosenSeed, n);
		chosenLevel = Arrays.copyOf(chosenLevel, n);
		chosenArea = Arrays.copyOf(chosenArea, n);
		chosenScore = Arrays.copyOf(chosenScore, n);
		chosenNext = Arrays.copyOf(chosenNext, n);
	}
}
