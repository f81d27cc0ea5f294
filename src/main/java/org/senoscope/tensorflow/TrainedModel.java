
package org.senoscope.tensorflow;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

import org.senoscope.core.phenotype.CellDensity;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.phenotype.SlideAnchors;
import org.senoscope.core.phenotype.ValueScaling;

/**
 * A classifier whose network is a SavedModel: what is common to all, whatever
 * the network sees of a cell.
 */
abstract class TrainedModel implements PhenotypeModel {

	final PhenotypeCard card;
	final ValueScaling scaling;
	final SavedNetwork network;
	private final CellDensity.Scorer density;
	private final double coverage;

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

	/** No reasons yet. */
	static short[] noReasons(final int cells) {
		final short[] reasons = new short[cells * PhenotypeCalls.REASONS];
		Arrays.fill(reasons, (short) -1);
		return reasons;
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
		network.close();
	}
}
