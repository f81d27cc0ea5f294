
package org.senoscope.core.nuclei.starconvex;

import java.util.Arrays;

/**
 * Keeps labels in one piece where others were painted over them. Pixels that
 * touch by a corner belong together, as for the outline tracer. One object a
 * thread; buffers are reused.
 */
final class LabelPieces {

	private int[] largest = new int[0];
	private int[] largestAt = new int[0];
	private int[] stack = new int[1024];

	/**
	 * Clears all but the largest piece of each label.
	 *
	 * @param labels raster, row by row
	 * @param width width of the raster
	 * @param height height of it
	 * @param highest highest label
	 * @param suspect labels that may be in pieces
	 */
	void keepLargest(final int[] labels, final int width, final int height,
		final int highest, final boolean[] suspect)
	{
		if (largest.length <= highest) {
			largest = new int[2 * highest + 1];
			largestAt = new int[2 * highest + 1];
		}
		Arrays.fill(largest, 0, highest + 1, 0);
		// a piece that was looked at has the negative label
		for (int p = 0; p < width * height; p++) {
			final int label = labels[p];
			if (label <= 0 || !suspect[label]) continue;
			final int pixels = fill(labels, width, height, p, label, -label);
			if (pixels <= largest[label]) fill(labels, width, height, p, -label, 0);
			else {
				if (largest[label] > 0) fill(labels, width, height, largestAt[label],
					-label, 0);
				largest[label] = pixels;
				largestAt[label] = p;
			}
		}
		for (int p = 0; p < width * height; p++)
			if (labels[p] < 0) labels[p] = -labels[p];
	}

	/** Gives a piece another label and returns its size. */
	int fill(final int[] labels, final int width, final int height,
		final int start, final int from, final int to)
	{
		int n = 0, pixels = 0;
		stack[n++] = start;
		labels[start] = to;
		while (n > 0) {
			final int p = stack[--n], x = p % width, y = p / width;
			pixels++;
			if (n + 8 > stack.length) stack = Arrays.copyOf(stack, 2 * stack.length);
			for (int yy = Math.max(0, y - 1); yy <= Math.min(height - 1, y + 1); yy++)
				for (int xx = Math.max(0, x - 1); xx <= Math.min(width - 1, x +
					1); xx++)
					if (labels[yy * width + xx] == from) {
						labels[yy * width + xx] = to;
						stack[n++] = yy * width + xx;
					}
		}
		return pixels;
	}
}
