
package org.senoscope.tensorflow.backend;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.tensorflow.StarConvexNetwork;
import org.senoscope.tensorflow.StarConvexNetwork.Layer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Builds the graph of a {@link StarConvexNetwork}. */
final class UNetGraph {

	/** How a layer turns its input into its output, before the ReLU. */
	interface Convolution {

		Operand<TFloat32> apply(Layer layer, Operand<TFloat32> input);
	}

	/**
	 * The outputs.
	 *
	 * @param logits probability before the sigmoid
	 * @param distances in input pixels
	 */
	record Outputs(Operand<TFloat32> logits, Operand<TFloat32> distances) {
	}

	private final Ops tf;
	private final Convolution convolution;
	private final Map<String, Layer> layers = new HashMap<>();

	private UNetGraph(final Ops tf, final StarConvexNetwork network,
		final Convolution convolution)
	{
		this.tf = tf;
		this.convolution = convolution;
		for (final Layer layer : network.layers())
			layers.put(layer.name(), layer);
	}

	static Outputs build(final Ops tf, final StarConvexNetwork network,
		final Operand<TFloat32> input, final Convolution convolution)
	{
		return new UNetGraph(tf, network, convolution).outputs(input);
	}

	/** The bare convolution of a layer, size kept. */
	static Operand<TFloat32> convolve(final Ops tf, final Operand<TFloat32> input,
		final Operand<TFloat32> kernel)
	{
		return tf.nn.conv2d(input, kernel, List.of(1L, 1L, 1L, 1L), "SAME");
	}

	private Outputs outputs(final Operand<TFloat32> input) {
		final Operand<TFloat32> a = two("enc0a", "enc0b", pool(one("stem", input)));
		final Operand<TFloat32> b = two("enc1a", "enc1b", pool(a));
		final Operand<TFloat32> c = two("enc2a", "enc2b", pool(b));
		Operand<TFloat32> x = two("mid_a", "mid_b", pool(c));
		x = two("dec2a", "dec2b", join(x, c));
		x = two("dec1a", "dec1b", join(x, b));
		x = two("dec0a", "dec0b", join(x, a));
		final Operand<TFloat32> head = one("head", x);
		return new Outputs(convolution.apply(layers.get(
			StarConvexNetwork.PROBABILITY), head), convolution.apply(layers.get(
				StarConvexNetwork.DISTANCES), head));
	}

	private Operand<TFloat32> one(final String layer, final Operand<TFloat32> x) {
		return tf.nn.relu(convolution.apply(layers.get(layer), x));
	}

	private Operand<TFloat32> two(final String first, final String second,
		final Operand<TFloat32> x)
	{
		return one(second, one(first, x));
	}

	private Operand<TFloat32> pool(final Operand<TFloat32> x) {
		final Operand<TInt32> two = tf.constant(new int[] { 1, 2, 2, 1 });
		return tf.nn.maxPool(x, two, two, "SAME");
	}

	/** Doubles the first to the size of the second and puts both together. */
	private Operand<TFloat32> join(final Operand<TFloat32> small,
		final Operand<TFloat32> skip)
	{
		final Operand<TInt32> size = tf.slice(tf.shape(skip), tf.constant(
			new int[] { 1 }), tf.constant(new int[] { 2 }));
		return tf.concat(List.of(tf.image.resizeNearestNeighbor(small, size), skip),
			tf.constant(3));
	}
}
