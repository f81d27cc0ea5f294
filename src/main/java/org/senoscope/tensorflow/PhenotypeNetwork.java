
package org.senoscope.tensorflow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import org.senoscope.core.phenotype.Calibration;

/**
 * Several small networks with one shape that learn to call cells side by side
 * in one TensorFlow graph; their mean is the classifier. Each has two hidden
 * layers, the second with a short cut, and sees each feature as
 * {@code (asinh(x / cofactor) - mean) / deviation} beside whether it was
 * measured, and where there are few features also sines and cosines of it, of
 * learned frequencies (Gorishniy et al., NeurIPS 2022), by which a network
 * finds narrow ranges as a tree does; a value that is NaN was not measured. All
 * types are the JDK's own. Not safe for use from several threads.
 */
public interface PhenotypeNetwork extends AutoCloseable {

	/** Weights: frequencies of each feature, where there are any. */
	String FREQUENCY = "waves/frequency";

	/** Input of the SavedModel: {@code cells x features}, NaN: not measured. */
	String VALUES = "values";
	/** Output: {@code cells x classes} calibrated probabilities. */
	String PROBABILITIES = "probabilities";
	/** Output: {@code cells x reasons} indices of features, the first most. */
	String REASONS = "reasons";
	/**
	 * Output: {@code cells x reasons} log-odds of the likeliest class less those
	 * without the feature.
	 */
	String CONTRIBUTIONS = "contributions";

	/** What training has to know of the shape of a network. */
	interface Dimensions {

		/** Returns the number of values of a cell. */
		int features();

		/** Returns the number of classes. */
		int classes();

		/**
		 * Returns whether a cell has exactly one class: a softmax, else a sigmoid
		 * each.
		 */
		boolean exclusive();

		/** Returns the number of networks. */
		int members();
	}

	/**
	 * The shape of networks that see the crop of a nucleus, whose values are its
	 * pixels: four layers of 3 x 3 and 5 x 5 weights, each halving the picture,
	 * whose means and maxima over the picture are told apart by a hidden layer.
	 *
	 * @param side width and height of a crop in pixels
	 * @param classes number of classes
	 * @param exclusive as in {@link Dimensions}
	 * @param members number of networks
	 */
	record CropForm(int side, int classes, boolean exclusive, int members)
			implements
				Dimensions {

		@Override
		public int features() {
			return side * side;
		}
	}

	/**
	 * The shape.
	 *
	 * @param cofactor scale of each feature below which it is linear
	 * @param mean of each feature on the asinh scale
	 * @param deviation of each feature on the asinh scale
	 * @param classes number of classes
	 * @param exclusive whether a cell has exactly one class: a softmax, else a
	 *          sigmoid each
	 * @param members number of networks
	 * @param hidden units of a hidden layer
	 * @param waves frequencies of each feature
	 */
	record Form(float[] cofactor, float[] mean, float[] deviation, int classes,
			boolean exclusive, int members, int hidden, int waves)
			implements
				Dimensions {

		@Override
		public int features() {
			return cofactor.length;
		}
	}

	/**
	 * Learns from one batch a network (Adam; Kingma and Ba, ICLR 2015).
	 *
	 * @param values {@code members x cells x features}
	 * @param truth {@code members x cells x classes}, 1 or 0
	 * @param weights {@code members x cells}
	 * @param rate learning rate
	 */
	void step(float[] values, float[] truth, float[] weights, double rate);

	/**
	 * Returns {@code members x cells x classes} log-odds, not calibrated.
	 *
	 * @param values {@code cells x features}
	 */
	float[] logits(float[] values);

	/** Returns a copy of all weights; the first dimension is the member. */
	Map<String, float[]> weights();

	/** Takes weights over. */
	void restore(Map<String, float[]> weights);

	/**
	 * Writes the mean of the networks as a SavedModel.
	 *
	 * @param folder folder to write
	 * @param calibration what turns log-odds into probabilities
	 * @throws IOException if it cannot be written
	 */
	void save(Path folder, Calibration calibration) throws IOException;

	@Override
	void close();
}
