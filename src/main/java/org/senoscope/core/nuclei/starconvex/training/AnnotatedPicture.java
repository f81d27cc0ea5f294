
package org.senoscope.core.nuclei.starconvex.training;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture with its nuclei. Arrays are not copied; nobody writes to them.
 *
 * @param name base name of its files
 * @param pixels normalised as the network wants them, row by row, channels
 *          fastest
 * @param channels 1 or 3
 * @param labels nucleus at each pixel, row by row; 0: background, below 0: not
 *          annotated
 * @param width width in pixels
 * @param height height in pixels
 */
public record AnnotatedPicture(String name, float[] pixels, int channels,
		int[] labels, int width, int height) {

	private static final int SPECK_PX = 10;

	/** Checks the sizes. */
	public AnnotatedPicture {
		if (labels.length != width * height || pixels.length != labels.length *
			channels) throw new IllegalArgumentException(name + ": " + labels.length +
				" labels and " + pixels.length + " values are no picture of " + width +
				" x " + height + " px");
	}

	/** Returns the areas of the nuclei in pixels, ascending. */
	public int[] areas() {
		final Map<Integer, int[]> areas = new HashMap<>();
		for (final int label : labels)
			if (label > 0) areas.computeIfAbsent(label, l -> new int[1])[0]++;
		return areas.values().stream().mapToInt(a -> a[0]).sorted().toArray();
	}

	/**
	 * Returns the diameter in pixels of the circle that is as large as the
	 * nucleus of median area; NaN if there is no nucleus.
	 */
	public double diameterPx() {
		final int[] areas = areas();
		return areas.length == 0 ? Double.NaN : 2 * Math.sqrt(areas[areas.length /
			2] / Math.PI);
	}

	/**
	 * Returns the diameter of each picture; pictures without a nucleus get the
	 * median of the others.
	 *
	 * @throws IllegalArgumentException if no picture has a nucleus
	 */
	public static double[] diametersPx(final List<AnnotatedPicture> pictures) {
		final double[] all = pictures.stream().mapToDouble(
			AnnotatedPicture::diameterPx).toArray();
		final double[] known = Arrays.stream(all).filter(d -> !Double.isNaN(d))
			.sorted().toArray();
		if (known.length == 0) throw new IllegalArgumentException(
			"no picture has a nucleus");
		return Arrays.stream(all).map(d -> Double.isNaN(d) ? known[known.length / 2]
			: d).toArray();
	}

	/**
	 * Returns how many connected pieces the labels have, specks left out: far
	 * more than nuclei where a mask was taken for labels.
	 */
	public int pieces() {
		final boolean[] seen = new boolean[labels.length];
		final int[] queue = new int[labels.length];
		int pieces = 0;
		for (int i = 0; i < labels.length; i++) {
			if (labels[i] <= 0 || seen[i]) continue;
			seen[i] = true;
			queue[0] = i;
			int to = 1;
			for (int from = 0; from < to; from++) {
				final int p = queue[from], x = p % width;
				for (int k = 0; k < 4; k++) {
					final int n = k == 0 ? p - width : k == 1 ? p + width : k == 2 ? p - 1
						: p + 1;
					if (n < 0 || n >= labels.length || k == 2 && x == 0 || k == 3 &&
						x == width - 1 || seen[n] || labels[n] != labels[i]) continue;
					seen[n] = true;
					queue[to++] = n;
				}
			}
			if (to >= SPECK_PX) pieces++;
		}
		return pieces;
	}

	/** Returns a pixel in the middle row of each nucleus, as an index. */
	int[] nuclei() {
		final long[] keys = new long[labels.length];
		int n = 0;
		for (int i = 0; i < labels.length; i++)
			if (labels[i] > 0) keys[n++] = (long) labels[i] << 32 | i;
		Arrays.sort(keys, 0, n);
		final int[] centres = new int[n];
		int count = 0;
		for (int from = 0; from < n;) {
			int to = from;
			while (to < n && keys[to] >> 32 == keys[from] >> 32)
				to++;
			centres[count++] = (int) keys[(from + to) / 2];
			from = to;
		}
		return Arrays.copyOf(centres, count);
	}
}
