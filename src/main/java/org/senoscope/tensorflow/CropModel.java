
package org.senoscope.tensorflow;

import java.util.Arrays;
import java.util.List;

import org.senoscope.core.phenotype.CellDensity;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.PhenotypeCalls;
import org.senoscope.core.phenotype.SlideAnchors;
import org.senoscope.core.phenotype.crop.CropAspect;
import org.senoscope.core.phenotype.crop.CropMorphology;
import org.senoscope.core.phenotype.crop.NucleusCrop;
import org.senoscope.tensorflow.SavedNetwork.Values;

/**
 * A classifier whose network sees crops of nuclei. Crops are comparable between
 * slides as they are cut, so there is nothing to anchor; what is unlike the
 * training cells is told by {@link CropMorphology}.
 */
final class CropModel extends TrainedModel {

	/** Cells that go through the network at once. */
	private static final int BATCH = 256;

	CropModel(final PhenotypeCard card, final CellDensity density,
		final SavedNetwork network, final double coverage)
	{
		super(card, density, network, coverage);
	}

	/** The pixels of a crop. */
	@Override
	public List<String> features() {
		return NucleusCrop.NAMES;
	}

	@Override
	public boolean seesCrops() {
		return true;
	}

	@Override
	public PhenotypeCalls classify(final CellFeatures cells,
		final SlideAnchors none)
	{
		final float[] crops = cells.select(NucleusCrop.NAMES).values();
		final int k = classes().size(), n = cells.cells(), s = NucleusCrop.SIZE;
		final float[] p = new float[n * k];
		final short[] reasons = noReasons(n);
		final float[] contributions = new float[n * PhenotypeCalls.REASONS];
		final CellFeatures read = new CellFeatures(CropMorphology.NAMES,
			CropMorphology.of(crops)).select(scaling.features());
		final float[] z = scaling.standard(scaling.anchored(read, scaling
			.newAnchors()));
		for (int from = 0; from < n; from += BATCH) {
			final int to = Math.min(n, from + BATCH);
			final float[] part = Arrays.copyOfRange(crops, from * s, to * s);
			System.arraycopy(run(part), 0, p, from * k, (to - from) * k);
			reasons(part, p, from, to, reasons, contributions);
		}
		final int f = scaling.features().size();
		return calls(CropAspect.NAMES, p, z, reasons, contributions, i -> !Float
			.isNaN(crops[i * s]) && !Float.isNaN(z[i * f]));
	}

	private float[] run(final float[] crops) {
		return network.run(List.of(new Values(crops, new long[] { crops.length /
			NucleusCrop.SIZE, NucleusCrop.SIZE }))).get(0).values();
	}

	/** How the log-odds of the likeliest class change without each aspect. */
	private void reasons(final float[] crops, final float[] p, final int from,
		final int to, final short[] reasons, final float[] contributions)
	{
		final int k = classes().size(), n = CropAspect.NAMES.size();
		final float[][] without = new float[n][];
		for (int a = 0; a < n; a++)
			without[a] = run(CropAspect.values()[a].without(crops));
		for (int i = from; i < to; i++) {
			int likeliest = 0;
			for (int c = 1; c < k; c++)
				if (p[i * k + c] > p[i * k + likeliest]) likeliest = c;
			final double[] change = new double[n];
			for (int a = 0; a < n; a++)
				change[a] = logOdds(p[i * k + likeliest]) - logOdds(without[a][(i -
					from) * k + likeliest]);
			tell(change, i, reasons, contributions);
		}
	}

	private static double logOdds(final double p) {
		final double inside = Math.max(1e-6, Math.min(1 - 1e-6, p));
		return Math.log(inside / (1 - inside));
	}
}
