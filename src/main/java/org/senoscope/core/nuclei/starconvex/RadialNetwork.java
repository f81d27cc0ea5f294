
package org.senoscope.core.nuclei.starconvex;

/**
 * A network that gives, for pixels of a regular grid, the probability that a
 * nucleus lies there and its radius in several directions. Safe to use from
 * several threads at once; the same pixels give the same numbers however many
 * threads there are.
 */
public interface RadialNetwork {

	/** What the network is and how it wants its pixels. */
	NetworkCard card();

	/**
	 * Runs the network on one window.
	 *
	 * @param pixels normalised pixels, row by row, channels fastest; at least
	 *          {@code width * height * channels}
	 * @param width width in pixels, a multiple of the card's size divisor
	 * @param height height, likewise
	 * @return its prediction
	 */
	Prediction predict(float[] pixels, int width, int height);

	/**
	 * What a network says about a window. Grid point (i, j) stands for pixel
	 * {@code (i * grid, j * grid)} of the window.
	 *
	 * @param width grid points along x
	 * @param height grid points along y
	 * @param grid pixels between grid points
	 * @param values probability, then distances in pixels, at each grid point;
	 *          ray k points to 2πk / rays, x first, y down
	 * @param probabilityAt index of the first probability
	 * @param probabilityStep from one grid point's probability to the next
	 * @param distances where the distances are: {@code values} or an array of
	 *          their own
	 * @param distancesAt index of the first distance
	 * @param distancesStep from one grid point's distances to the next
	 */
	record Prediction(int width, int height, int grid, float[] values,
			int probabilityAt, int probabilityStep, float[] distances,
			int distancesAt, int distancesStep) {
	}
}
