
package org.senoscope.core.phenotype;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.senoscope.core.phenotype.TrainingReport.OutOfDistributionCheck;

/**
 * Whether {@link CellDensity} does what it is for: learned from four fifths of
 * the cells, asked about the others and about objects made of them that are no
 * cells.
 */
public final class DensityCheck {

	/** Readings that two nuclei taken for one average; all others add up. */
	private static final Pattern AVERAGED = Pattern.compile(
		"(?i).*(mean|median|fraction|circularity|solidity|eccentricity|contrast|_p05|granularity|probability|extent|orientation).*");

	private static final double DEBRIS = 0.05;

	private DensityCheck() {}

	/**
	 * Tests.
	 *
	 * @param values {@code cells x features} anchored readings
	 * @param kind kind of each cell
	 * @param fold part of each cell; part 0 is held out
	 */
	public static OutOfDistributionCheck run(final ValueScaling scaling,
		final float[] values, final int[] kind, final int[] fold, final long seed)
	{
		final int f = scaling.features().size();
		final int[] train = IntStream.range(0, fold.length).filter(
			i -> fold[i] != 0).toArray();
		final int[] test = IntStream.range(0, fold.length).filter(i -> fold[i] == 0)
			.toArray();
		final float[] all = scaling.standard(values);
		final CellDensity.Scorer scorer = CellDensity.fit(rows(all, train, f),
			Arrays.stream(train).map(i -> kind[i]).toArray(), f, seed).scorer();
		final float[] cells = rows(values, test, f);
		final Random random = new Random(seed);
		final float[] debris = cells.clone();
		final float[] doublets = cells.clone();
		final float[] unseen = cells.clone();
		final int n = test.length;
		final float[] highest = new float[f];
		for (int j = 0; j < f; j++)
			for (int i = 0; i < all.length / f; i++)
				if (all[i * f + j] > highest[j]) highest[j] = all[i * f + j];
		for (int i = 0; i < n; i++) {
			final int other = random.nextInt(n);
			final int odd = random.nextInt(f);
			for (int j = 0; j < f; j++) {
				final int at = i * f + j;
				if (scaling.signed()[j]) continue;
				debris[at] *= (float) DEBRIS;
				doublets[at] = AVERAGED.matcher(scaling.features().get(j)).matches()
					? (cells[at] + cells[other * f + j]) / 2 : cells[at] + cells[other *
						f + j];
			}
			unseen[i * f + odd] = scaling.value(odd, highest[odd] + 3);
		}
		return new OutOfDistributionCheck(flagged(scorer, scaling, cells, n),
			flagged(scorer, scaling, debris, n), flagged(scorer, scaling, doublets,
				n), flagged(scorer, scaling, unseen, n));
	}

	private static float[] rows(final float[] x, final int[] rows, final int f) {
		final float[] out = new float[rows.length * f];
		for (int a = 0; a < rows.length; a++)
			System.arraycopy(x, rows[a] * f, out, a * f, f);
		return out;
	}

	private static double flagged(final CellDensity.Scorer scorer,
		final ValueScaling scaling, final float[] values, final int n)
	{
		final float[] z = scaling.standard(values);
		return IntStream.range(0, n).filter(i -> scorer.score(z, i) > 1).count() /
			(double) n;
	}
}
