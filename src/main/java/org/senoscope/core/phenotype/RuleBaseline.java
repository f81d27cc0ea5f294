
package org.senoscope.core.phenotype;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The rule that a biologist would write: one or two markers against a gate each
 * ("SA-beta-gal above this and EdU below that"), one rule a class. Gates are
 * where sensitivity plus specificity is largest (Youden 1950), the pair is the
 * one with the best balanced accuracy, both on the training cells. A missing
 * marker fails its gate.
 */
final class RuleBaseline {

	private static final int GATES = 200;

	/** A gate and the side it asks for. */
	private record Test(int feature, float gate, boolean above) {

		boolean passes(final float[] z, final int cell, final int features) {
			final float x = z[cell * features + feature];
			return above ? x > gate : x < gate;
		}
	}

	private RuleBaseline() {}

	/** As {@link ForestBaseline#logits}. */
	static float[] logits(final float[] z, final float[] truth,
		final float[] weights, final float[] test, final int features,
		final int classes, final boolean exclusive)
	{
		final int[] train = IntStream.range(0, weights.length).filter(
			i -> weights[i] > 0).toArray();
		final int n = test.length / features;
		final float[] logits = new float[n * classes];
		for (int c = 0; c < classes; c++) {
			final int k = c;
			final Test[] tests = IntStream.range(0, features).mapToObj(j -> gate(z,
				truth, train, j, k, features, classes)).toArray(Test[]::new);
			Test[] best = { tests[0], tests[0] };
			double most = -1;
			for (int a = 0; a < features; a++)
				for (int b = a; b < features; b++) {
					final Test[] pair = { tests[a], tests[b] };
					final int[] counts = counts(z, truth, train, pair, k, features,
						classes);
					final double accuracy = (double) counts[0] / Math.max(1, counts[0] +
						counts[3]) + (double) counts[2] / Math.max(1, counts[2] +
							counts[1]);
					if (accuracy > most) {
						most = accuracy;
						best = pair;
					}
				}
			final int[] counts = counts(z, truth, train, best, k, features, classes);
			final double passed = (counts[0] + 1.0) / (counts[0] + counts[1] + 2);
			final double failed = (counts[3] + 1.0) / (counts[3] + counts[2] + 2);
			for (int i = 0; i < n; i++) {
				final double p = best[0].passes(test, i, features) && best[1].passes(
					test, i, features) ? passed : failed;
				logits[i * classes + c] = (float) (exclusive ? Math.log(p) : Math.log(
					p / (1 - p)));
			}
		}
		return logits;
	}

	private static Test gate(final float[] z, final float[] truth,
		final int[] train, final int feature, final int c, final int features,
		final int classes)
	{
		final int[] order = Arrays.stream(train).filter(i -> !Float.isNaN(z[i *
			features + feature])).boxed().sorted((a, b) -> Float.compare(z[a *
				features + feature], z[b * features + feature])).mapToInt(i -> i)
			.toArray();
		final double positives = Math.max(1, Arrays.stream(order).filter(
			i -> truth[i * classes + c] > 0.5f).count());
		final double negatives = Math.max(1, order.length - positives);
		Test best = new Test(feature, 0, true);
		double most = -1, below = 0;
		for (int a = 0; a < order.length; a++) {
			below += truth[order[a] * classes + c] > 0.5f ? -1 / positives : 1 /
				negatives;
			if (a % Math.max(1, order.length / GATES) == 0 && Math.abs(
				below) > most)
			{
				most = Math.abs(below);
				best = new Test(feature, z[order[a] * features + feature], below > 0);
			}
		}
		return best;
	}

	/** True and false positives, true and false negatives. */
	private static int[] counts(final float[] z, final float[] truth,
		final int[] cells, final Test[] pair, final int c, final int features,
		final int classes)
	{
		final int[] n = new int[4];
		for (final int i : cells) {
			final boolean is = truth[i * classes + c] > 0.5f;
			n[pair[0].passes(z, i, features) && pair[1].passes(z, i, features) ? is
				? 0 : 1 : is ? 3 : 2]++;
		}
		return n;
	}
}
