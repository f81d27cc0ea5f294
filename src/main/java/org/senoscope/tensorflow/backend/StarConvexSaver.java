
package org.senoscope.tensorflow.backend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.tensorflow.StarConvexNetwork;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Assign;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/** Writes a {@link StarConvexNetwork} as a SavedModel. */
final class StarConvexSaver {

	private StarConvexSaver() {}

	static void save(final StarConvexNetwork network,
		final Map<String, float[]> weights, final Path folder) throws IOException
	{
		network.check(weights);
		try (Graph graph = new Graph(); Session session = new Session(graph)) {
			final Ops tf = Ops.create(graph);
			final Map<String, Variable<TFloat32>> variables = new HashMap<>();
			network.weightShapes().forEach((name, shape) -> variables.put(name,
				variable(tf, name, Shape.of(shape))));
			assign(tf, session, variables, weights);
			final Placeholder<TFloat32> input = tf.withName(StarConvexNetwork.INPUT)
				.placeholder(TFloat32.class, Placeholder.shape(Shape.of(
					Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE, Shape.UNKNOWN_SIZE, network
						.channels())));
			final UNetGraph.Outputs outputs = UNetGraph.build(tf, network, input, (
				layer, x) -> tf.nn.biasAdd(UNetGraph.convolve(tf, x, variables.get(layer
					.kernel())), variables.get(layer.bias())));
			final Signature signature = Signature.builder().input(
				StarConvexNetwork.INPUT, input).output(StarConvexNetwork.PROBABILITY,
					tf.math.sigmoid(outputs.logits())).output(StarConvexNetwork.DISTANCES,
						outputs.distances()).build();
			SavedModelBundle.exporter(folder.toString()).withTags("serve")
				.withFunction(SessionFunction.create(signature, session)).export();
		}
	}

	static Map<String, float[]> weights(final StarConvexNetwork network,
		final Path folder)
	{
		final List<String> names = List.copyOf(network.weightShapes().keySet());
		final Map<String, float[]> weights = variables(folder, names);
		network.check(weights);
		return weights;
	}

	/**
	 * Reads variables back from a SavedModel.
	 *
	 * @throws IllegalArgumentException if it is none or lacks one, with the
	 *           reason in one line
	 */
	static Map<String, float[]> variables(final Path folder,
		final List<String> names)
	{
		try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString(),
			"serve"))
		{
			return fetch(bundle.session(), names.stream().filter(n -> bundle.graph()
				.operation(n) != null).toList());
		}
		catch (final TensorFlowException e) {
			throw new IllegalArgumentException(BundleNetwork.firstLine(e), e);
		}
	}

	/** Returns the values of variables. */
	static Map<String, float[]> fetch(final Session session,
		final List<String> names)
	{
		final Session.Runner runner = session.runner();
		names.forEach(runner::fetch);
		final Map<String, float[]> values = new LinkedHashMap<>();
		try (Result result = runner.run()) {
			for (int i = 0; i < names.size(); i++) {
				final TFloat32 tensor = (TFloat32) result.get(i);
				final float[] copy = new float[Math.toIntExact(tensor.shape().size())];
				tensor.asRawTensor().data().asFloats().read(copy);
				values.put(names.get(i), copy);
			}
		}
		return values;
	}

	/**
	 * A variable whose name in the graph is that of the weight: a sub-scope would
	 * get another name at its second use.
	 */
	static Variable<TFloat32> variable(final Ops tf, final String name,
		final Shape shape)
	{
		return new Variable<>(tf.scope().env().opBuilder(Variable.OP_NAME, name, tf
			.scope()).setAttr("shape", shape).setAttr("dtype", DataType.DT_FLOAT)
			.build());
	}

	/** Gives variables their values, without leaving these in the graph. */
	static void assign(final Ops tf, final Session session,
		final Map<String, Variable<TFloat32>> variables,
		final Map<String, float[]> values)
	{
		final Session.Runner runner = session.runner();
		final List<TFloat32> tensors = new ArrayList<>();
		try {
			variables.forEach((name, variable) -> {
				final Placeholder<TFloat32> value = tf.placeholder(TFloat32.class);
				final Assign<TFloat32> assign = tf.assign(variable, value);
				tensors.add(TFloat32.tensorOf(variable.asOutput().shape(), DataBuffers
					.of(values.get(name))));
				runner.feed(value, tensors.get(tensors.size() - 1)).addTarget(assign);
			});
			runner.run().close();
		}
		finally {
			tensors.forEach(TFloat32::close);
		}
	}
}
