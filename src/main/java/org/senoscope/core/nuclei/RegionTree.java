
package org.senoscope.core.nuclei;

import java.util.Arrays;

/**
 * Chooses nuclei among all extremal regions of a plane, that is, among the
 * connected components (4-neighbours) of all its thresholds.
 * <p>
 * Pixels enter from the brightest level down. Every region carries exact
 * integer sums (area, moments, bounding box, border steps), is scored from them
 * when it has grown, and replaces the regions chosen inside it if it scores at
 * least their sum (dynamic programming over the component tree; Arteta et al.,
 * MICCAI 2012; regions after Matas et al., BMVC 2002). A region over the size
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

	/** Levels between two evaluations. */
	private static final int STEP = 6;

	/** A region is scored anew once it has grown by one part in this many. */
	private static final int GROWTH = 16;

	// One entry a region; a region begins at a local maximum.
	private int[] parent = new int[0];
	private int[] area;
	private int[] evaluatedArea;
	private int[] minX;
	private int[] maxX;
	private int[] minY;
	private int[] maxY;
	private int[] perimeter;
	private int[] openSteps;
	private int[] touched;
	private int[] first;
	private int[] last;
	private int[] seed;
	private long[] edge;
	private long[] sumX;
	private long[] sumY;
	private long[] sumXX;
	private long[] sumYY;
	private long[] sumXY;
	private long[] sumQ;
	private long[] sumQQ;
	private long[] best;
	private int regions;

	// Chosen regions, linked within a branch.
	private int[] chosenSeed = new int[64];
	private int[] chosenLevel = new int[64];
	private int[] chosenArea = new int[64];
	private long[] chosenScore = new long[64];
	private int[] chosenNext = new int[64];
	private int chosen;

	private int[] component = new int[0];
	private int[] sorted = new int[0];
	private final int[] start = new int[ClassicalModel.LEVELS + 1];
	private int[] touchedList = new int[1024];

	private int[] resultIndex = new int[64];
	private int results;

	private final double[] features = new double[FEATURES];
	Probe probe;

	/** @return the number of regions chosen by the last run */
	int size() {
		return results;
	}

	/** @return a pixel (index into the padded plane) of chosen region i */
	int seed(final int i) {
		return chosenSeed[resultIndex[i]];
	}

	/** @return the lowest level that belongs to chosen region i */
	int level(final int i) {
		return chosenLevel[resultIndex[i]];
	}

	/** @return the pixels of chosen region i */
	int area(final int i) {
		return chosenArea[resultIndex[i]];
	}

	/** @return the score of chosen region i, in units of 2^-16 */
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
	 * @param floor lowest level that may belong to a nucleus, at least 1
	 * @param score scores a region
	 * @param taken not 0 where a pixel (of the padded plane) belongs to something
	 *          already; null if nowhere
	 * @param basins pixels of different basins are never joined; null if there
	 *          are none
	 */
	void run(final short[] q, final int w, final int h, final int floor,
		final RegionScore score, final int[] taken, final int[] basins)
	{
		final int pw = w + 2;
		final int size = pw * (h + 2);
		if (component.length < size) {
			component = new int[size];
			sorted = new int[size];
		}
		regions = 0;
		chosen = 0;
		results = 0;

		// Counting sort of the foreground, brightest first, raster order within a
		// level.
		final int[] start = this.start;
		Arrays.fill(start, 0);
		for (int y = 1; y <= h; y++)
			for (int i = y * pw + 1, end = i + w; i < end; i++)
				if (taken == null || taken[i] == 0) start[q[i]]++;
		int n = 0;
		for (int level = ClassicalModel.LEVELS - 1; level >= floor; level--) {
			final int count = start[level];
			start[level] = n;
			n += count;
		}
		final int[] sorted = this.sorted;
		for (int y = 1; y <= h; y++)
			for (int i = y * pw + 1, end = i + w; i < end; i++)
				if (q[i] >= floor && (taken == null || taken[i] == 0))
					sorted[start[q[i]]++] = i;

		// -1: not entered yet; -2: outside of the plane.
		final int[] component = this.component;
		Arrays.fill(component, 0, size, -1);
		Arrays.fill(component, 0, pw, -2);
		Arrays.fill(component, size - pw, size, -2);
		for (int y = 1; y <= h; y++) {
			component[y * pw] = -2;
			component[y * pw + pw - 1] = -2;
			if (taken != null) for (int i = y * pw + 1, end = i + w; i < end; i++)
				if (taken[i] != 0) component[i] = -2;
		}

		int touchedCount = 0;
		int stepFloor = n == 0 ? floor : q[sorted[0]] / STEP * STEP;
		for (int k = 0; k < n; k++) {
			final int p = sorted[k];
			final int level = q[p];
			if (level < stepFloor) {
				evaluate(touchedCount, Math.max(stepFloor, floor), score);
				touchedCount = 0;
				stepFloor = level / STEP * STEP;
			}
			int r = -1;
			int steps = 0;
			int borderSteps = 0;
			long edgeSum = 0;
			for (int direction = 0; direction < 4; direction++) {
				final int neighbour = direction == 0 ? p - pw : direction == 1 ? p - 1
					: direction == 2 ? p + 1 : p + pw;
				final int c = component[neighbour];
				if (basins != null && basins[neighbour] != basins[p]) borderSteps++;
				else if (c >= 0) {
					edgeSum -= q[neighbour] - level;
					steps--;
					final int root = find(c);
					if (r < 0) r = root;
					else if (r != root) r = union(r, root);
				}
				else if (c == -1) {
					edgeSum += level - q[neighbour];
					steps++;
				}
				else borderSteps++;
			}
			if (r < 0) r = create(p);
			component[p] = r;
			final int x = p % pw;
			final int y = p / pw;
			area[r]++;
			sumX[r] += x;
			sumY[r] += y;
			sumXX[r] += (long) x * x;
			sumYY[r] += (long) y * y;
			sumXY[r] += (long) x * y;
			sumQ[r] += level;
			sumQQ[r] += (long) level * level;
			perimeter[r] += steps + borderSteps;
			openSteps[r] += steps;
			edge[r] += edgeSum;
			if (x < minX[r]) minX[r] = x;
			if (x > maxX[r]) maxX[r] = x;
			if (y < minY[r]) minY[r] = y;
			if (y > maxY[r]) maxY[r] = y;
			if (touched[r] != stepFloor) {
				touched[r] = stepFloor;
				if (touchedCount == touchedList.length) touchedList = Arrays.copyOf(
					touchedList, touchedCount * 2);
				touchedList[touchedCount++] = r;
			}
		}
		evaluate(touchedCount, Math.max(stepFloor, floor), score);
		for (int r = 0; r < regions; r++)
			if (parent[r] == r) emit(r);
	}

	private void evaluate(final int touchedCount, final int level,
		final RegionScore score)
	{
		for (int t = 0; t < touchedCount; t++) {
			final int r = touchedList[t];
			if (parent[r] != r || evaluatedArea[r] < 0) continue;
			final int a = area[r];
			if (a > score.maxArea() || maxX[r] - minX[r] >= score.maxExtent() ||
				maxY[r] - minY[r] >= score.maxExtent())
			{
				evaluatedArea[r] = -1;
				emit(r);
				continue;
			}
			if (a < score.minArea() || a - evaluatedArea[r] < 1 + evaluatedArea[r] /
				GROWTH) continue;
			evaluatedArea[r] = a;
			features(r, level, score);
			if (probe != null) probe.region(seed[r], level, features);
			final long s = score.score(features);
			if (score.replaces(s, best[r])) {
				best[r] = s;
				if (chosen == chosenSeed.length) growChosen();
				chosenSeed[chosen] = seed[r];
				chosenLevel[chosen] = level;
				chosenArea[chosen] = a;
				chosenScore[chosen] = s;
				chosenNext[chosen] = -1;
				first[r] = chosen;
				last[r] = chosen++;
			}
		}
	}

	/**
	 * Fills the features of a region, all without unit and without regard to its
	 * place.
	 */
	private void features(final int r, final int level, final RegionScore score) {
		final double a = area[r];
		// Differences of products of integers: exact, so the place of the window
		// has no influence.
		final double xx = (sumXX[r] * area[r] - sumX[r] * sumX[r]) / (a * a) + 1 /
			12.0;
		final double yy = (sumYY[r] * area[r] - sumY[r] * sumY[r]) / (a * a) + 1 /
			12.0;
		final double xy = (sumXY[r] * area[r] - sumX[r] * sumY[r]) / (a * a);
		final double determinant = Math.max(1e-6, xx * yy - xy * xy);
		final double half = 0.5 * (xx + yy);
		final double large = half + Math.sqrt(Math.max(0, half * half -
			determinant));
		final double mean = sumQ[r] / a;
		final double variance = Math.max(0, sumQQ[r] / a - mean * mean);
		final int boxSteps = 2 * (maxX[r] - minX[r] + maxY[r] - minY[r] + 2);
		features[0] = Math.log(a / score.typicalArea());
		features[1] = a / (4 * Math.PI * Math.sqrt(determinant));
		features[2] = 0.5 * Math.log(large * large / determinant);
		features[3] = perimeter[r] / (double) boxSteps;
		features[4] = openSteps[r] == 0 ? 0 : edge[r] / (double) openSteps[r] * Math
			.sqrt(a) / mean;
		features[5] = level / mean;
		features[6] = mean / score.typicalLevel();
		features[7] = Math.sqrt(variance) / mean;
		features[8] = openSteps[r] / (double) perimeter[r];
	}

	private void emit(final int r) {
		for (int c = first[r]; c >= 0; c = chosenNext[c]) {
			if (results == resultIndex.length) resultIndex = Arrays.copyOf(
				resultIndex, results * 2);
			resultIndex[results++] = c;
		}
		first[r] = -1;
		last[r] = -1;
	}

	private int find(final int c) {
		final int[] parent = this.parent;
		int r = c;
		while (parent[r] != r) {
			parent[r] = parent[parent[r]];
			r = parent[r];
		}
		return r;
	}

	private int union(final int a, final int b) {
		final int r = area[a] >= area[b] ? a : b;
		final int s = r == a ? b : a;
		// A branch over the size limits hands nothing on, and what joins it ends
		// too.
		if (evaluatedArea[s] < 0 || evaluatedArea[r] < 0) {
			emit(r);
			emit(s);
			evaluatedArea[r] = -1;
		}
		else {
			evaluatedArea[r] = Math.max(evaluatedArea[r], evaluatedArea[s]);
			best[r] += best[s];
			if (first[r] < 0) first[r] = first[s];
			else chosenNext[last[r]] = first[s];
			if (last[s] >= 0) last[r] = last[s];
		}
		parent[s] = r;
		area[r] += area[s];
		sumX[r] += sumX[s];
		sumY[r] += sumY[s];
		sumXX[r] += sumXX[s];
		sumYY[r] += sumYY[s];
		sumXY[r] += sumXY[s];
		sumQ[r] += sumQ[s];
		sumQQ[r] += sumQQ[s];
		perimeter[r] += perimeter[s];
		openSteps[r] += openSteps[s];
		edge[r] += edge[s];
		minX[r] = Math.min(minX[r], minX[s]);
		maxX[r] = Math.max(maxX[r], maxX[s]);
		minY[r] = Math.min(minY[r], minY[s]);
		maxY[r] = Math.max(maxY[r], maxY[s]);
		return r;
	}

	private int create(final int p) {
		if (regions == parent.length) growRegions();
		final int r = regions++;
		parent[r] = r;
		area[r] = 0;
		evaluatedArea[r] = 0;
		minX[r] = Integer.MAX_VALUE;
		maxX[r] = -1;
		minY[r] = Integer.MAX_VALUE;
		maxY[r] = -1;
		perimeter[r] = 0;
		openSteps[r] = 0;
		touched[r] = -1;
		first[r] = -1;
		last[r] = -1;
		seed[r] = p;
		edge[r] = 0;
		sumX[r] = 0;
		sumY[r] = 0;
		sumXX[r] = 0;
		sumYY[r] = 0;
		sumXY[r] = 0;
		sumQ[r] = 0;
		sumQQ[r] = 0;
		best[r] = 0;
		return r;
	}

	private void growRegions() {
		final int n = Math.max(1024, parent.length * 2);
		parent = Arrays.copyOf(parent, n);
		if (area == null) {
			area = new int[n];
			evaluatedArea = new int[n];
			minX = new int[n];
			maxX = new int[n];
			minY = new int[n];
			maxY = new int[n];
			perimeter = new int[n];
			openSteps = new int[n];
			touched = new int[n];
			first = new int[n];
			last = new int[n];
			seed = new int[n];
			edge = new long[n];
			sumX = new long[n];
			sumY = new long[n];
			sumXX = new long[n];
			sumYY = new long[n];
			sumXY = new long[n];
			sumQ = new long[n];
			sumQQ = new long[n];
			best = new long[n];
			return;
		}
		area = Arrays.copyOf(area, n);
		evaluatedArea = Arrays.copyOf(evaluatedArea, n);
		minX = Arrays.copyOf(minX, n);
		maxX = Arrays.copyOf(maxX, n);
		minY = Arrays.copyOf(minY, n);
		maxY = Arrays.copyOf(maxY, n);
		perimeter = Arrays.copyOf(perimeter, n);
		openSteps = Arrays.copyOf(openSteps, n);
		touched = Arrays.copyOf(touched, n);
		first = Arrays.copyOf(first, n);
		last = Arrays.copyOf(last, n);
		seed = Arrays.copyOf(seed, n);
		edge = Arrays.copyOf(edge, n);
		sumX = Arrays.copyOf(sumX, n);
		sumY = Arrays.copyOf(sumY, n);
		sumXX = Arrays.copyOf(sumXX, n);
		sumYY = Arrays.copyOf(sumYY, n);
		sumXY = Arrays.copyOf(sumXY, n);
		sumQ = Arrays.copyOf(sumQ, n);
		sumQQ = Arrays.copyOf(sumQQ, n);
		best = Arrays.copyOf(best, n);
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
