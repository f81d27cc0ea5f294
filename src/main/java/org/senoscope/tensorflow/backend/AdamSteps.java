
package org.senoscope.tensorflow.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Adam (Kingma and Ba, ICLR 2015) over the variables of a graph, with the
 * correction of the first steps in the learning rate.
 */
final class AdamSteps {

	private static final float BETA_1 = 0.9f;
	private static final float BETA_2 = 0.999f;
	private static final float EPSILON = 1e-7f;

	private final Ops tf;
	private final Placeholder<TFloat32> rate;
	private final Map<String, Variable<TFloat32>> moments = new LinkedHashMap<>();
	private Op train;
	private int steps;

	AdamSteps(final Ops tf) {
		this.tf = tf;
		rate = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
	}

	/** Adds to the graph what lessens a loss; to be called once. */
	void minimise(final Operand<TFloat32> loss,
		final Map<String, Variable<TFloat32>> variables)
	{
		final Gradients gradients = tf.gradients(loss, List.copyOf(variables
			.values()));
		final List<Op> all = new ArrayList<>();
		gradients.forEach(all::add);
		// No weight may change while another gradient still reads it.
		final Ops after = tf.withControlDependencies(all);
		final List<Op> updates = new ArrayList<>();
		final Operand<TFloat32> none = tf.constant(0f);
		int i = 0;
		for (final Map.Entry<String, Variable<TFloat32>> e : variables.entrySet()) {
			final Shape shape = e.getValue().asOutput().shape();
			updates.add(after.train.applyAdam(e.getValue(), moment("m/" + e.getKey(),
				shape), moment("v/" + e.getKey(), shape), none, none, rate, tf.constant(
					BETA_1), tf.constant(BETA_2), tf.constant(EPSILON), gradients.dy(
						i++)));
		}
		train = tf.withControlDependencies(updates).noOp();
	}

	private Variable<TFloat32> moment(final String name, final Shape shape) {
		return moments.computeIfAbsent(name, n -> StarConvexSaver.variable(tf, n,
			shape));
	}

	/**
	 * Gives variables their values and forgets the moments.
	 *
	 * @throws IllegalArgumentException if a value is missing or of another size
	 */
	void restore(final Session session,
		final Map<String, Variable<TFloat32>> variables,
		final Map<String, float[]> values)
	{
		final Map<String, Variable<TFloat32>> all = new LinkedHashMap<>(variables);
		final Map<String, float[]> state = new LinkedHashMap<>();
		variables.forEach((name, variable) -> {
			final float[] w = values.get(name);
			if (w == null || w.length != size(variable))
				throw new IllegalArgumentException("its weights " + name +
					" are not of this shape");
			state.put(name, w);
		});
		moments.forEach((name, variable) -> state.put(name, new float[size(
			variable)]));
		all.putAll(moments);
		StarConvexSaver.assign(tf, session, all, state);
		steps = 0;
	}

	private static int size(final Variable<TFloat32> variable) {
		return (int) variable.asOutput().shape().size();
	}

	/** Takes one step; what the loss needs has been fed. */
	void run(final Session.Runner fed, final double learningRate) {
		steps++;
		final double corrected = learningRate * Math.sqrt(1 - Math.pow(BETA_2,
			steps)) / (1 - Math.pow(BETA_1, steps));
		try (TFloat32 r = TFloat32.scalarOf((float) corrected)) {
			fed.feed(rate, r).addTarget(train).run().close();
		}
	}
}
