
package org.senoscope.core.phenotype;

import java.util.List;
import java.util.Locale;

/**
 * What a model says of cells, row by row in the order it was given them. A cell
 * counts as a class at a probability above one half; one that is out of
 * distribution or abstained keeps its probabilities, but is not to be called.
 *
 * @param classes names of the classes
 * @param features names of the model's features
 * @param probabilities {@code cells x classes}; NaN where not one feature of
 *          the model was measured
 * @param outOfDistributionScore how unlike the training cells, 1 at the
 *          threshold; one entry a cell
 * @param outOfDistribution whether the score is above 1
 * @param abstained whether the call is too uncertain for the coverage asked
 *          for, or no feature was measured
 * @param reasons {@code cells x REASONS} indices of the features that moved the
 *          call most, the first most, -1: no more
 * @param contributions {@code cells x REASONS} what each changed the log-odds
 *          of the class in question by, against the feature not being measured
 */
public record PhenotypeCalls(List<String> classes, List<String> features,
		float[] probabilities, float[] outOfDistributionScore,
		boolean[] outOfDistribution, boolean[] abstained, short[] reasons,
		float[] contributions) {

	/** Reasons told per cell. */
	public static final int REASONS = 3;

	/** Returns the number of cells. */
	public int cells() {
		return outOfDistribution.length;
	}

	/** Returns the probability of a class; NaN: nothing was measured. */
	public float probability(final int cell, final int classIndex) {
		return probabilities[cell * classes.size() + classIndex];
	}

	/** Returns the class of the highest probability, -1 where there is none. */
	public int likeliest(final int cell) {
		int best = -1;
		float top = Float.NEGATIVE_INFINITY;
		for (int c = 0; c < classes.size(); c++)
			if (probability(cell, c) > top) {
				top = probability(cell, c);
				best = c;
			}
		return best;
	}

	/**
	 * Returns in words which features moved the likeliest class most:
	 * {@code senescent: sagal +2.1, ki67 -0.4} in log-odds.
	 */
	public String reason(final int cell) {
		final int likeliest = likeliest(cell);
		if (likeliest < 0) return "no feature of the model was measured";
		final StringBuilder out = new StringBuilder(classes.get(likeliest));
		String separator = ": ";
		for (int r = 0; r < REASONS; r++) {
			final int feature = reasons[cell * REASONS + r];
			if (feature < 0) break;
			out.append(separator).append(features.get(feature)).append(String.format(
				Locale.ROOT, " %+.1f", contributions[cell * REASONS + r]));
			separator = ", ";
		}
		if (outOfDistribution[cell]) out.append(
			"; unlike the cells the model was trained on");
		else if (abstained[cell]) out.append("; too uncertain to call");
		return out.toString();
	}
}
