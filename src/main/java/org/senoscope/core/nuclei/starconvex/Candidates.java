
package org.senoscope.core.nuclei.starconvex;

import java.util.Arrays;

/**
 * Star-convex polygons in flat arrays: centre, score and one distance a ray.
 * Coordinates are pixels of the network, an integer at the centre of a pixel.
 */
final class Candidates {

	/** StarDist's least distance. */
	private static final float LEAST = 1e-3f;

	final int rays;
	int n;
	float[] score = new float[256];
	int[] x = new int[256];
	int[] y = new int[256];
	float[] distance;

	private final float[] cos;
	private final float[] sin;

	Candidates(final int rays) {
		this.rays = rays;
		distance = new float[256 * rays];
		cos = new float[rays];
		sin = new float[rays];
		for (int k = 0; k < rays; k++) {
			cos[k] = (float) Math.cos(2 * Math.PI * k / rays);
			sin[k] = (float) Math.sin(2 * Math.PI * k / rays);
		}
	}

	void clear() {
		n = 0;
	}

	void add(final float probability, final int centreX, final int centreY,
		final float[] distances, final int at)
	{
		if (n == score.length) {
			score = Arrays.copyOf(score, 2 * n);
			x = Arrays.copyOf(x, 2 * n);
			y = Arrays.copyOf(y, 2 * n);
			distance = Arrays.copyOf(distance, 2 * n * rays);
		}
		score[n] = probability;
		x[n] = centreX;
		y[n] = centreY;
		for (int k = 0; k < rays; k++)
			distance[n * rays + k] = Math.max(LEAST, distances[at + k]);
		n++;
	}

	/** Corner k of a polygon along x. */
	float cornerX(final int i, final int k) {
		return x[i] + distance[i * rays + k] * cos[k];
	}

	/** Corner k of a polygon along y. */
	float cornerY(final int i, final int k) {
		return y[i] + distance[i * rays + k] * sin[k];
	}

	/** Area of a polygon. */
	double area(final int i) {
		double twice = 0;
		final double turn = Math.sin(2 * Math.PI / rays);
		for (int k = 0; k < rays; k++)
			twice += distance[i * rays + k] * distance[i * rays + (k + 1) % rays];
		return 0.5 * turn * twice;
	}

	/**
	 * Numbers of the polygons by falling score; of equal ones the lower and
	 * further right first, as StarDist's reversed sort has them.
	 */
	int[] byScore() {
		final long[] keys = new long[n];
		for (int i = 0; i < n; i++)
			// scores are positive, so their bits sort like the numbers
			keys[i] = (long) Float.floatToIntBits(score[i]) << 32 | i;
		Arrays.sort(keys);
		final int[] order = new int[n];
		for (int i = 0; i < n; i++)
			order[i] = (int) keys[n - 1 - i];
		return order;
	}
}
