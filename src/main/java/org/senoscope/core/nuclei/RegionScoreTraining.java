
package org.senoscope.core.nuclei;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Fits the networks of {@link RegionScore} to pictures with true nuclei. A part
 * of making the program, not of running it.
 * <p>
 * Examples are regions as the segmenter itself meets them, in both passes, with
 * the features of {@link RegionTree} and, as target, (IoU - 0.4) / 0.5 clipped
 * to 0..1 of the region with the true nucleus it fits best. Size and brightness
 * of the typical nucleus are taken from the truth and then disturbed (factors
 * {@code exp(0.2 n)} and {@code exp(0.15 n)}, n standard normal), because a
 * slide's estimates of them err too. The second pass starts from what the first
 * leaves by the fluorescence weights in force.
 * <p>
 * The fit: mean squared error, Adam (Kingma and Ba, ICLR 2015) with batches of
 * {@value #BATCH} examples and a rate that falls from {@value #RATE} to 0 as a
 * cosine, {@value #EPOCHS} epochs. One thread and fixed seeds: the same
 * pictures give the same numbers.
 */
public final class RegionScoreTraining {

	/** Networks to fit: first pass, second pass, without size and brightness. */
	public static final int NETWORKS = 3;

	private static final int F = RegionTree.FEATURES;
	private static final int BATCH = 256;
	private static final int EPOCHS = 12;
	private static final double RATE = 0.005;

	/** Few examples are gone through more often. */
	private static final int LEAST_BATCHES = 500;

	/** Disturbed estimates of size and brightness that a picture is seen with. */
	private static final int VIEWS = 3;
	private static final double SIZE_SPREAD = 0.2;
	private static final double LEVEL_SPREAD = 0.15;

	/** Share of the regions that become examples: neighbours are much alike. */
	private static final double KEPT = 0.5;

	/** Most examples of one picture and pass. */
	private static final int MOST_EXAMPLES = 12000;

	/** The target: 0 up to the first, 1 from their sum on. */
	private static final double LEAST_IOU = 0.4;
	private static final double IOU_RANGE = 0.5;

	// As RegionScoreWeights.evaluate has them.
	private static final double LIMIT = 3;
	private static final int RELATIVE_AREA = 0;
	private static final int RELATIVE_LEVEL = 6;

	/** Features are cut to this before their spread is taken. */
	private static final double OUTLIER = 10;

	private static final double FIRST_MOMENT = 0.9;
	private static final double SECOND_MOMENT = 0.999;

	// An example: the features, then the target.
	private final List<List<float[]>> examples = List.of(new ArrayList<>(),
		new ArrayList<>());

	/**
	 * Adds the regions of one picture.
	 *
	 * @param plane nuclear signal, level 0
	 * @param truth labels of the same pixels, 0 = background
	 * @param settings how the plane is segmented
	 * @param seed of all chance in this picture
	 */
	public void add(final SignalPlane plane, final int[] truth,
		final ClassicalSettings settings, final long seed)
	{
		final double diameter = medianDiameter(truth);
		if (Double.isNaN(diameter)) return;
		final Random random = new Random(seed);
		final List<List<float[]>> found = List.of(new ArrayList<>(),
			new ArrayList<>());
		for (int view = 0; view < VIEWS; view++)
			view(plane, truth, ClassicalModel.forDiameter(List.of(plane), diameter *
				Math.exp(SIZE_SPREAD * random.nextGaussian()), 0.5, settings), random,
				found);
		for (int pass = 0; pass < found.size(); pass++) {
			final List<float[]> rows = found.get(pass);
			Collections.shuffle(rows, random);
			examples.get(pass).addAll(rows.subList(0, Math.min(rows.size(),
				MOST_EXAMPLES)));
		}
	}

	/** @return examples of a pass, 0 or 1 */
	public int examples(final int pass) {
		return examples.get(pass).size();
	}

	private static double medianDiameter(final int[] truth) {
		final int[] areas = areas(truth);
		final int[] present = Arrays.stream(areas, 1, areas.length).filter(
			a -> a > 0).sorted().toArray();
		return present.length == 0 ? Double.NaN : Math.sqrt(present[present.length /
			2] * 4 / Math.PI);
	}

	private static int[] areas(final int[] labels) {
		final int[] areas = new int[Arrays.stream(labels).max().orElse(0) + 1];
		for (final int label : labels)
			areas[label]++;
		return areas;
	}

	private static void view(final SignalPlane plane, final int[] truth,
		final ClassicalModel model, final Random random,
		final List<List<float[]>> found)
	{
		if (!model.hasNuclei()) return;
		final int f = model.workingDownsample();
		final SignalPlane working = plane.areaAveraged(f);
		final int w = working.width();
		final int h = working.height();
		final int pw = w + 2;
		final int[] target = new int[pw * (h + 2)];
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++)
				target[(y + 1) * pw + x + 1] = truth[Math.min(plane.height() - 1, y *
					f + f / 2) * plane.width() + Math.min(plane.width() - 1, x * f + f /
						2)];
		final ClassicalNuclei nuclei = new ClassicalNuclei(model);
		final ClassicalNuclei.Scratch scratch = new ClassicalNuclei.Scratch();
		nuclei.levels(working.values(), w, h, scratch);
		final short[] levels = nuclei.levelPlane(scratch);
		double sum = 0;
		int n = 0;
		for (int i = 0; i < target.length; i++)
			if (target[i] > 0) {
				sum += levels[i];
				n++;
			}
		if (n == 0) return;
		final RegionScore s = model.score();
		final RegionScore disturbed = new RegionScore(s.typicalArea(), sum / n *
			Math.exp(LEVEL_SPREAD * random.nextGaussian()), 0, s.minArea(), s
				.maxArea(), s.maxExtent(), 0, RegionScore.cut(false), s.splitting());
		final Overlap overlap = new Overlap(pw, levels, target);
		final int[] pass = new int[1];
		nuclei.passStart = (number, taken, basins) -> {
			pass[0] = number;
			overlap.taken = taken;
			overlap.basins = basins;
		};
		scratch.tree.probe = (seed, level, features) -> {
			if (random.nextDouble() >= KEPT) return;
			final float[] row = new float[F + 1];
			for (int j = 0; j < F; j++)
				row[j] = (float) features[j];
			row[F] = (float) Math.max(0, Math.min(1, (overlap.best(seed, level) -
				LEAST_IOU) / IOU_RANGE));
			found.get(pass[0]).add(row);
		};
		nuclei.passes(w, h, scratch, disturbed);
	}

	/** IoU of regions with the true nuclei of a padded plane. */
	private static final class Overlap {

		private final int pw;
		private final short[] levels;
		private final int[] truth;
		private final int[] areas;
		private final int[] common;
		private final int[] seen;
		private final int[] region;
		private int stamp;
		private int[] taken;
		private int[] basins;

		Overlap(final int pw, final short[] levels, final int[] truth) {
			this.pw = pw;
			this.levels = levels;
			this.truth = truth;
			areas = areas(truth);
			common = new int[areas.length];
			seen = new int[truth.length];
			region = new int[truth.length];
		}

		/** The best IoU of the region around a pixel at a level. */
		double best(final int seed, final int level) {
			final int[] steps = { -pw, -1, 1, pw };
			stamp++;
			int n = 0;
			region[n++] = seed;
			seen[seed] = stamp;
			for (int k = 0; k < n; k++) {
				final int p = region[k];
				common[truth[p]]++;
				for (final int step : steps) {
					final int q = p + step;
					if (seen[q] == stamp || levels[q] < level || taken != null &&
						taken[q] != 0 || basins != null && basins[q] != basins[p]) continue;
					seen[q] = stamp;
					region[n++] = q;
				}
			}
			double best = 0;
			for (int k = 0; k < n; k++) {
				final int label = truth[region[k]];
				if (label > 0 && common[label] > 0) best = Math.max(best,
					common[label] / (double) (n + areas[label] - common[label]));
				common[label] = 0;
			}
			return best;
		}
	}

	/**
	 * Fits one network.
	 *
	 * @param network 0 or 1: the pass; 2: the one without size and brightness,
	 *          from the examples of the first pass
	 * @return the numbers in the order of {@link RegionScoreWeights#NETWORKS}
	 */
	public double[] fit(final int network) {
		final boolean free = RegionScore.isScaleFree(network);
		final List<float[]> rows = examples.get(free ? 0 : network %
			RegionScore.BRIGHTFIELD);
		if (rows.size() < BATCH) throw new IllegalStateException(
			"Too few examples to fit to: " + rows.size());
		final double[] w = new double[RegionScoreWeights.NETWORKS[network].length];
		final Random random = new Random(7);
		standardise(rows, w);
		for (int i = 2 * F; i < w.length; i++)
			w[i] = random.nextGaussian() * 0.4;
		w[w.length - 1] = 0.2;
		descend(normalised(rows, w, free), w, random);
		return w;
	}

	/**
	 * Returns how well a network's numbers explain the examples it is fitted to.
	 *
	 * @return share of the variance of the target that is explained, at most 1
	 */
	public double explained(final int network, final double[] w) {
		final boolean free = RegionScore.isScaleFree(network);
		final float[] rows = normalised(examples.get(free ? 0 : network %
			RegionScore.BRIGHTFIELD), w, free);
		final int n = rows.length / (F + 1);
		final double[] hidden = new double[units(w)];
		double sum = 0;
		double squares = 0;
		double errors = 0;
		for (int at = 0; at < rows.length; at += F + 1) {
			final double target = rows[at + F];
			final double error = forward(rows, at, w, hidden) - target;
			sum += target;
			squares += target * target;
			errors += error * error;
		}
		return 1 - errors / (squares - sum * sum / n);
	}

	private static void standardise(final List<float[]> rows, final double[] w) {
		for (int j = 0; j < F; j++) {
			double sum = 0;
			double squares = 0;
			for (final float[] row : rows) {
				final double v = Math.max(-OUTLIER, Math.min(OUTLIER, row[j]));
				sum += v;
				squares += v * v;
			}
			final double mean = sum / rows.size();
			w[j] = mean;
			w[F + j] = 1 / Math.sqrt(Math.max(1e-6, squares / rows.size() - mean *
				mean));
		}
	}

	/** The examples one after another, features as the networks see them. */
	private static float[] normalised(final List<float[]> rows, final double[] w,
		final boolean free)
	{
		final float[] flat = new float[rows.size() * (F + 1)];
		int at = 0;
		for (final float[] row : rows) {
			for (int j = 0; j < F; j++)
				flat[at++] = free && (j == RELATIVE_AREA || j == RELATIVE_LEVEL) ? 0
					: (float) Math.max(-LIMIT, Math.min(LIMIT, (row[j] - w[j]) * w[F +
						j]));
			flat[at++] = row[F];
		}
		return flat;
	}

	private static void descend(final float[] rows, final double[] w,
		final Random random)
	{
		final int n = rows.length / (F + 1);
		final int[] order = new int[n];
		for (int i = 0; i < n; i++)
			order[i] = i;
		final int batches = n / BATCH;
		final int epochs = Math.max(EPOCHS, LEAST_BATCHES / batches);
		final double[] gradient = new double[w.length];
		final double[] first = new double[w.length];
		final double[] second = new double[w.length];
		final double[] hidden = new double[units(w)];
		int step = 0;
		double firstDecay = 1;
		double secondDecay = 1;
		for (int epoch = 0; epoch < epochs; epoch++) {
			shuffle(order, random);
			for (int batch = 0; batch < batches; batch++) {
				Arrays.fill(gradient, 0);
				for (int k = 0; k < BATCH; k++)
					addGradient(rows, order[batch * BATCH + k] * (F + 1), w, hidden,
						gradient);
				step++;
				firstDecay *= FIRST_MOMENT;
				secondDecay *= SECOND_MOMENT;
				final double rate = RATE * 0.5 * (1 + Math.cos(Math.PI * step /
					((double) epochs * batches)));
				for (int i = 2 * F; i < w.length; i++) {
					final double g = gradient[i] / BATCH;
					first[i] = FIRST_MOMENT * first[i] + (1 - FIRST_MOMENT) * g;
					second[i] = SECOND_MOMENT * second[i] + (1 - SECOND_MOMENT) * g * g;
					w[i] -= rate * (first[i] / (1 - firstDecay)) / (Math.sqrt(second[i] /
						(1 - secondDecay)) + 1e-8);
				}
			}
		}
	}

	private static int units(final double[] w) {
		return (w.length - 2 * F - 1) / (F + 2);
	}

	/** The estimate for one example; what the hidden units sum up to. */
	private static double forward(final float[] rows, final int at,
		final double[] w, final double[] hidden)
	{
		double y = w[w.length - 1];
		int i = 2 * F;
		for (int unit = 0; unit < hidden.length; unit++) {
			double sum = w[i + F];
			for (int j = 0; j < F; j++)
				sum += w[i + j] * rows[at + j];
			hidden[unit] = sum;
			if (sum > 0) y += sum * w[i + F + 1];
			i += F + 2;
		}
		return y;
	}

	/** Adds the gradient of half the squared error of one example. */
	private static void addGradient(final float[] rows, final int at,
		final double[] w, final double[] hidden, final double[] gradient)
	{
		final double error = forward(rows, at, w, hidden) - rows[at + F];
		gradient[w.length - 1] += error;
		int i = 2 * F;
		for (int unit = 0; unit < hidden.length; unit++) {
			if (hidden[unit] > 0) {
				gradient[i + F + 1] += error * hidden[unit];
				final double back = error * w[i + F + 1];
				gradient[i + F] += back;
				for (int j = 0; j < F; j++)
					gradient[i + j] += back * rows[at + j];
			}
			i += F + 2;
		}
	}

	private static void shuffle(final int[] order, final Random random) {
		for (int i = order.length - 1; i > 0; i--) {
			final int k = random.nextInt(i + 1);
			final int v = order[i];
			order[i] = order[k];
			order[k] = v;
		}
	}
}
