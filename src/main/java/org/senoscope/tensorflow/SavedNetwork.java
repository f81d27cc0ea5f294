
package org.senoscope.tensorflow;

import java.util.List;

/**
 * A network read from a TensorFlow SavedModel, by its signature
 * {@code serving_default}. All types are the JDK's own. Safe to use from
 * several threads at once; neither those nor the threads inside a call change
 * what it gives.
 */
public interface SavedNetwork extends AutoCloseable {

	/**
	 * An input or output of the signature.
	 *
	 * @param name its key in the signature
	 * @param shape its dimensions, -1 where any size will do; null if the model
	 *          does not say
	 */
	record Slot(String name, long[] shape) {
	}

	/**
	 * A tensor of 32-bit floats.
	 *
	 * @param values row by row, the last dimension fastest; at least as many as
	 *          the shape asks for
	 * @param shape its dimensions
	 */
	record Values(float[] values, long[] shape) {
	}

	/** Returns the inputs, by name in alphabetical order. */
	List<Slot> inputs();

	/** Returns the outputs, by name in alphabetical order. */
	List<Slot> outputs();

	/**
	 * Runs the network.
	 *
	 * @param inputs one for each of {@link #inputs()}, in that order
	 * @return one for each of {@link #outputs()}, in that order
	 * @throws IllegalArgumentException if TensorFlow refuses the inputs, with its
	 *           first line
	 */
	List<Values> run(List<Values> inputs);

	/** Releases the native memory. */
	@Override
	void close();
}
