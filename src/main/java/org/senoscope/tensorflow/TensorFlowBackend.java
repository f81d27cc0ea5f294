
package org.senoscope.tensorflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What Senoscope asks of TensorFlow. All types are the JDK's own, because the
 * implementation lives behind a class loader that shares nothing else with the
 * caller. Implementations are safe to use from several threads.
 */
public interface TensorFlowBackend {

	/** Returns the version of the native TensorFlow library ("2.18.0"). */
	String version();

	/**
	 * Multiplies two matrices in a TensorFlow graph.
	 *
	 * @param left {@code rows x shared} matrix, row by row
	 * @param right {@code shared x columns} matrix, row by row
	 * @param rows rows of {@code left}
	 * @param shared columns of {@code left}, which are the rows of {@code right}
	 * @param columns columns of {@code right}
	 * @return the {@code rows x columns} product, row by row
	 */
	float[] multiply(float[] left, float[] right, int rows, int shared,
		int columns);

	/**
	 * Correlates an image with a kernel in a TensorFlow graph, as the layers of a
	 * network do (the kernel is not mirrored); outside the image is zero.
	 *
	 * @param image {@code height x width} pixels, row by row
	 * @param height height in pixels
	 * @param width width in pixels
	 * @param kernel {@code size x size} weights, row by row
	 * @param size odd side of the kernel in pixels
	 * @return {@code height x width} sums, row by row
	 */
	float[] convolve(float[] image, int height, int width, float[] kernel,
		int size);

	/**
	 * Reads a network.
	 *
	 * @param folder folder of a SavedModel ({@code saved_model.pb},
	 *          {@code variables/})
	 * @return the network, to be closed
	 * @throws IllegalArgumentException if it is none, or one that TensorFlow
	 *           cannot read, with the reason in one line
	 */
	default SavedNetwork open(final Path folder) {
		return open(folder, Runtime.getRuntime().availableProcessors());
	}

	/**
	 * Reads a network whose calls use several threads each. The first network
	 * that a process opens decides for all of them, as TensorFlow has it. The
	 * number of threads changes no result.
	 *
	 * @param folder as above
	 * @param threads threads inside a call, shared by calls that run at the same
	 *          time
	 * @return the network, to be closed
	 * @throws IllegalArgumentException as above
	 */
	SavedNetwork open(Path folder, int threads);

	/**
	 * Writes a network as a SavedModel, tag {@code serve}, signature
	 * {@code serving_default}, with the names of {@link StarConvexNetwork}; its
	 * weights are variables.
	 *
	 * @param network its shape
	 * @param weights kernels [y, x, in, out] and biases [out] by
	 *          {@link StarConvexNetwork.Layer#kernel()} and
	 *          {@link StarConvexNetwork.Layer#bias()}, row by row
	 * @param folder receives {@code saved_model.pb} and {@code variables/}
	 * @throws IllegalArgumentException if a weight is missing, superfluous or of
	 *           another size, with all of them in one line
	 * @throws IOException if the folder cannot be written
	 */
	void save(StarConvexNetwork network, Map<String, float[]> weights,
		Path folder) throws IOException;

	/**
	 * Begins to train a network.
	 *
	 * @param network its shape
	 * @param start weights to continue from, named as in
	 *          {@link StarConvexNetwork#weightShapes()}; null: from nothing
	 * @param seed start of the random numbers of a network from nothing
	 * @param threads processor threads at most
	 * @return the trainer, to be closed
	 * @throws IllegalArgumentException if the weights are not of this network
	 */
	StarConvexTrainer trainer(StarConvexNetwork network,
		Map<String, float[]> start, long seed, int threads);

	/**
	 * Reads the weights back from what
	 * {@link #save(StarConvexNetwork, Map, Path)} wrote.
	 *
	 * @throws IllegalArgumentException if it is no SavedModel or of another
	 *           network, with the reason in one line
	 */
	Map<String, float[]> weights(StarConvexNetwork network, Path folder);

	/**
	 * Makes a network that calls cells, with random weights.
	 *
	 * @param form its shape
	 * @param seed start of the random numbers
	 * @return the network, to be closed
	 */
	PhenotypeNetwork phenotypeNetwork(PhenotypeNetwork.Form form, long seed);

	/**
	 * Makes a network that calls cells by the crops of their nuclei, with random
	 * weights.
	 *
	 * @param form its shape
	 * @param seed start of the random numbers
	 * @return the network, to be closed
	 */
	PhenotypeNetwork cropNetwork(PhenotypeNetwork.CropForm form, long seed);

	/** As {@link #phenotypeWeights}, of a network of crops. */
	Map<String, float[]> cropWeights(Path folder);

	/**
	 * Reads the weights back from what {@link PhenotypeNetwork#save} wrote.
	 *
	 * @throws IllegalArgumentException if it is no SavedModel of such a network,
	 *           with the reason in one line
	 */
	Map<String, float[]> phenotypeWeights(Path folder);
}
