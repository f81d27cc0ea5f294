
package org.senoscope.core.nuclei.starconvex.training;

import java.util.Arrays;

/**
 * What a star-convex network should say of a label image, as StarDist has it
 * (Schmidt et al., MICCAI 2018): the object probability of a pixel is its
 * distance to the nearest pixel that is not of its nucleus, over the largest
 * such distance in the nucleus; a ray's distance is the way from the pixel's
 * centre, in steps of one pixel, to where it leaves the nucleus. The edge of
 * the picture and pixels that are not annotated are not background to the
 * probability, but end rays. One object a thread.
 */
public final class StarTargets {

	/** Stands for the probability where nothing is annotated. */
	public static final float UNKNOWN = -1;

	private static final int FAR = 1 << 20;

	private final int width;
	private final int height;
	private final int grid;
	private final int rays;

	/** Labels with a frame, so that rays end without being watched. */
	private final int[] framed;
	private final int frame;
	private final int[][] way;
	private final float[][] length;

	private final int[] rowDistance;
	private final float[] distance;

	/**
	 * @param width width of the label images in pixels, a multiple of the grid
	 * @param height height of them, likewise
	 * @param grid side of an output pixel in pixels
	 * @param rays number of rays; ray k points to 2πk/rays, x first, y down
	 */
	public StarTargets(final int width, final int height, final int grid,
		final int rays)
	{
		this.width = width;
		this.height = height;
		this.grid = grid;
		this.rays = rays;
		frame = width + 2;
		framed = new int[frame * (height + 2)];
		rowDistance = new int[width * height];
		distance = new float[width * height];
		final int longest = width + height;
		way = new int[rays][longest];
		length = new float[rays][longest];
		for (int k = 0; k < rays; k++) {
			final double dx = Math.cos(2 * Math.PI * k / rays);
			final double dy = Math.sin(2 * Math.PI * k / rays);
			// StarDist's correction for the step beyond the edge.
			final double overshoot = 1 - 0.5 / Math.max(Math.abs(dx), Math.abs(dy));
			for (int s = 1; s < longest; s++) {
				way[k][s] = round(dy * s) * frame + round(dx * s);
				length[k][s] = (float) (s - overshoot);
			}
		}
	}

	/** Half away from zero, whatever the last digits of sine and cosine are. */
	private static int round(final double v) {
		return (int) (Math.signum(v) * Math.floor(Math.abs(v) + 0.5 - 1e-9));
	}

	/**
	 * Writes what the network should say.
	 *
	 * @param labels nuclei, row by row; 0: background, below 0: not annotated
	 * @param probability receives [height/grid, width/grid] values;
	 *          {@link #UNKNOWN} where nothing is annotated
	 * @param probabilityAt where they begin
	 * @param distances receives [height/grid, width/grid, rays] pixels, 0 in the
	 *          background
	 * @param distancesAt where they begin
	 */
	public void write(final int[] labels, final float[] probability,
		final int probabilityAt, final float[] distances, final int distancesAt)
	{
		distanceToOthers(labels);
		final int most = Arrays.stream(labels, 0, width * height).max().orElse(0);
		final float[] largest = new float[Math.max(0, most) + 1];
		for (int i = 0; i < distance.length; i++)
			if (labels[i] > 0) largest[labels[i]] = Math.max(largest[labels[i]],
				distance[i]);
		for (int y = 0; y < height; y++)
			System.arraycopy(labels, y * width, framed, (y + 1) * frame + 1, width);
		int at = 0;
		for (int y = 0; y < height; y += grid)
			for (int x = 0; x < width; x += grid, at++) {
				final int i = y * width + x;
				final int label = labels[i];
				final int d = distancesAt + at * rays;
				if (label <= 0) {
					probability[probabilityAt + at] = label < 0 ? UNKNOWN : 0;
					Arrays.fill(distances, d, d + rays, 0);
					continue;
				}
				probability[probabilityAt + at] = distance[i] / largest[label];
				final int centre = (y + 1) * frame + x + 1;
				for (int k = 0; k < rays; k++) {
					final int[] path = way[k];
					int s = 1;
					while (framed[centre + path[s]] == label)
						s++;
					distances[d + k] = length[k][s];
				}
			}
	}

	/**
	 * Euclidean distance to the nearest pixel of another nucleus or of the
	 * background: first along rows, then, within each column's run of one
	 * nucleus, over the rows of that run.
	 */
	private void distanceToOthers(final int[] labels) {
		for (int y = 0; y < height; y++) {
			final int row = y * width;
			for (int from = 0; from < width;) {
				final int label = labels[row + from];
				int to = from;
				while (to < width && labels[row + to] == label)
					to++;
				final boolean left = from > 0 && labels[row + from - 1] >= 0;
				final boolean right = to < width && labels[row + to] >= 0;
				for (int x = from; x < to; x++)
					rowDistance[row + x] = Math.min(left ? x - from + 1 : FAR, right
						? to - x : FAR);
				from = to;
			}
		}
		for (int x = 0; x < width; x++)
			for (int from = 0; from < height;) {
				final int label = labels[from * width + x];
				int to = from;
				while (to < height && labels[to * width + x] == label)
					to++;
				if (label > 0) column(x, from, to, from > 0 && labels[(from - 1) *
					width + x] >= 0, to < height && labels[to * width + x] >= 0);
				from = to;
			}
	}

	private void column(final int x, final int from, final int to,
		final boolean above, final boolean below)
	{
		for (int y = from; y < to; y++) {
			final int up = above ? y - from + 1 : FAR;
			final int down = below ? to - y : FAR;
			final int near = Math.min(rowDistance[y * width + x], Math.min(up, down));
			// A nucleus that fills the picture has no edge in sight.
			long best = near >= FAR ? (long) FAR * FAR : (long) near * near;
			for (int other = from; other < to; other++) {
				final long dy = other - y;
				final long g = rowDistance[other * width + x];
				best = Math.min(best, dy * dy + g * g);
			}
			distance[y * width + x] = (float) Math.sqrt(best);
		}
	}
}
