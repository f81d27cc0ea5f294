
package org.senoscope.tensorflow.backend;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.senoscope.tensorflow.StarConvexNetwork;
import org.senoscope.tensorflow.StarConvexNetwork.Layer;
import org.senoscope.tensorflow.StarConvexTrainer;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** Trains in a graph whose variables hold weights, moments and averages. */
final class GraphTrainer implements StarConvexTrainer {

	private static final float BETA_1 = 0.9f;
	private static final float BETA_2 = 0.999f;
	private static final float ADAM_EPSILON = 1e-7f;

	private static final float VARIANCE_EPSILON = 1e-3f;

	/** Share of a batch in the running mean and variance of a layer. */
	private static final float BATCH_SHARE = 0.02f;

	/** How much of the averaged weights stays at each step. */
	private static final double AVERAGE_MEMORY = 0.999;

	/** Most pixels are background; most rays are about so long. */
	private static final float FIRST_LOGIT = -2;
	private static final float FIRST_DISTANCE = 8;

	private static final String SCALE = "/scale";
	private static final String SHIFT = "/shift";
	private static final String MEAN = "/mean";
	private static final String VARIANCE = "/variance";
	private static final String FIRST_MOMENT = "m/";
	private static final String SECOND_MOMENT = "v/";
	private static final String AVERAGE = "average/";
	private static final String STEP = "step";

	private final StarConvexNetwork network;
	private final boolean normalise;
	private final Graph graph = new Graph();
	private final Session session;
	private final Ops tf;

	/** Everything that changes, by its name in {@link #state()}. */
	private final Map<String, Variable<TFloat32>> variables =
		new LinkedHashMap<>();
	private final Map<String, Shape> trained = new LinkedHashMap<>();
	private final List<String> averaged = new ArrayList<>();
	private final List<Op> statistics = new ArrayList<>();
	private final Placeholder<TFloat32> images;
	private final Placeholder<TFloat32> probability;
	private final Placeholder<TFloat32> distances;
	private final Placeholder<TFloat32> learningRate;
	private final Placeholder<TFloat32> averageShare;
	private final Operand<TFloat32> probabilityLoss;
	private final Operand<TFloat32> distanceLoss;
	private final Op train;
	private final Op average;
	private int step;

	/**
	 * @param network its shape
	 * @param start weights to continue from; null: from nothing
	 * @param seed start of the random numbers of a network from nothing
	 * @param threads threads of TensorFlow on a processor
	 */
	GraphTrainer(final StarConvexNetwork network,
		final Map<String, float[]> start, final long seed, final int threads)
	{
		if (start != null) network.check(start);
		this.network = network;
		normalise = start == null;
		session = new Session(graph, ConfigProto.newBuilder()
			.setIntraOpParallelismThreads(threads).setInterOpParallelismThreads(1)
			.setAllowSoftPlacement(true).build());
		tf = Ops.create(graph);
		images = placeholder(-1, -1, -1, network.channels());
		probability = placeholder(-1, -1, -1, 1);
		distances = placeholder(-1, -1, -1, network.rays());
		learningRate = placeholder();
		averageShare = placeholder();
		final UNetGraph.Outputs out = UNetGraph.build(tf, network, images,
			this::layer);

		final Operand<TFloat32> zero = tf.constant(0f);
		// Below zero stands for unknown.
		final Operand<TFloat32> known = tf.dtypes.cast(tf.math.greaterEqual(
			probability, zero), TFloat32.class);
		final Operand<TFloat32> truth = tf.math.maximum(probability, zero);
		// Cross entropy of a sigmoid: log(1 + e^x) - truth x.
		final Operand<TFloat32> entropy = tf.math.sub(tf.math.softplus(out
			.logits()), tf.math.mul(truth, out.logits()));
		probabilityLoss = ratio(tf.math.mul(entropy, known), known);
		final Operand<TFloat32> error = tf.math.abs(tf.math.sub(out.distances(),
			distances));
		distanceLoss = ratio(tf.math.mul(tf.math.mul(error, truth), tf.constant(1f /
			network.rays())), truth);
		final Operand<TFloat32> loss = tf.math.add(probabilityLoss, tf.math.mul(
			distanceLoss, tf.constant((float) DISTANCE_WEIGHT)));
		train = trainOp(loss);
		average = averageOp();
		restore(start == null ? random(new Random(seed)) : startState(start));
	}

	private Placeholder<TFloat32> placeholder(final long... shape) {
		return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
	}

	private Operand<TFloat32> ratio(final Operand<TFloat32> values,
		final Operand<TFloat32> weights)
	{
		// A batch may hold no object.
		return tf.math.div(sum(values), tf.math.add(sum(weights), tf.constant(
			1e-6f)));
	}

	private Operand<TFloat32> sum(final Operand<TFloat32> x) {
		return tf.sum(x, tf.constant(new int[] { 0, 1, 2, 3 }));
	}

	private Operand<TFloat32> layer(final Layer layer,
		final Operand<TFloat32> input)
	{
		final Shape channels = Shape.of(layer.out());
		final Operand<TFloat32> sums = UNetGraph.convolve(tf, input, weight(layer
			.kernel(), Shape.of(layer.kernelShape())));
		if (!isNormalised(layer)) return tf.nn.biasAdd(sums, weight(layer.bias(),
			channels));
		final Operand<TFloat32> empty = tf.constant(new float[0]);
		final FusedBatchNorm<TFloat32, TFloat32> norm = tf.nn.fusedBatchNorm(sums,
			weight(layer.name() + SCALE, channels), weight(layer.name() + SHIFT,
				channels), empty, empty, FusedBatchNorm.epsilon(VARIANCE_EPSILON),
			FusedBatchNorm.isTraining(true));
		follow(layer.name() + MEAN, channels, norm.batchMean());
		follow(layer.name() + VARIANCE, channels, norm.batchVariance());
		return norm.y();
	}

	private boolean isNormalised(final Layer layer) {
		return normalise && layer.size() > 1;
	}

	private Variable<TFloat32> weight(final String name, final Shape shape) {
		trained.put(name, shape);
		averaged.add(name);
		return variable(name, shape);
	}

	private Variable<TFloat32> variable(final String name, final Shape shape) {
		return variables.computeIfAbsent(name, n -> StarConvexSaver.variable(tf, n,
			shape));
	}

	private void follow(final String name, final Shape shape,
		final Operand<TFloat32> value)
	{
		averaged.add(name);
		statistics.add(towards(tf, variable(name, shape), value, tf.constant(
			BATCH_SHARE)));
	}

	private static Op towards(final Ops tf, final Variable<TFloat32> variable,
		final Operand<TFloat32> value, final Operand<TFloat32> share)
	{
		return tf.assignAdd(variable, tf.math.mul(tf.math.sub(value, variable),
			share));
	}

	private Op trainOp(final Operand<TFloat32> loss) {
		final List<Operand<TFloat32>> weights = new ArrayList<>();
		trained.keySet().forEach(name -> weights.add(variables.get(name)));
		final Gradients gradients = tf.gradients(loss, weights);
		final List<Op> all = new ArrayList<>();
		gradients.forEach(all::add);
		// No weight may change while another gradient still reads it.
		final Ops after = tf.withControlDependencies(all);
		final List<Op> updates = new ArrayList<>(statistics);
		final Operand<TFloat32> none = tf.constant(0f);
		int i = 0;
		for (final Map.Entry<String, Shape> e : trained.entrySet()) {
			// The correction of the first steps is in the learning rate.
			updates.add(after.train.applyAdam(variables.get(e.getKey()), variable(
				FIRST_MOMENT + e.getKey(), e.getValue()), variable(SECOND_MOMENT + e
					.getKey(), e.getValue()), none, none, learningRate, tf.constant(
						BETA_1), tf.constant(BETA_2), tf.constant(ADAM_EPSILON), gradients
							.dy(i++)));
		}
		return tf.withControlDependencies(updates).noOp();
	}

	private Op averageOp() {
		final List<Op> updates = new ArrayList<>();
		for (final String name : averaged) {
			final Variable<TFloat32> value = variables.get(name);
			updates.add(towards(tf, variable(AVERAGE + name, value.asOutput()
				.shape()), value, averageShare));
		}
		return tf.withControlDependencies(updates).noOp();
	}

	/** He et al., ICCV 2015. */
	private Map<String, float[]> random(final Random random) {
		final Map<String, float[]> state = new LinkedHashMap<>();
		for (final Layer layer : network.layers()) {
			final int inputs = layer.size() * layer.size() * layer.in();
			final double deviation = Math.sqrt((layer.size() > 1 ? 2.0 : 1.0) /
				inputs);
			final float[] kernel = new float[inputs * layer.out()];
			for (int i = 0; i < kernel.length; i++)
				kernel[i] = (float) (deviation * random.nextGaussian());
			state.put(layer.kernel(), kernel);
			if (isNormalised(layer)) {
				state.put(layer.name() + SCALE, filled(layer.out(), 1));
				state.put(layer.name() + SHIFT, filled(layer.out(), 0));
				state.put(layer.name() + MEAN, filled(layer.out(), 0));
				state.put(layer.name() + VARIANCE, filled(layer.out(), 1));
			}
			else state.put(layer.bias(), filled(layer.out(), layer.name().equals(
				StarConvexNetwork.PROBABILITY) ? FIRST_LOGIT : FIRST_DISTANCE));
		}
		return startState(state);
	}

	private static float[] filled(final int length, final float value) {
		final float[] values = new float[length];
		Arrays.fill(values, value);
		return values;
	}

	/** Adds moments of zero and averages that are the weights themselves. */
	private Map<String, float[]> startState(final Map<String, float[]> start) {
		final Map<String, float[]> state = new LinkedHashMap<>(start);
		start.forEach((name, values) -> {
			state.put(AVERAGE + name, values);
			if (trained.containsKey(name)) {
				state.put(FIRST_MOMENT + name, new float[values.length]);
				state.put(SECOND_MOMENT + name, new float[values.length]);
			}
		});
		state.put(STEP, new float[] { 0 });
		return state;
	}

	@Override
	public Loss step(final Batch batch, final double rate) {
		step++;
		final double corrected = rate * Math.sqrt(1 - Math.pow(BETA_2, step)) / (1 -
			Math.pow(BETA_1, step));
		final int n = batch.count();
		final int h = batch.height() / StarConvexNetwork.GRID;
		final int w = batch.width() / StarConvexNetwork.GRID;
		final double memory = Math.min(AVERAGE_MEMORY, (1.0 + step) / (10 + step));
		try (TFloat32 x = tensor(batch.images(), n, batch.height(), batch.width(),
			network.channels());
				TFloat32 p = tensor(batch.probability(), n, h, w, 1);
				TFloat32 d = tensor(batch.distances(), n, h, w, network.rays());
				TFloat32 r = tensor(new float[] { (float) corrected });
				TFloat32 a = tensor(new float[] { (float) (1 - memory) });
				Result losses = session.runner().feed(images, x).feed(probability, p)
					.feed(distances, d).feed(learningRate, r).fetch(probabilityLoss)
					.fetch(distanceLoss).addTarget(train).run();
				Result none = session.runner().feed(averageShare, a).addTarget(average)
					.run())
		{
			return new Loss(((TFloat32) losses.get(0)).getFloat(), ((TFloat32) losses
				.get(1)).getFloat());
		}
	}

	private static TFloat32 tensor(final float[] values, final long... shape) {
		final Shape s = Shape.of(shape);
		return TFloat32.tensorOf(s, DataBuffers.of(values, true, false).slice(0, s
			.size()));
	}

	@Override
	public Map<String, float[]> weights() {
		final Map<String, float[]> values = StarConvexSaver.fetch(session, averaged
			.stream().map(name -> AVERAGE + name).toList());
		final Map<String, float[]> weights = new LinkedHashMap<>();
		for (final Layer layer : network.layers()) {
			final float[] kernel = values.get(AVERAGE + layer.kernel());
			weights.put(layer.kernel(), kernel);
			if (!isNormalised(layer)) {
				weights.put(layer.bias(), values.get(AVERAGE + layer.bias()));
				continue;
			}
			final String at = AVERAGE + layer.name();
			final float[] scale = values.get(at + SCALE);
			final float[] bias = values.get(at + SHIFT);
			final float[] mean = values.get(at + MEAN);
			final float[] variance = values.get(at + VARIANCE);
			for (int o = 0; o < layer.out(); o++) {
				final double factor = scale[o] / Math.sqrt(variance[o] +
					VARIANCE_EPSILON);
				for (int i = o; i < kernel.length; i += layer.out())
					kernel[i] *= factor;
				bias[o] -= mean[o] * factor;
			}
			weights.put(layer.bias(), bias);
		}
		return weights;
	}

	@Override
	public Map<String, float[]> state() {
		final Map<String, float[]> state = StarConvexSaver.fetch(session, List
			.copyOf(variables.keySet()));
		state.put(STEP, new float[] { step });
		return state;
	}

	@Override
	public void restore(final Map<String, float[]> state) {
		variables.forEach((name, variable) -> {
			final float[] values = state.get(name);
			if (values == null || values.length != variable.asOutput().shape().size())
				throw new IllegalArgumentException(
					"the state is not of a network with " + network + ": " + name +
						" does not fit");
		});
		StarConvexSaver.assign(tf, session, variables, state);
		step = (int) state.get(STEP)[0];
	}

	@Override
	public void close() {
		session.close();
		graph.close();
	}
}
