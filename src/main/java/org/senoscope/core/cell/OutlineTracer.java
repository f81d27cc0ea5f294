
package org.senoscope.core.cell;

import java.util.Arrays;

/**
 * Traces the outer boundary of a label as a polygon through the middles of the
 * pixel edges between label and background. Such a polygon is simple, cuts the
 * stairs of a pixel boundary, holds every pixel centre of the label and no
 * other, and encloses half a pixel less than the label's pixels.
 */
public final class OutlineTracer {

	// directions: 0 right, 1 down, 2 left, 3 up; walking along pixel edges with
	// the label on the right hand
	private static final int[] DX = { 1, 0, -1, 0 };
	private static final int[] DY = { 0, 1, 0, -1 };

	private float[] xs = new float[256];
	private float[] ys = new float[256];
	private int corners;
	private int lastScale;

	/**
	 * Traces a label.
	 *
	 * @param labels label raster, row by row
	 * @param width width of the raster
	 * @param height height of the raster
	 * @param startX column of a pixel of the label whose upper neighbour is not
	 *          of the label and lies on the outer boundary (the first pixel of
	 *          the label in raster order)
	 * @param startY row of that pixel
	 * @param label the label
	 * @param originX working-pixel column of the raster's left edge
	 * @param originY working-pixel row of the raster's top edge
	 * @param scale level-0 pixels a working pixel
	 * @return the outline in level-0 pixels
	 */
	public Outline trace(final int[] labels, final int width, final int height,
		final int startX, final int startY, final int label, final int originX,
		final int originY, final int scale)
	{
		int n = 0;
		// (cx, cy) is the corner from which the next edge leaves; pixel (cx, cy)
		// lies right below the corner
		int cx = startX, cy = startY, direction = 0;
		do {
			if (n == xs.length) {
				xs = Arrays.copyOf(xs, 2 * n);
				ys = Arrays.copyOf(ys, 2 * n);
			}
			xs[n] = cx + 0.5f * DX[direction];
			ys[n] = cy + 0.5f * DY[direction];
			n++;
			cx += DX[direction];
			cy += DY[direction];
			// pixels ahead on the right and on the left hand of the corner just
			// reached
			final boolean right, left;
			switch (direction) {
				case 0 -> {
					right = is(labels, width, height, cx, cy, label);
					left = is(labels, width, height, cx, cy - 1, label);
				}
				case 1 -> {
					right = is(labels, width, height, cx - 1, cy, label);
					left = is(labels, width, height, cx, cy, label);
				}
				case 2 -> {
					right = is(labels, width, height, cx - 1, cy - 1, label);
					left = is(labels, width, height, cx - 1, cy, label);
				}
				default -> {
					right = is(labels, width, height, cx, cy - 1, label);
					left = is(labels, width, height, cx - 1, cy - 1, label);
				}
			}
			// a pixel that touches by its corner only is taken along, so that the
			// outline stays in one piece
			if (left) direction = direction + 3 & 3;
			else if (!right) direction = direction + 1 & 3;
		}
		while (cx != startX || cy != startY || direction != 0);
		corners = n;
		lastScale = scale;
		return polygon(n, originX, originY, scale);
	}

	/**
	 * Returns the length of the last outline in level-0 pixels, measured on a
	 * smoothed copy: the corners of a pixel boundary make a plain sum up to 8 %
	 * too long.
	 */
	public double smoothLength() {
		double length = 0;
		double beforeX = smooth(xs, corners - 1);
		double beforeY = smooth(ys, corners - 1);
		for (int i = 0; i < corners; i++) {
			final double x = smooth(xs, i), y = smooth(ys, i);
			length += Math.hypot(x - beforeX, y - beforeY);
			beforeX = x;
			beforeY = y;
		}
		return length * lastScale;
	}

	/** Mean over a corner and the two on either side. */
	private double smooth(final float[] values, final int i) {
		double sum = 0;
		if (i >= 2 && i + 2 < corners) for (int k = i - 2; k <= i + 2; k++)
			sum += values[k];
		else for (int k = i - 2; k <= i + 2; k++)
			sum += values[Math.floorMod(k, corners)];
		return sum / 5;
	}

	private Outline polygon(final int n, final int originX, final int originY,
		final int scale)
	{
		final float[] px = new float[n], py = new float[n];
		int m = 0;
		for (int i = 0; i < n; i++) {
			final int before = i == 0 ? n - 1 : i - 1, after = i == n - 1 ? 0 : i + 1;
			final float cross = (xs[i] - xs[before]) * (ys[after] - ys[i]) - (ys[i] -
				ys[before]) * (xs[after] - xs[i]);
			if (cross != 0) {
				px[m] = (originX + xs[i]) * scale;
				py[m] = (originY + ys[i]) * scale;
				m++;
			}
		}
		return new Outline(Arrays.copyOf(px, m), Arrays.copyOf(py, m));
	}

	private static boolean is(final int[] labels, final int width,
		final int height, final int x, final int y, final int label)
	{
		return x >= 0 && y >= 0 && x < width && y < height && labels[y * width +
			x] == label;
	}
}
