
package org.senoscope.tensorflow;

import java.util.Arrays;
import java.util.List;

import org.senoscope.core.phenotype.CellDensity;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.core.phenotype.SlideAnchors;
import org.senoscope.tensorflow.SavedNetwork.Values;

/** A classifier whose network is a SavedModel. */
final class NetworkModel extends TrainedModel {

	/** Cells that go through the network at once. */
	private static final int BATCH = 2048;

	NetworkModel(final PhenotypeCard card, final CellDensity density,
		final SavedNetwork network, final double coverage)
	{
		super(card, density, network, coverage);
	}

	@Override
	public List<String> features() {
		return scaling.features();
	}

	@Override
	public PhenotypeCalls classify(final CellFeatures given,
		final SlideAnchors anchors)
	{
		final float[] values = anchored(given, anchors);
		final int n = given.cells();
		final float[] p = new float[n * classes().size()];
		final short[] reasons = noReasons(n);
		final float[] contributions = new float[n * PhenotypeCalls.REASONS];
		judge(values, p, reasons, contributions);
		return calls(features(), p, scaling.standard(values), reasons,
			contributions, measured(values, features().size()));
	}

	/**
	 * Asks the network.
	 *
	 * @param values anchored readings
	 * @param p gets its probabilities
	 */
	void judge(final float[] values, final float[] p, final short[] reasons,
		final float[] contributions)
	{
		final int f = features().size(), k = classes().size(), n = values.length /
			f;
		for (int from = 0; from < n; from += BATCH)
			run(values, from, Math.min(n, from + BATCH), f, k, p, reasons,
				contributions);
	}

	private void run(final float[] values, final int from, final int to,
		final int f, final int k, final float[] p, final short[] reasons,
		final float[] contributions)
	{
		final int n = to - from;
		// Outputs come by name in alphabetical order.
		final List<Values> out = network.run(List.of(new Values(Arrays.copyOfRange(
			values, from * f, to * f), new long[] { n, f })));
		final float[] change = out.get(0).values();
		final float[] feature = out.get(2).values();
		System.arraycopy(out.get(1).values(), 0, p, from * k, n * k);
		final int told = feature.length / n;
		for (int i = 0; i < n; i++)
			for (int r = 0, at = (from + i) * PhenotypeCalls.REASONS; r < told; r++) {
				final int j = (int) feature[i * told + r];
				if (Float.isNaN(values[(from + i) * f + j])) continue;
				reasons[at] = (short) j;
				contributions[at++] = change[i * told + r];
			}
	}
}
