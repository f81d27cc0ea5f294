
package org.senoscope.core.nuclei;

import java.util.Map;

import org.senoscope.core.image.Region;

/**
 * Finds the nuclei of a block. Made once per slide from what the slide shows
 * (scale, thresholds); every block is then segmented with the same numbers.
 * <p>
 * What is found at a pixel may depend only on pixels within {@link #marginPx()}
 * and on the whole of the nucleus' own clump, so that two overlapping blocks
 * that both hold a clump agree on it exactly.
 */
public interface NucleusSegmenter {

	/**
	 * Returns how many level-0 pixels make the side of a working pixel: 1, 2, 4,
	 * ...
	 */
	int downsample();

	/**
	 * Returns the margin in working pixels that a block needs around its core.
	 */
	int marginPx();

	/**
	 * Returns what was decided for the slide, in the order of the run record:
	 * names in snake case, numbers and texts.
	 */
	Map<String, Object> description();

	/** Returns a worker for one thread, with buffers of its own. */
	Worker worker();

	/** Segments blocks on one thread. */
	interface Worker {

		/**
		 * Segments a block.
		 *
		 * @param block the block, margin included, in working pixels
		 * @param labels receives the label of each pixel, 0 for background, row by
		 *          row; at least {@code block.size()} long
		 * @return the highest label
		 */
		int segment(Region block, int[] labels);

		/**
		 * Returns the probability that a label of the last block is a nucleus, NaN
		 * where the method gives none.
		 */
		default double probability(final int label) {
			return Double.NaN;
		}

		/**
		 * Returns whether a label of the last block is a nucleus that its own stain
		 * does not show, because something dense hides it.
		 */
		default boolean hidden(final int label) {
			return false;
		}
	}
}
