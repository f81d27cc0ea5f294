
package org.senoscope.core.phenotype;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.senoscope.core.phenotype.TrainingReport.ClassScores;
import org.senoscope.core.phenotype.TrainingReport.MethodScores;
import org.senoscope.core.phenotype.TrainingReport.ReliabilityBin;

/** How well probabilities agree with the truth. */
public final class Scores {

	private static final int BINS = 10;

	private Scores() {}

	/**
	 * Scores probabilities.
	 *
	 * @param method name of the method
	 * @param classes names of the classes
	 * @param p {@code cells x classes}
	 * @param truth {@code cells x classes}, 1 or 0
	 * @param exclusive whether a cell has exactly one class
	 * @param called whether each cell is called; null: all are
	 */
	public static MethodScores of(final String method, final List<String> classes,
		final float[] p, final float[] truth, final boolean exclusive,
		final boolean[] called)
	{
		final int k = classes.size();
		final int n = truth.length / k;
		final List<ClassScores> each = new ArrayList<>();
		double accuracyAtCoverage = 0;
		for (int c = 0; c < k; c++) {
			final float[] pc = column(p, c, k);
			final float[] tc = column(truth, c, k);
			each.add(ofClass(classes.get(c), pc, tc));
			accuracyAtCoverage += balancedAccuracy(counts(pc, tc, called)) / k;
		}
		int calls = n;
		if (called != null) {
			calls = 0;
			for (final boolean b : called)
				if (b) calls++;
		}
		final List<List<Integer>> confusion = new ArrayList<>();
		if (exclusive) for (int row = 0; row < k; row++) {
			final Integer[] counts = new Integer[k];
			Arrays.fill(counts, 0);
			for (int i = 0; i < n; i++)
				if (truth[i * k + row] > 0.5) counts[likeliest(p, i, k)]++;
			confusion.add(List.of(counts));
		}
		return new MethodScores(method, each.stream().mapToDouble(s -> (s
			.sensitivity() + s.specificity()) / 2).average().orElse(Double.NaN), each
				.stream().mapToDouble(ClassScores::f1).average().orElse(Double.NaN),
			each.stream().mapToDouble(ClassScores::rocAuc).average().orElse(
				Double.NaN), each.stream().mapToDouble(ClassScores::calibrationError)
					.average().orElse(Double.NaN), each.stream().mapToDouble(
						ClassScores::brier).average().orElse(Double.NaN), (double) calls /
							n, accuracyAtCoverage, each, confusion);
	}

	private static int likeliest(final float[] p, final int cell, final int k) {
		int best = 0;
		for (int c = 1; c < k; c++)
			if (p[cell * k + c] > p[cell * k + best]) best = c;
		return best;
	}

	private static float[] column(final float[] x, final int c, final int k) {
		final float[] out = new float[x.length / k];
		for (int i = 0; i < out.length; i++)
			out[i] = x[i * k + c];
		return out;
	}

	/** True and false positives, true and false negatives at p > 0.5. */
	private static int[] counts(final float[] p, final float[] truth,
		final boolean[] called)
	{
		final int[] n = new int[4];
		for (int i = 0; i < p.length; i++)
			if (called == null || called[i]) n[p[i] > 0.5f ? truth[i] > 0.5f ? 0 : 1
				: truth[i] > 0.5f ? 3 : 2]++;
		return n;
	}

	private static double balancedAccuracy(final int[] n) {
		return (ratio(n[0], n[0] + n[3]) + ratio(n[2], n[2] + n[1])) / 2;
	}

	private static double ratio(final double a, final double b) {
		return b == 0 ? Double.NaN : a / b;
	}

	private static ClassScores ofClass(final String name, final float[] p,
		final float[] truth)
	{
		final int[] n = counts(p, truth, null);
		final double[] sumP = new double[BINS];
		final double[] sumTruth = new double[BINS];
		final int[] inBin = new int[BINS];
		double brier = 0;
		for (int i = 0; i < p.length; i++) {
			final int bin = Math.min(BINS - 1, (int) (p[i] * BINS));
			inBin[bin]++;
			sumP[bin] += p[i];
			sumTruth[bin] += truth[i];
			brier += (p[i] - truth[i]) * (p[i] - truth[i]) / p.length;
		}
		final List<ReliabilityBin> reliability = new ArrayList<>();
		double error = 0;
		for (int b = 0; b < BINS; b++) {
			if (inBin[b] == 0) continue;
			reliability.add(new ReliabilityBin(inBin[b], sumP[b] / inBin[b],
				sumTruth[b] / inBin[b]));
			error += Math.abs(sumP[b] - sumTruth[b]) / p.length;
		}
		return new ClassScores(name, ratio(n[0], n[0] + n[3]), ratio(n[2], n[2] +
			n[1]), ratio(2.0 * n[0], 2.0 * n[0] + n[1] + n[3]), rocAuc(p, truth),
			error, brier, reliability);
	}

	/**
	 * Returns the area under the ROC curve: the chance that a cell of the class
	 * scores above one that is not, ties counting half. NaN if one side is empty.
	 */
	public static double rocAuc(final float[] score, final float[] truth) {
		final Integer[] order = new Integer[score.length];
		Arrays.setAll(order, i -> i);
		Arrays.sort(order, (a, b) -> Float.compare(score[a], score[b]));
		double rankSum = 0;
		double positives = 0;
		for (int i = 0; i < order.length;) {
			int end = i;
			while (end < order.length && score[order[end]] == score[order[i]])
				end++;
			for (int j = i; j < end; j++)
				if (truth[order[j]] > 0.5f) {
					positives++;
					rankSum += (i + end + 1) / 2.0;
				}
			i = end;
		}
		final double negatives = order.length - positives;
		return ratio(rankSum - positives * (positives + 1) / 2, positives *
			negatives);
	}
}
