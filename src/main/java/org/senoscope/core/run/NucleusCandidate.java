
package org.senoscope.core.run;

/**
 * A nucleus as one block sees it, before the blocks agree on the seams.
 *
 * @param block number of the block that found it
 * @param owned whether its centroid lies in the core of that block; if not, it
 *          only counts where the other block missed it
 * @param x0 leftmost working pixel of the slide
 * @param y0 topmost
 * @param x1 first working pixel right of it
 * @param y1 first below
 * @param runs its pixels as triples row, first column, column behind the last
 * @param area number of pixels
 * @param centroidX mean column of its pixels (a pixel's own centre at + 0.5)
 * @param centroidY mean row
 * @param probability probability that it is a nucleus, NaN where the method
 *          gives none
 * @param hidden whether its own stain does not show it
 */
record NucleusCandidate(int block, boolean owned, int x0, int y0, int x1,
		int y1, int[] runs, int area, double centroidX, double centroidY,
		double probability, boolean hidden)
		implements
			Comparable<NucleusCandidate> {

	/**
	 * Order of the table within a block: from top to bottom, then from left to
	 * right. Total, and the same in every block.
	 */
	@Override
	public int compareTo(final NucleusCandidate o) {
		int c = Double.compare(centroidY, o.centroidY);
		if (c == 0) c = Double.compare(centroidX, o.centroidX);
		if (c == 0) c = Integer.compare(area, o.area);
		return c != 0 ? c : Integer.compare(block, o.block);
	}

	/**
	 * Whether this one wins a pixel that both claim. Nuclei of one block never
	 * overlap.
	 */
	boolean precedes(final NucleusCandidate o) {
		return owned != o.owned ? owned : block < o.block;
	}

	boolean boxMeets(final NucleusCandidate o) {
		return x0 < o.x1 && o.x0 < x1 && y0 < o.y1 && o.y0 < y1;
	}

	/** Number of pixels that both claim. */
	int overlap(final NucleusCandidate o) {
		int shared = 0, j = 0;
		final int[] a = runs, b = o.runs;
		for (int i = 0; i < a.length; i += 3) {
			while (j < b.length && b[j] < a[i])
				j += 3;
			for (int k = j; k < b.length && b[k] == a[i]; k += 3)
				shared += Math.max(0, Math.min(a[i + 2], b[k + 2]) - Math.max(a[i + 1],
					b[k + 1]));
		}
		return shared;
	}
}
