
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.senoscope.core.image.Region;
import org.senoscope.core.nuclei.NucleusSegmenter;

/**
 * Turns the label raster of a block into nucleus candidates. One object a
 * thread; buffers are reused.
 */
final class CandidateCollector {

	private int[] area = new int[0];
	private int[] runCount = new int[0];
	private int[] box = new int[0];
	private long[] twiceSumX = new long[0];
	private long[] sumY = new long[0];
	private int[][] runs = new int[0][];

	/**
	 * Collects the nuclei whose centroid lies in the core, and those in a band
	 * around it, which count where the neighbour misses them.
	 *
	 * @param grid the grid
	 * @param block number of the block
	 * @param region the block with its margin, in working pixels
	 * @param labels label raster of the region
	 * @param highest highest label
	 * @param worker asked for probabilities
	 */
	List<NucleusCandidate> collect(final BlockGrid grid, final int block,
		final Region region, final int[] labels, final int highest,
		final NucleusSegmenter.Worker worker)
	{
		measure(region.width(), region.height(), labels, highest);
		final Region core = grid.core(block), band = core.expand(grid.margin() / 2);
		final Region slide = new Region(0, 0, grid.width(), grid.height());
		final List<NucleusCandidate> found = new ArrayList<>();
		for (int label = 1; label <= highest; label++) {
			runs[label] = null;
			if (area[label] == 0) continue;
			// sums are exact, so that a nucleus has the same centroid in every block
			final double cx = (twiceSumX[label] + (2L * region.x() + 1) *
				area[label]) / (2.0 * area[label]);
			final double cy = (2 * sumY[label] + (2L * region.y() + 1) *
				area[label]) / (2.0 * area[label]);
			final boolean owned = core.contains((int) cx, (int) cy);
			final int x0 = region.x() + box[4 * label], y0 = region.y() + box[4 *
				label + 1];
			final int x1 = region.x() + box[4 * label + 2], y1 = region.y() + box[4 *
				label + 3];
			// a nucleus that the block's own edge cuts is the neighbour's business
			final boolean cut = x0 == region.x() && x0 != slide.x() || y0 == region
				.y() && y0 != slide.y() || x1 == region.right() && x1 != slide
					.right() || y1 == region.bottom() && y1 != slide.bottom();
			if (!owned && (cut || !band.contains((int) cx, (int) cy))) continue;
			runs[label] = new int[3 * runCount[label]];
			found.add(new NucleusCandidate(block, owned, x0, y0, x1, y1, runs[label],
				area[label], cx, cy, worker.probability(label), worker.hidden(label)));
		}
		fillRuns(region, labels);
		return found;
	}

	private void measure(final int w, final int h, final int[] labels,
		final int highest)
	{
		clear(highest + 1);
		for (int y = 0; y < h; y++) {
			final int row = y * w;
			for (int x = 0; x < w;) {
				final int label = labels[row + x], from = x;
				do
					x++;
				while (x < w && labels[row + x] == label);
				if (label == 0) continue;
				if (area[label] == 0) {
					box[4 * label] = from;
					box[4 * label + 1] = y;
					box[4 * label + 2] = x;
				}
				else {
					box[4 * label] = Math.min(box[4 * label], from);
					box[4 * label + 2] = Math.max(box[4 * label + 2], x);
				}
				box[4 * label + 3] = y + 1;
				area[label] += x - from;
				runCount[label]++;
				twiceSumX[label] += (long) (x - from) * (from + x - 1);
				sumY[label] += (long) (x - from) * y;
			}
		}
	}

	private void fillRuns(final Region region, final int[] labels) {
		Arrays.fill(runCount, 0);
		final int w = region.width();
		for (int y = 0; y < region.height(); y++) {
			final int row = y * w;
			for (int x = 0; x < w;) {
				final int label = labels[row + x], from = x;
				do
					x++;
				while (x < w && labels[row + x] == label);
				if (label == 0 || runs[label] == null) continue;
				final int at = runCount[label]++ * 3;
				runs[label][at] = region.y() + y;
				runs[label][at + 1] = region.x() + from;
				runs[label][at + 2] = region.x() + x;
			}
		}
	}

	private void clear(final int n) {
		if (area.length < n) {
			area = new int[2 * n];
			runCount = new int[2 * n];
			box = new int[8 * n];
			twiceSumX = new long[2 * n];
			sumY = new long[2 * n];
			runs = new int[2 * n][];
		}
		Arrays.fill(area, 0, n, 0);
		Arrays.fill(runCount, 0, n, 0);
		Arrays.fill(twiceSumX, 0, n, 0);
		Arrays.fill(sumY, 0, n, 0);
	}
}
