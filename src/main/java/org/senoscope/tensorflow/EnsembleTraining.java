
package org.senoscope.tensorflow;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.senoscope.core.phenotype.GroupFolds;
import org.senoscope.core.phenotype.crop.NucleusCrop;
import org.senoscope.core.run.Cancellation;

/**
 * Trains the members of a {@link PhenotypeNetwork}, each on all groups but some
 * of its own, on which it stops when it gains no more. Together they learn from
 * all cells.
 */
final class EnsembleTraining {

	private static final double RATE = 3e-3;
	private static final int PATIENCE = 15;
	private static final double LEAST_GAIN = 1e-4;
	private static final int LARGEST_BATCH = 256;
	/** Steps of a pass over few cells, so that these suffice to learn from. */
	private static final int FEWEST_STEPS = 50;
	/** Steps of a pass over many, after which held-out cells are asked. */
	private static final int MOST_STEPS = 100;

	/**
	 * What is learned from.
	 *
	 * @param values {@code cells x features} anchored readings
	 * @param truth {@code cells x classes}
	 * @param groups of the cells, or null
	 * @param count number of cells
	 */
	record Cells(float[] values, float[] truth, String[] groups, int count) {

		Cells rows(final int[] rows) {
			final int f = values.length / count;
			final int k = truth.length / count;
			final float[] v = new float[rows.length * f];
			final float[] t = new float[rows.length * k];
			for (int a = 0; a < rows.length; a++) {
				System.arraycopy(values, rows[a] * f, v, a * f, f);
				System.arraycopy(truth, rows[a] * k, t, a * k, k);
			}
			return new Cells(v, t, groups == null ? null : Arrays.stream(rows)
				.mapToObj(r -> groups[r]).toArray(String[]::new), rows.length);
		}
	}

	/** Shows a cell to a network in another way each time. */
	interface Variation {

		/**
		 * Changes a cell.
		 *
		 * @param x holds its values
		 * @param at where they begin
		 */
		void change(float[] x, int at, SplittableRandom random);
	}

	/** Fewer cells are worth a second training, on all of them. */
	private static final int FEW_CELLS = 10_000;

	private EnsembleTraining() {}

	/**
	 * Trains.
	 *
	 * @param network with its start weights
	 * @param form its shape
	 * @param cells to learn from
	 * @param epochs passes at most
	 * @param variation what is changed of a cell each time it is shown
	 * @param seed start of the random numbers
	 * @param rateFactor 1 for a network from nothing
	 * @param again whether few cells are learned from twice, as below
	 */
	static void train(final PhenotypeNetwork network,
		final PhenotypeNetwork.Dimensions form, final Cells cells, final int epochs,
		final Variation variation, final long seed, final double rateFactor,
		final boolean again, final Cancellation cancellation)
	{
		final int k = form.classes(), m = form.members();
		final int parts = Math.max(2, m);
		final int[] part = GroupFolds.even(cells.groups, cells.truth, k, parts,
			seed);
		final int[][] own = new int[m][];
		for (int j = 0; j < m; j++) {
			final int held = j;
			own[j] = IntStream.range(0, cells.count).filter(i -> part[i] != held)
				.toArray();
		}
		final Map<String, float[]> start = copy(network.weights());
		final int[] passes = pass(network, form, cells, epochs, variation, seed,
			rateFactor, own, part, cancellation);
		if (!again || cells.count >= FEW_CELLS) return;
		// What a member was held back from is much of few cells: all learn once
		// more, from all cells, for as many passes as did them good.
		final int[] all = IntStream.range(0, cells.count).toArray();
		for (int j = 0; j < m; j++)
			own[j] = all.clone();
		network.restore(start);
		Arrays.sort(passes);
		pass(network, form, cells, Math.max(1, passes[m / 2]), variation, seed,
			rateFactor, own, null, cancellation);
	}

	/**
	 * Trains members on cells of their own.
	 *
	 * @param own rows that each member learns from
	 * @param part part of each cell; a member stops by the part of its number,
	 *          and is then as it was when it did best there. Null: none stops
	 *          before the end
	 * @return passes after which each member was best
	 */
	private static int[] pass(final PhenotypeNetwork network,
		final PhenotypeNetwork.Dimensions form, final Cells cells, final int epochs,
		final Variation variation, final long seed, final double rateFactor,
		final int[][] own, final int[] part, final Cancellation cancellation)
	{
		final int m = form.members(), f = form.features(), k = form.classes();
		final int fewest = Arrays.stream(own).mapToInt(o -> o.length).min().orElse(
			0);
		final int batch = Math.max(1, Math.min(LARGEST_BATCH, fewest /
			FEWEST_STEPS));
		final SplittableRandom random = new SplittableRandom(seed);
		Map<String, float[]> best = copy(network.weights());
		final double[] least = new double[m];
		final int[] since = new int[m], passes = new int[m];
		Arrays.fill(least, Double.POSITIVE_INFINITY);
		final float[] x = new float[m * batch * f];
		final float[] y = new float[m * batch * k];
		final float[] w = new float[m * batch];
		Arrays.fill(w, 1);
		for (int epoch = 0; epoch < epochs; epoch++) {
			for (final int[] o : own)
				shuffle(o, random);
			final double rate = RATE * rateFactor * (0.505 + 0.495 * Math.cos(
				Math.PI * epoch / epochs));
			final int end = Math.min(fewest, MOST_STEPS * batch);
			for (int at = 0; at + batch <= end; at += batch) {
				cancellation.check();
				for (int j = 0; j < m; j++)
					for (int b = 0; b < batch; b++) {
						final int cell = own[j][at + b];
						final int row = j * batch + b;
						System.arraycopy(cells.values, cell * f, x, row * f, f);
						System.arraycopy(cells.truth, cell * k, y, row * k, k);
						variation.change(x, row * f, random);
					}
				network.step(x, y, w, rate);
			}
			if (part == null) continue;
			final float[] logits = network.logits(cells.values);
			final Map<String, float[]> now = network.weights();
			boolean running = false;
			for (int j = 0; j < m; j++) {
				final double loss = loss(logits, j, cells.truth, part, j, k, form
					.exclusive());
				if (loss < least[j] - LEAST_GAIN) {
					least[j] = loss;
					since[j] = 0;
					passes[j] = epoch + 1;
					keep(now, best, j, m);
				}
				else since[j]++;
				running |= since[j] < PATIENCE;
			}
			if (!running) break;
		}
		if (part != null) network.restore(best);
		return passes;
	}

	/**
	 * Hides readings: half of the cells stay whole; of the others any share may
	 * go.
	 *
	 * @param dropout share of the readings that is hidden
	 */
	static Variation hiding(final int features, final double dropout) {
		return (x, at, random) -> hide(x, at, features, dropout, random);
	}

	/**
	 * Turns and mirrors crops of nuclei, and lets stain and exposure vary by a
	 * tenth.
	 */
	static Variation turning() {
		final float[] scratch = new float[NucleusCrop.SIZE];
		return (x, at, random) -> {
			NucleusCrop.turn(x, at, random.nextInt(8), scratch);
			final float gain = (float) Math.exp(0.2 * (random.nextDouble() - 0.5));
			for (int i = at; i < at + NucleusCrop.SIZE; i++)
				x[i] *= gain;
		};
	}

	private static void hide(final float[] x, final int at, final int features,
		final double dropout, final SplittableRandom random)
	{
		if (dropout == 0 || random.nextBoolean()) return;
		final double share = random.nextDouble() * Math.min(1, 4 * dropout);
		final int kept = random.nextInt(features);
		for (int j = 0; j < features; j++)
			if (j != kept && random.nextDouble() < share) x[at + j] = Float.NaN;
	}

	private static void shuffle(final int[] order,
		final SplittableRandom random)
	{
		for (int i = order.length - 1; i > 0; i--) {
			final int j = random.nextInt(i + 1);
			final int t = order[i];
			order[i] = order[j];
			order[j] = t;
		}
	}

	private static double loss(final float[] logits, final int member,
		final float[] truth, final int[] part, final int held, final int k,
		final boolean exclusive)
	{
		final int n = part.length;
		double sum = 0;
		int count = 0;
		for (int i = 0; i < n; i++) {
			if (part[i] != held) continue;
			count++;
			final int at = (member * n + i) * k;
			if (exclusive) {
				double most = Double.NEGATIVE_INFINITY, total = 0;
				for (int c = 0; c < k; c++)
					most = Math.max(most, logits[at + c]);
				for (int c = 0; c < k; c++)
					total += Math.exp(logits[at + c] - most);
				for (int c = 0; c < k; c++)
					sum -= truth[i * k + c] * (logits[at + c] - most - Math.log(total));
			}
			else for (int c = 0; c < k; c++) {
				final double l = logits[at + c];
				sum += Math.max(l, 0) + Math.log1p(Math.exp(-Math.abs(l))) - truth[i *
					k + c] * l;
			}
		}
		return sum / Math.max(1, count);
	}

	private static void keep(final Map<String, float[]> from,
		final Map<String, float[]> to, final int member, final int members)
	{
		from.forEach((name, w) -> {
			final int each = w.length / members;
			System.arraycopy(w, member * each, to.get(name), member * each, each);
		});
	}

	private static Map<String, float[]> copy(final Map<String, float[]> weights) {
		final Map<String, float[]> copy = new HashMap<>();
		weights.forEach((name, w) -> copy.put(name, w.clone()));
		return copy;
	}

	/** Returns the mean over members of the log-odds, {@code cells x classes}. */
	static float[] mean(final PhenotypeNetwork network,
		final PhenotypeNetwork.Dimensions form, final float[] values)
	{
		final float[] all = network.logits(values);
		final int each = all.length / form.members();
		final float[] mean = new float[each];
		for (int i = 0; i < all.length; i++)
			mean[i % each] += all[i] / form.members();
		return mean;
	}

}
