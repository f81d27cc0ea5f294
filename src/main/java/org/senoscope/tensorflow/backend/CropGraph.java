
package org.senoscope.tensorflow.backend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.senoscope.core.phenotype.Calibration;
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
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** A {@link PhenotypeNetwork} of crops: small towers of convolutions. */
final class CropGraph implements PhenotypeNetwork {

	/**
	 * Kernel side, channels in and out of the layers; each halves the picture.
	 */
	private static final int[][] LAYERS = { { 5, 2, 8 }, { 3, 8, 16 }, { 3, 16,
		32 }, { 3, 32, 32 } };

	/** Mean and maximum of the last layer, and mean of mask and level. */
	private static final int POOLED = 2 * 32 + 2;
	private static final int HIDDEN = 32;

	/** Share of a crop that a nucleus covers, about; centres the mask. */
	private static final float COVERED = 0.3f;

	/** Crops asked at once: the maps of thousands would fill the memory. */
	private static final int MOST_CROPS = 512;

	private final CropForm form;
	private final Graph graph = new Graph();
	private final Session session;
	private final Ops tf;
	private final Map<String, Variable<TFloat32>> variables =
		new LinkedHashMap<>();
	private final AdamSteps adam;
	private Placeholder<TFloat32> values;
	private Placeholder<TFloat32> truth;
	private Placeholder<TFloat32> weights;
	private Placeholder<TFloat32> cells;
	private Operand<TFloat32> logits;

	/**
	 * @param form its shape
	 * @param seed start of the random numbers
	 */
	CropGraph(final CropForm form, final long seed) {
		this(form);
		values = placeholder(form.members(), -1, form.features());
		truth = placeholder(form.members(), -1, form.classes());
		weights = placeholder(form.members(), -1, 1);
		cells = placeholder(-1, form.features());
		final List<Operand<TFloat32>> each = new ArrayList<>(), all =
			new ArrayList<>();
		for (int member = 0; member < form.members(); member++) {
			each.add(tower(member, of(values, member, -1, form.features())));
			all.add(tower(member, cells));
		}
		logits = tf.stack(all);
		adam.minimise(CellGraphs.loss(tf, form, tf.stack(each), truth, weights),
			variables);
		restore(random(new Random(seed)));
	}

	private CropGraph(final CropForm form) {
		this.form = form;
		session = new Session(graph, CellGraphs.oneThread());
		tf = Ops.create(graph);
		adam = new AdamSteps(tf);
		for (int layer = 0; layer < LAYERS.length; layer++) {
			final int[] l = LAYERS[layer];
			variable("conv" + (layer + 1) + "/kernel", l[0], l[0], l[1], l[2]);
			variable("conv" + (layer + 1) + "/bias", l[2]);
		}
		variable("hidden/kernel", POOLED, HIDDEN);
		variable("hidden/bias", HIDDEN);
		variable("output/kernel", HIDDEN, form.classes());
		variable("output/bias", form.classes());
	}

	private Placeholder<TFloat32> placeholder(final long... shape) {
		return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
	}

	private void variable(final String name, final long... each) {
		final Shape shape = Shape.of(form.members()).append(Shape.of(each));
		variables.put(name, StarConvexSaver.variable(tf, name, shape));
	}

	/** The part of a tensor that belongs to a member, in the shape given. */
	private Operand<TFloat32> of(final Operand<TFloat32> all, final int member,
		final long... shape)
	{
		final int[] begin = new int[shape.length + 1], size = new int[shape.length +
			1];
		begin[0] = member;
		Arrays.fill(size, -1);
		size[0] = 1;
		return tf.reshape(tf.slice(all, tf.constant(begin), tf.constant(size)), tf
			.constant(shape));
	}

	private Operand<TFloat32> weight(final String name, final int member) {
		final Variable<TFloat32> all = variables.get(name);
		return of(tf.identity(all), member, all.asOutput().shape().tail()
			.asArray());
	}

	private Operand<TFloat32> tower(final int member,
		final Operand<TFloat32> crops)
	{
		final Operand<TFloat32> x = tf.reshape(crops, tf.constant(new int[] { -1,
			form.side(), form.side(), 1 }));
		final Operand<TFloat32> mask = tf.dtypes.cast(tf.math.greater(x, tf
			.constant(0f)), TFloat32.class);
		// even nuclei of the median level are near zero
		final Operand<TFloat32> seen = tf.concat(List.of(tf.math.sub(x, mask),
			tf.math.sub(mask, tf.constant(COVERED))), tf.constant(3));
		Operand<TFloat32> y = seen;
		for (int layer = 1; layer <= LAYERS.length; layer++)
			y = tf.nn.relu(tf.nn.biasAdd(tf.nn.conv2d(y, weight("conv" + layer +
				"/kernel", member), List.of(1L, 2L, 2L, 1L), "SAME"), weight("conv" +
					layer + "/bias", member)));
		final int side = form.side() >> LAYERS.length;
		final Operand<TFloat32> most = tf.reshape(tf.nn.maxPool(y, tf.constant(
			new int[] { 1, side, side, 1 }), tf.constant(new int[] { 1, 1, 1, 1 }),
			"VALID"), tf.constant(new int[] { -1, LAYERS[LAYERS.length - 1][2] }));
		final Operand<TFloat32> pooled = tf.concat(List.of(mean(y), most, mean(
			seen)), tf.constant(1));
		final Operand<TFloat32> hidden = tf.nn.relu(dense("hidden", member,
			pooled));
		return dense("output", member, hidden);
	}

	private Operand<TFloat32> mean(final Operand<TFloat32> maps) {
		return tf.math.mean(maps, tf.constant(new int[] { 1, 2 }));
	}

	private Operand<TFloat32> dense(final String layer, final int member,
		final Operand<TFloat32> in)
	{
		return tf.nn.biasAdd(tf.linalg.matMul(in, weight(layer + "/kernel",
			member)), weight(layer + "/bias", member));
	}

	/** He et al., ICCV 2015. */
	private Map<String, float[]> random(final Random random) {
		final Map<String, float[]> start = new LinkedHashMap<>();
		variables.forEach((name, variable) -> {
			final Shape each = variable.asOutput().shape().tail();
			final float[] w = new float[(int) variable.asOutput().shape().size()];
			final double inputs = (double) each.size() / each.get(-1);
			// an output near zero begins at the prior
			final double deviation = name.endsWith("bias") ? 0 : (name.startsWith(
				"output") ? 0.1 : Math.sqrt(2)) / Math.sqrt(inputs);
			for (int j = 0; j < w.length; j++)
				w[j] = (float) (deviation * random.nextGaussian());
			start.put(name, w);
		});
		return start;
	}

	@Override
	public void step(final float[] batch, final float[] classes,
		final float[] cellWeights, final double rate)
	{
		final int m = form.members(), n = cellWeights.length / m;
		try (TFloat32 x = CellGraphs.tensor(batch, m, n, form.features());
				TFloat32 y = CellGraphs.tensor(classes, m, n, form.classes());
				TFloat32 w = CellGraphs.tensor(cellWeights, m, n, 1))
		{
			adam.run(session.runner().feed(values, x).feed(truth, y).feed(weights, w),
				rate);
		}
	}

	@Override
	public float[] logits(final float[] crops) {
		final int n = crops.length / form.features();
		final int m = form.members(), k = form.classes();
		final float[] out = new float[m * n * k];
		for (int from = 0; from < n; from += MOST_CROPS) {
			final int to = Math.min(n, from + MOST_CROPS);
			final float[] part = new float[m * (to - from) * k];
			try (TFloat32 x = CellGraphs.tensor(Arrays.copyOfRange(crops, from * form
				.features(), to * form.features()), to - from, form.features());
					Result result = session.runner().feed(cells, x).fetch(logits).run())
			{
				((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(part);
			}
			for (int member = 0; member < m; member++)
				System.arraycopy(part, member * (to - from) * k, out, (member * n +
					from) * k, (to - from) * k);
		}
		return out;
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
		// a graph of its own: neither moments nor training belong into a model
		try (CropGraph copy = new CropGraph(form)) {
			StarConvexSaver.assign(copy.tf, copy.session, copy.variables, weights());
			copy.export(folder, calibration);
		}
	}

	private void export(final Path folder, final Calibration calibration)
		throws IOException
	{
		final Placeholder<TFloat32> input = tf.withName(VALUES).placeholder(
			TFloat32.class, Placeholder.shape(Shape.of(-1, form.features())));
		final List<Operand<TFloat32>> all = new ArrayList<>();
		for (int member = 0; member < form.members(); member++)
			all.add(tower(member, input));
		final Operand<TFloat32> calibrated = tf.math.add(tf.math.mul(tf.math.mean(tf
			.stack(all), tf.constant(0)), tf.constant(calibration.slope())), tf
				.constant(calibration.intercept()));
		final Operand<TFloat32> p = form.exclusive() ? tf.nn.softmax(calibrated)
			: tf.math.sigmoid(calibrated);
		final Signature signature = Signature.builder().input(VALUES, input).output(
			PROBABILITIES, p).build();
		SavedModelBundle.exporter(folder.toString()).withTags("serve").withFunction(
			SessionFunction.create(signature, session)).export();
	}

	/** Reads the weights back from a SavedModel that {@link #save} wrote. */
	static Map<String, float[]> weights(final Path folder) {
		final List<String> names = new ArrayList<>();
		for (int layer = 1; layer <= LAYERS.length; layer++)
			names.add("conv" + layer);
		names.addAll(List.of("hidden", "output"));
		return StarConvexSaver.variables(folder, names.stream().flatMap(n -> Stream
			.of(n + "/kernel", n + "/bias")).toList());
	}

	@Override
	public void close() {
		session.close();
		graph.close();
	}
}
