
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
	private static final byte NEW = 0;
	private static final byte WAITING = 1;
	private static final byte ENTERED = 2;
	private static final byte OUTSIDE = 3;

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
	}

	// Regions nested at the place being flooded, the brightest on top.
	private final Growing[] stack = new Growing[BUCKETS + 1];

	// Pixels that wait to be flooded, linked for each bucket.
	private final int[] waiting = new int[BUCKETS];
	private int[] next = new int[0];
	private byte[] state = new byte[0];

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
			state = new byte[size];
		}
		score = regionScore;
		floor = lowest;
		chosen = 0;
		results = 0;
		final byte[] state = this.state;
		Arrays.fill(state, 0, size, NEW);
		Arrays.fill(state, 0, pw, OUTSIDE);
		Arrays.fill(state, size - pw, size, OUTSIDE);
		for (int y = 1; y <= h; y++) {
			state[y * pw] = OUTSIDE;
			state[y * pw + pw - 1] = OUTSIDE;
			if (taken != null) for (int i = y * pw + 1, end = i + w; i < end; i++)
				if (taken[i] != 0) state[i] = OUTSIDE;
		}
		for (int y = 1; y <= h; y++)
			for (int i = y * pw + 1, end = i + w; i < end; i++)
				if (state[i] == NEW && q[i] >= lowest) flood(q, pw, i, basins);
	}

	/** Floods the whole connected component of a pixel at the lowest level. */
	private void flood(final short[] q, final int pw, final int from,
		final int[] basins)
	{
		final byte[] state = this.state;
		final int[] next = this.next;
		final int lowest = floor;
		// y = p / pw by multiplication, exact for any block that fits an array
		final long inverse = (1L << 42) / pw + 1;
		int depth = 0;
		int p = from;
		int bucket = q[p] / STEP;
		Growing top = stack[0];
		top.start(bucket, p);
		state[p] = WAITING;
		while (true) {
			// Climb: a brighter neighbour goes first.
			int brighter = -1;
			int steps = 0;
			int borderSteps = 0;
			int edge = 0;
			final int level = q[p];
			for (int direction = 0; direction < 4; direction++) {
				final int neighbour = direction == 0 ? p - pw : direction == 1 ? p - 1
					: direction == 2 ? p + 1 : p + pw;
				final int s = state[neighbour];
				if (s == OUTSIDE || basins != null && basins[neighbour] != basins[p]) {
					borderSteps++;
					continue;
				}
				final int other = q[neighbour];
				edge += level - other;
				if (s == ENTERED) {
					steps--;
					continue;
				}
				steps++;
				if (s == NEW && other >= lowest) {
					final int b = other / STEP;
					state[neighbour] = WAITING;
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
			}
			if (brighter >= 0) {
				p = brighter;
				top = stack[++depth];
				top.start(bucket, p);
				continue;
			}
			state[p] = ENTERED;
			final int y = (int) (p * inverse >>> 42);
			final int x = p - y * pw;
			top.area++;
			top.sumX += x;
			top.sumY += y;
			top.sumXX += (long) x * x;
			top.sumYY += (long) y * y;
			top.sumXY += (long) x * y;
			top.sumQ += level;
			top.sumQQ += level * level;
			top.perimeter += steps + borderSteps;
			top.openSteps += steps;
			top.edge += edge;
			if (x < top.minX) top.minX = x;
			if (x > top.maxX) top.maxX = x;
			if (y < top.minY) top.minY = y;
			if (y > top.maxY) top.maxY = y;

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
		}
		else {
			r.scoredArea = Math.max(r.scoredArea, s.scoredArea);
			r.best += s.best;
			if (r.firstChosen < 0) r.firstChosen = s.firstChosen;
			else chosenNext[r.lastChosen] = s.firstChosen;
			if (s.lastChosen >= 0) r.lastChosen = s.lastChosen;
		}
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
