
package org.senoscope.tensorflow;

import java.util.List;
import java.util.stream.IntStream;

import org.senoscope.core.phenotype.CellDensity;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.CellForest;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.core.phenotype.SlideAnchors;

/**
 * A classifier for which a random forest answers, alone, without TensorFlow, or
 * together with the network.
 */
final class ForestModel extends TrainedModel {

	private final CellForest forest;
	private final NetworkModel beside;

	/**
	 * @param beside the network; null: the forest answers alone
	 */
	ForestModel(final PhenotypeCard card, final CellDensity density,
		final CellForest forest, final NetworkModel beside, final double coverage)
	{
		super(card, density, beside == null ? null : beside.network, coverage);
		if (forest.features() != scaling.features().size() || forest.trees()
			.size() != classes().size()) throw new IllegalArgumentException(
				"its forest has other features or classes than its card");
		this.forest = forest;
		this.beside = beside;
	}

	@Override
	public List<String> features() {
		return scaling.features();
	}

	/**
	 * Returns what answers, not calibrated: the log-odds of the forest, or their
	 * mean with those of the network.
	 *
	 * @param network null: the forest answers alone
	 */
	static float[] logits(final float[] forest, final float[] network) {
		if (network == null) return forest;
		final float[] mean = new float[forest.length];
		for (int i = 0; i < mean.length; i++)
			mean[i] = (forest[i] + network[i]) / 2;
		return mean;
	}

	@Override
	public PhenotypeCalls classify(final CellFeatures given,
		final SlideAnchors anchors)
	{
		final float[] values = anchored(given, anchors);
		final float[] z = scaling.standard(values);
		final int f = features().size(), k = classes().size(), n = given.cells();
		final short[] reasons = noReasons(n);
		final float[] contributions = new float[n * PhenotypeCalls.REASONS];
		final float[] network = beside == null ? null : new float[n * k];
		if (network != null) beside.judge(values, network, reasons, contributions);
		final float[] p = card.answerCalibration().probabilities(logits(forest
			.logits(z), network == null ? null : card.calibration().logits(network,
				values)), values);
		IntStream.range(0, n).parallel().forEach(i -> {
			int likeliest = 0;
			for (int c = 1; c < k; c++)
				if (p[i * k + c] > p[i * k + likeliest]) likeliest = c;
			final double[] change = forest.contributions(z, i, likeliest);
			final double own = card.answerCalibration().slope()[likeliest] /
				(network == null ? 1 : 2);
			for (int j = 0; j < f; j++)
				change[j] *= own;
			// Of the network what moved it most is known.
			for (int r = i * PhenotypeCalls.REASONS; r < (i + 1) *
				PhenotypeCalls.REASONS; r++)
				if (reasons[r] >= 0) change[reasons[r]] += own * contributions[r] / card
					.calibration().slope()[likeliest];
			tell(change, i, reasons, contributions);
		});
		return calls(features(), p, z, reasons, contributions, measured(values, f));
	}
}
