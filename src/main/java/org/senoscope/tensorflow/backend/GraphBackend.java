
package org.senoscope.tensorflow.backend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.senoscope.tensorflow.PhenotypeNetwork;
import org.senoscope.tensorflow.SavedNetwork;
import org.senoscope.tensorflow.StarConvexNetwork;
import org.senoscope.tensorflow.StarConvexTrainer;
import org.senoscope.tensorflow.TensorFlowBackend;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** TensorFlow by graphs and sessions. Made by reflection only. */
public final class GraphBackend implements TensorFlowBackend {

	@Override
	public String version() {
		return TensorFlow.version();
	}

	@Override
	public float[] multiply(final float[] left, final float[] right,
		final int rows, final int shared, final int columns)
	{
		return run(left, Shape.of(rows, shared), right, Shape.of(shared, columns), (
			tf, a, b) -> tf.linalg.matMul(a, b), rows * columns);
	}

	@Override
	public float[] convolve(final float[] image, final int height,
		final int width, final float[] kernel, final int size)
	{
		// TensorFlow's orders: batch, y, x, channel; and y, x, channel in, channel
		// out.
		return run(image, Shape.of(1, height, width, 1), kernel, Shape.of(size,
			size, 1, 1), (tf, a, b) -> tf.nn.conv2d(a, b, List.of(1L, 1L, 1L, 1L),
				"SAME"), height * width);
	}

	@Override
	public SavedNetwork open(final Path folder, final int threads) {
		return new BundleNetwork(folder, threads);
	}

	@Override
	public void save(final StarConvexNetwork network,
		final Map<String, float[]> weights, final Path folder) throws IOException
	{
		StarConvexSaver.save(network, weights, folder);
	}

	@Override
	public Map<String, float[]> weights(final StarConvexNetwork network,
		final Path folder)
	{
		return StarConvexSaver.weights(network, folder);
	}

	@Override
	public StarConvexTrainer trainer(final StarConvexNetwork network,
		final Map<String, float[]> start, final long seed, final int threads)
	{
		return new GraphTrainer(network, start, seed, threads);
	}

	@Override
	public PhenotypeNetwork phenotypeNetwork(final PhenotypeNetwork.Form form,
		final long seed)
	{
		return new PhenotypeGraph(form, seed);
	}

	@Override
	public PhenotypeNetwork cropNetwork(final PhenotypeNetwork.CropForm form,
		final long seed)
	{
		return new CropGraph(form, seed);
	}

	@Override
	public Map<String, float[]> cropWeights(final Path folder) {
		return CropGraph.weights(folder);
	}

	@Override
	public Map<String, float[]> phenotypeWeights(final Path folder) {
		return PhenotypeGraph.weights(folder);
	}

	private interface Operation {

		Operand<TFloat32> apply(Ops tf, Operand<TFloat32> first,
			Operand<TFloat32> second);
	}

	private static float[] run(final float[] first, final Shape firstShape,
		final float[] second, final Shape secondShape, final Operation operation,
		final int resultSize)
	{
		try (Graph graph = new Graph(); Session session = new Session(graph)) {
			final Ops tf = Ops.create(graph);
			final Placeholder<TFloat32> a = tf.placeholder(TFloat32.class);
			final Placeholder<TFloat32> b = tf.placeholder(TFloat32.class);
			final Operand<TFloat32> result = operation.apply(tf, a, b);
			try (TFloat32 firstTensor = TFloat32.tensorOf(firstShape, DataBuffers.of(
				first));
					TFloat32 secondTensor = TFloat32.tensorOf(secondShape, DataBuffers.of(
						second));
					Result out = session.runner().feed(a, firstTensor).feed(b,
						secondTensor).fetch(result).run())
			{
				final FloatDataBuffer values = DataBuffers.ofFloats(resultSize);
				((TFloat32) out.get(0)).copyTo(values);
				final float[] copy = new float[resultSize];
				values.read(copy);
				return copy;
			}
		}
	}
}
