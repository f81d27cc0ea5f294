
package org.senoscope.tensorflow.backend;

import org.senoscope.tensorflow.PhenotypeNetwork;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** What all graphs of a {@link PhenotypeNetwork} have in common. */
final class CellGraphs {

	private CellGraphs() {}

	/** One thread a session: folds and slides run side by side. */
	static ConfigProto oneThread() {
		return ConfigProto.newBuilder().setIntraOpParallelismThreads(1)
			.setInterOpParallelismThreads(1).build();
	}

	/** A tensor over the first values of an array, which is not copied first. */
	static TFloat32 tensor(final float[] from, final long... shape) {
		return TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(from, true, false)
			.slice(0, Shape.of(shape).size()));
	}

	/**
	 * Mean cross entropy of the cells, summed over the members, which do not
	 * touch each other: of a softmax -truth log p, of a sigmoid log(1 + e^x) -
	 * truth x.
	 *
	 * @param logits {@code members x cells x classes}
	 * @param truth likewise
	 * @param weights {@code members x cells x 1}
	 */
	static Operand<TFloat32> loss(final Ops tf,
		final PhenotypeNetwork.Dimensions form, final Operand<TFloat32> logits,
		final Operand<TFloat32> truth, final Operand<TFloat32> weights)
	{
		final Operand<TFloat32> each = form.exclusive() ? tf.math.neg(tf.math.mul(
			truth, logSoftmax(tf, form.classes(), logits))) : tf.math.sub(tf.math
				.softplus(logits), tf.math.mul(truth, logits));
		final Operand<TFloat32> cells = tf.math.div(tf.sum(tf.math.mul(each,
			weights), tf.constant(new int[] { 1, 2 })), tf.sum(weights, tf.constant(
				new int[] { 1, 2 })));
		return tf.sum(cells, tf.constant(0));
	}

	/** The gradient of TensorFlow's is right for matrices only. */
	private static Operand<TFloat32> logSoftmax(final Ops tf, final int classes,
		final Operand<TFloat32> logits)
	{
		return tf.reshape(tf.nn.logSoftmax(tf.reshape(logits, tf.constant(
			new int[] { -1, classes }))), tf.shape(logits));
	}
}
