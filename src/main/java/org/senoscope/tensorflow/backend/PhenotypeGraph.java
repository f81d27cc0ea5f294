
package org.senoscope.tensorflow.backend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.senoscope.core.phenotype.Calibration;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.tensorflow.PhenotypeNetwork;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A {@link PhenotypeNetwork} as a graph with batched matrix products. */
final class PhenotypeGraph implements PhenotypeNetwork {

	/**
	 * Farther from the mean, values say no more: a network extrapolates badly.
	 */
	private static final float FARTHEST = 6f;

	/** Readings and whether they were measured, both with a leading member. */
	private record Inputs(Operand<TFloat32> readings,
			Operand<TFloat32> measured) {
	}

	private static final String WAVES = "waves/kernel";
	/** Start of the frequencies, in periods a standard deviation. */
	private static final double FREQUENCY_DEVIATION = 0.15;

	private final Form form;
	private final Graph graph = new Graph();
	private final Session session;
	private final Ops tf;
	private final Map<String, Variable<TFloat32>> variables =
		new LinkedHashMap<>();
	private final Placeholder<TFloat32> values;
	private final Placeholder<TFloat32> truth;
	private final Placeholder<TFloat32> weights;
	private final Operand<TFloat32> logits;
	private final AdamSteps adam;

	/**
	 * @param form its shape
	 * @param seed start of the random numbers
	 */
	PhenotypeGraph(final Form form, final long seed) {
		this.form = form;
		session = new Session(graph, CellGraphs.oneThread());
		tf = Ops.create(graph);
		final int h = form.hidden();
		variable("layer1/kernel", 2 * form.features(), h);
		variable("layer1/bias", 1, h);
		variable("layer2/kernel", h, h);
		variable("layer2/bias", 1, h);
		variable("output/kernel", h, form.classes());
		variable("output/bias", 1, form.classes());
		if (form.waves() > 0) {
			variable(FREQUENCY, form.features(), form.waves());
			variable(WAVES, 2 * form.features() * form.waves(), h);
		}
		values = placeholder(-1, -1, form.features());
		truth = placeholder(-1, -1, form.classes());
		weights = placeholder(-1, -1, 1);
		logits = logits(inputs(values));
		adam = new AdamSteps(tf);
		adam.minimise(CellGraphs.loss(tf, form, logits, truth, weights), variables);
		restore(random(new Random(seed)));
	}

	private Placeholder<TFloat32> placeholder(final long... shape) {
		return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
	}

	private void variable(final String name, final int rows, final int columns) {
		final Shape shape = Shape.of(form.members(), rows, columns);
		variables.put(name, StarConvexSaver.variable(tf, name, shape));
	}

	private Inputs inputs(final Operand<TFloat32> raw) {
		final Operand<TFloat32> zero = tf.zerosLike(raw);
		final Operand<TFloat32> measured = tf.select(tf.math.isNan(raw), zero, tf
			.onesLike(raw));
		final Operand<TFloat32> known = tf.select(tf.math.isNan(raw), zero, raw);
		final Operand<TFloat32> scaled = tf.math.div(tf.math.sub(tf.math.asinh(
			tf.math.div(known, tf.constant(form.cofactor()))), tf.constant(form
				.mean())), tf.constant(form.deviation()));
		final Operand<TFloat32> near = tf.math.minimum(tf.math.maximum(scaled, tf
			.constant(-FARTHEST)), tf.constant(FARTHEST));
		return new Inputs(tf.math.mul(near, measured), measured);
	}

	private Operand<TFloat32> logits(final Inputs in) {
		Operand<TFloat32> sum = dense("layer1", tf.concat(List.of(in.readings(), in
			.measured()), tf.constant(2)));
		if (form.waves() > 0) sum = tf.math.add(sum, waves(in));
		final Operand<TFloat32> first = swish(sum);
		return dense("output", tf.math.add(first, swish(dense("layer2", first))));
	}

	/** What the periodic functions of the readings add to the first layer. */
	private Operand<TFloat32> waves(final Inputs in) {
		final Operand<TFloat32> turns = tf.math.mul(tf.math.mul(tf.expandDims(in
			.readings(), tf.constant(3)), tf.expandDims(tf.identity(variables.get(
				FREQUENCY)), tf.constant(1))), tf.constant((float) (2 * Math.PI)));
		final Operand<TFloat32> measured = tf.expandDims(in.measured(), tf.constant(
			3));
		final Operand<TInt32> flat = tf.constant(new int[] { form.members(), -1,
			form.features() * form.waves() });
		return tf.train.batchMatMul(tf.concat(List.of(tf.reshape(tf.math.mul(tf.math
			.sin(turns), measured), flat), tf.reshape(tf.math.mul(tf.math.cos(turns),
				measured), flat)), tf.constant(2)), tf.identity(variables.get(WAVES)),
			TFloat32.class);
	}

	private Operand<TFloat32> dense(final String layer,
		final Operand<TFloat32> in)
	{
		// The gradient of the product does not take a variable itself.
		return tf.math.add(tf.train.batchMatMul(in, tf.identity(variables.get(
			layer + "/kernel")), TFloat32.class), variables.get(layer + "/bias"));
	}

	private Operand<TFloat32> swish(final Operand<TFloat32> x) {
		return tf.math.mul(x, tf.math.sigmoid(x));
	}

	private Map<String, float[]> random(final Random random) {
		final Map<String, float[]> start = new LinkedHashMap<>();
		variables.forEach((name, variable) -> {
			final Shape shape = variable.asOutput().shape();
			final float[] w = new float[(int) shape.size()];
			// An output near zero begins at the prior.
			final double deviation = name.endsWith("bias") ? 0 : name.equals(
				FREQUENCY) ? FREQUENCY_DEVIATION : (name.startsWith("output") ? 0.1
					: 1) / Math.sqrt(shape.get(1));
			for (int j = 0; j < w.length; j++)
				w[j] = (float) (deviation * random.nextGaussian());
			start.put(name, w);
		});
		return start;
	}

	@Override
	public void step(final float[] batch, final float[] classes,
		final float[] cellWeights, final double learningRate)
	{
		final int m = form.members(), n = cellWeights.length / m;
		try (TFloat32 x = CellGraphs.tensor(batch, m, n, form.features());
				TFloat32 y = CellGraphs.tensor(classes, m, n, form.classes());
				TFloat32 w = CellGraphs.tensor(cellWeights, m, n, 1))
		{
			adam.run(session.runner().feed(values, x).feed(truth, y).feed(weights, w),
				learningRate);
		}
	}

	@Override
	public float[] logits(final float[] cells) {
		final int n = cells.length / form.features();
		try (TFloat32 x = CellGraphs.tensor(cells, 1, n, form.features());
				Result result = session.runner().feed(values, x).fetch(logits).run())
		{
			final float[] out = new float[form.members() * n * form.classes()];
			((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(out);
			return out;
		}
	}

	@Override
	public Map<String, float[]> weights() {
		return StarConvexSaver.fetch(session, List.copyOf(variables.keySet()));
	}

	@Override
	public void restore(final Map<String, float[]> start) {
		adam.restore(session, variables, start);
	}

	@Override
	public void save(final Path folder, final Calibration calibration)
		throws IOException
	{
		// A graph of its own: neither moments nor training belong into a model.
		try (PhenotypeGraph copy = new PhenotypeGraph(form, weights())) {
			copy.export(folder, calibration);
		}
	}

	/** For inference only. */
	private PhenotypeGraph(final Form form, final Map<String, float[]> start) {
		this.form = form;
		session = new Session(graph, CellGraphs.oneThread());
		tf = Ops.create(graph);
		start.forEach((name, w) -> {
			final int columns = name.startsWith("output") ? form.classes() : name
				.equals(FREQUENCY) ? form.waves() : form.hidden();
			variables.put(name, StarConvexSaver.variable(tf, name, Shape.of(form
				.members(), w.length / form.members() / columns, columns)));
		});
		StarConvexSaver.assign(tf, session, variables, start);
		values = null;
		truth = null;
		weights = null;
		logits = null;
		adam = null;
	}

	private void export(final Path folder, final Calibration calibration)
		throws IOException
	{
		final Placeholder<TFloat32> input = tf.withName(VALUES).placeholder(
			TFloat32.class, Placeholder.shape(Shape.of(-1, form.features())));
		final Inputs in = inputs(tf.expandDims(input, tf.constant(0)));
		final Operand<TFloat32> calibrated = calibrated(in, calibration);
		final Operand<TFloat32> p = form.exclusive() ? tf.nn.softmax(calibrated)
			: tf.math.sigmoid(calibrated);
		final Operand<TFloat32> likeliest = oneHot(tf.math.argMax(calibrated, tf
			.constant(1), TInt32.class), form.classes());
		final Operand<TFloat32> odds = logOdds(calibrated, likeliest);
		// What each feature is worth to first order chooses those that are then
		// left out in earnest.
		final Gradients g = tf.gradients(odds, List.of(in.readings(), in
			.measured()));
		final Operand<TFloat32> influence = tf.squeeze(tf.math.abs(tf.math.add(
			tf.math.mul(g.<TFloat32> dy(0), in.readings()), tf.math.mul(g
				.<TFloat32> dy(1), in.measured()))));
		final Operand<TFloat32> flat = tf.reshape(influence, tf.constant(new int[] {
			-1, form.features() }));
		final int reasons = Math.min(PhenotypeCalls.REASONS, form.features());
		final TopK<TFloat32, TInt32> top = tf.nn.topK(flat, tf.constant(reasons),
			TInt32.class);
		final List<Operand<TFloat32>> changes = new ArrayList<>();
		for (int r = 0; r < reasons; r++) {
			final Operand<TInt32> feature = tf.squeeze(tf.slice(top.indices(), tf
				.constant(new int[] { 0, r }), tf.constant(new int[] { -1, 1 })),
				org.tensorflow.op.core.Squeeze.axis(List.of(1L)));
			final Operand<TFloat32> kept = tf.expandDims(tf.math.sub(tf.constant(1f),
				oneHot(feature, form.features())), tf.constant(0));
			final Inputs without = new Inputs(tf.math.mul(in.readings(), kept),
				tf.math.mul(in.measured(), kept));
			changes.add(tf.math.sub(odds, logOdds(calibrated(without, calibration),
				likeliest)));
		}
		final Signature signature = Signature.builder().input(VALUES, input).output(
			PROBABILITIES, p).output(REASONS, tf.dtypes.cast(top.indices(),
				TFloat32.class)).output(CONTRIBUTIONS, tf.stack(changes,
					org.tensorflow.op.core.Stack.axis(1L))).build();
		SavedModelBundle.exporter(folder.toString()).withTags("serve").withFunction(
			SessionFunction.create(signature, session)).export();
	}

	private Operand<TFloat32> calibrated(final Inputs in, final Calibration c) {
		Operand<TFloat32> slope = tf.constant(c.slope()), intercept = tf.constant(c
			.intercept());
		if (c.slopeMeasured() != null) {
			slope = tf.math.mul(slope, tf.math.exp(ofPanel(in, c.slopeMeasured())));
			intercept = tf.math.add(intercept, ofPanel(in, c.interceptMeasured()));
		}
		return tf.math.add(tf.math.mul(tf.math.mean(logits(in), tf.constant(0)),
			slope), intercept);
	}

	/** {@code cells x classes}: the sum over the features that were measured. */
	private Operand<TFloat32> ofPanel(final Inputs in, final float[] weights) {
		return tf.linalg.matMul(tf.reshape(in.measured(), tf.constant(new int[] {
			-1, form.features() })), tf.reshape(tf.constant(weights), tf.constant(
				new int[] { form.features(), form.classes() })));
	}

	private Operand<TFloat32> oneHot(final Operand<TInt32> index,
		final int depth)
	{
		return tf.oneHot(index, tf.constant(depth), tf.constant(1f), tf.constant(
			0f));
	}

	/** Log-odds of one class a cell against all others. */
	private Operand<TFloat32> logOdds(final Operand<TFloat32> calibrated,
		final Operand<TFloat32> chosen)
	{
		final Operand<TInt32> classes = tf.constant(1);
		final Operand<TFloat32> own = tf.sum(tf.math.mul(calibrated, chosen),
			classes);
		if (!form.exclusive() || form.classes() == 1) return own;
		// A large negative number takes the class itself out of the others.
		final Operand<TFloat32> others = tf.math.sub(calibrated, tf.math.mul(chosen,
			tf.constant(1e4f)));
		final Operand<TFloat32> most = tf.max(others, classes,
			org.tensorflow.op.core.Max.keepDims(true));
		return tf.math.sub(tf.math.sub(own, tf.math.log(tf.sum(tf.math.exp(tf.math
			.sub(others, most)), classes))), tf.squeeze(most,
				org.tensorflow.op.core.Squeeze.axis(List.of(1L))));
	}

	/** Reads the weights back from a SavedModel that {@link #save} wrote. */
	static Map<String, float[]> weights(final Path folder) {
		return StarConvexSaver.variables(folder, List.of("layer1/kernel",
			"layer1/bias", "layer2/kernel", "layer2/bias", "output/kernel",
			"output/bias", FREQUENCY, WAVES));
	}

	@Override
	public void close() {
		session.close();
		graph.close();
	}
}
