
package org.senoscope.tensorflow;

import java.util.Map;

/**
 * Trains a {@link StarConvexNetwork} with Adam (Kingma and Ba, ICLR 2015) on
 * StarDist's loss: the binary cross entropy of the object probability, plus
 * {@value #DISTANCE_WEIGHT} times the mean absolute error of the distances,
 * weighted by the true probability. A network that starts from nothing is
 * trained with batch normalisation after each 3 x 3 convolution (Ioffe and
 * Szegedy, ICML 2015), which {@link #weights()} folds into kernels and biases;
 * one that continues from weights is trained as it stands. Not safe for use
 * from several threads.
 */
public interface StarConvexTrainer extends AutoCloseable {

	/** Weight of the distances in the loss. */
	double DISTANCE_WEIGHT = 0.2;

	/**
	 * Patches to learn from, with what the network should say on its grid of
	 * every second pixel.
	 *
	 * @param images [count, height, width, channels], normalised
	 * @param probability [count, height/2, width/2], 0 to 1; below 0 where
	 *          nothing is known and nothing is learnt
	 * @param distances [count, height/2, width/2, rays] in pixels of the patch
	 * @param count number of patches
	 * @param height height of a patch
	 * @param width width of a patch
	 */
	record Batch(float[] images, float[] probability, float[] distances,
			int count, int height, int width) {
	}

	/**
	 * How far off the network was before a step.
	 *
	 * @param probability mean binary cross entropy
	 * @param distances weighted mean absolute error in pixels
	 */
	record Loss(double probability, double distances) {

		/** Returns what is minimised. */
		public double total() {
			return probability + DISTANCE_WEIGHT * distances;
		}
	}

	/**
	 * Learns from patches once.
	 *
	 * @param batch the patches
	 * @param learningRate step size of Adam
	 * @return the loss before the step
	 */
	Loss step(Batch batch, double learningRate);

	/**
	 * Returns the weights, averaged over the last steps (with a memory of about a
	 * thousand, less at the beginning), as
	 * {@link TensorFlowBackend#save(StarConvexNetwork, Map, java.nio.file.Path)}
	 * takes them.
	 */
	Map<String, float[]> weights();

	/** Returns all that is needed to go on later exactly as now, by name. */
	Map<String, float[]> state();

	/**
	 * Goes on from a state.
	 *
	 * @param state what {@link #state()} returned for a trainer made alike
	 * @throws IllegalArgumentException if it is of another network
	 */
	void restore(Map<String, float[]> state);

	/** Releases the native memory. */
	@Override
	void close();
}
