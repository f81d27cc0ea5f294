
package org.senoscope.tensorflow;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

import org.senoscope.core.UserException;
import org.senoscope.core.phenotype.CellDensity;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.phenotype.SlideAnchors;
import org.senoscope.core.phenotype.ValueScaling;

/**
 * A classifier that was trained: what is common to all, whatever they see of a
 * cell and whatever answers.
 */
abstract class TrainedModel implements PhenotypeModel {

	final PhenotypeCard card;
	final ValueScaling scaling;
	final SavedNetwork network;
	private final CellDensity.Scorer density;
	private final double coverage;

	/**
	 * @param network null: nothing is asked of it
	 */
	TrainedModel(final PhenotypeCard card, final CellDensity density,
		final SavedNetwork network, final double coverage)
	{
		this.card = card;
		this.scaling = card.scaling();
		this.density = density.scorer();
		this.network = network;
		this.coverage = coverage;
	}

	@Override
	public List<String> classes() {
		return card.classes();
	}

	@Override
	public String calibration() {
		return card.calibrationNote();
	}

	@Override
	public SlideAnchors newAnchors() {
		return scaling.newAnchors();
	}

	/**
	 * Returns readings on the scale of the training cells.
	 *
	 * @throws UserException if the table has none of the features
	 */
	float[] anchored(final CellFeatures given, final SlideAnchors anchors) {
		if (scaling.features().stream().noneMatch(given.names()::contains))
			throw new UserException(
				"the table has none of the columns that the model was trained on: " +
					String.join(", ", scaling.features()));
		return scaling.anchored(given.select(scaling.features()),
			(ValueScaling.Anchors) anchors);
	}

	/** Whether anything was measured in a cell. */
	static IntPredicate measured(final float[] values, final int f) {
		return i -> {
			for (int j = 0; j < f; j++)
				if (!Float.isNaN(values[i * f + j])) return true;
			return false;
		};
	}

	/** No reasons yet. */
	static short[] noReasons(final int cells) {
		final short[] reasons = new short[cells * PhenotypeCalls.REASONS];
		Arrays.fill(reasons, (short) -1);
		return reasons;
	}

	/**
	 * Tells what changes the log-odds of a cell most.
	 *
	 * @param change by each feature; is used up
	 */
	static void tell(final double[] change, final int cell, final short[] reasons,
		final float[] contributions)
	{
		for (int r = cell * PhenotypeCalls.REASONS; r < (cell + 1) *
			PhenotypeCalls.REASONS; r++)
		{
			int most = 0;
			for (int j = 1; j < change.length; j++)
				if (Math.abs(change[j]) > Math.abs(change[most])) most = j;
			reasons[r] = (short) (change[most] == 0 ? -1 : most);
			contributions[r] = (float) change[most];
			change[most] = 0;
		}
	}

	/**
	 * Adds to what the network says which cells are unlike those of training and
	 * which are too uncertain to call.
	 *
	 * @param told names of what reasons are given by
	 * @param p {@code cells x classes} probabilities
	 * @param z {@code cells x features} standard scores
	 * @param measured whether anything was measured in a cell
	 */
	PhenotypeCalls calls(final List<String> told, final float[] p,
		final float[] z, final short[] reasons, final float[] contributions,
		final IntPredicate measured)
	{
		final int k = classes().size(), n = p.length / k;
		final float[] score = new float[n];
		final boolean[] outside = new boolean[n];
		final boolean[] abstained = new boolean[n];
		for (int i = 0; i < n; i++) {
			if (!measured.test(i)) {
				Arrays.fill(p, i * k, (i + 1) * k, Float.NaN);
				Arrays.fill(reasons, i * PhenotypeCalls.REASONS, (i + 1) *
					PhenotypeCalls.REASONS, (short) -1);
				abstained[i] = true;
				continue;
			}
			score[i] = density.score(z, i);
			outside[i] = score[i] > 1;
			abstained[i] = card.abstention().abstains(p, i, k, card.calibration()
				.exclusive(), coverage);
		}
		return new PhenotypeCalls(classes(), told, p, score, outside, abstained,
			reasons, contributions);
	}

	@Override
	public void close() {
		if (network != null) network.close();
	}
}
