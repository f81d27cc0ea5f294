
package org.senoscope.core.phenotype;

import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.senoscope.core.phenotype.TrainingReport.OutOfDistributionCheck;

/**
 * Whether {@link CellDensity} does what it is for: learned from all parts of
 * the cells but one, asked about that and about objects made of them that are
 * no cells.
 */
public final class DensityCheck {

	/** Readings that two nuclei taken for one average; all others add up. */
	private static final Pattern AVERAGED = Pattern.compile(
		"(?i).*(mean|median|fraction|circularity|solidity|eccentricity|contrast|_p05|granularity|probability|extent|orientation|_level|variation|grain|share|elongation|compactness).*");

	private static final double DEBRIS = 0.05;

	private DensityCheck() {}

	/**
	 * Tests.
	 *
	 * @param values {@code cells x features} anchored readings
	 * @param kind kind of each cell
	 * @param fold part of each cell; each part is held out once
	 */
	public static OutOfDistributionCheck run(final ValueScaling scaling,
		final float[] values, final int[] kind, final int[] fold, final long seed)
	{
		final int[] parts = Arrays.stream(fold).distinct().sorted().toArray();
		final double[] flagged = new double[4];
		for (final int part : parts) {
			final double[] own = flagged(scaling, values, kind, fold, part, seed);
			for (int i = 0; i < own.length; i++)
				flagged[i] += own[i] / fold.length;
		}
		return new OutOfDistributionCheck(flagged[0], flagged[1], flagged[2],
			flagged[3]);
	}

	/** Numbers flagged of the cells of one part and of what is made of them. */
	private static double[] flagged(final ValueScaling scaling,
		final float[] values, final int[] kind, final int[] fold, final int part,
		final long seed)
	{
		final int f = scaling.features().size();
		// Where all are one part nothing can be held out.
		final boolean alone = Arrays.stream(fold).allMatch(p -> p == part);
		final int[] train = IntStream.range(0, fold.length).filter(i -> alone ||
			fold[i] != part).toArray();
		final int[] test = IntStream.range(0, fold.length).filter(
			i -> fold[i] == part).toArray();
		final float[] all = scaling.standard(values);
		final CellDensity.Scorer scorer = CellDensity.fit(rows(all, train, f),
			kinds(kind, train), f, seed, scaling.standard(doublets(scaling, rows(
				values, train, f), kinds(kind, train), seed + 1))).scorer();
		final float[] cells = rows(values, test, f);
		final Random random = new Random(seed);
		final float[] debris = cells.clone();
		final float[] doublets = doublets(scaling, cells, kinds(kind, test), seed);
		final float[] unseen = cells.clone();
		final int n = test.length;
		final float[] highest = new float[f];
		for (int j = 0; j < f; j++)
			for (int i = 0; i < all.length / f; i++)
				if (all[i * f + j] > highest[j]) highest[j] = all[i * f + j];
		for (int i = 0; i < n; i++) {
			final int odd = random.nextInt(f);
			for (int j = 0; j < f; j++) {
				final int at = i * f + j;
				if (scaling.signed()[j]) continue;
				debris[at] *= (float) DEBRIS;
			}
			unseen[i * f + odd] = scaling.value(odd, highest[odd] + 3);
		}
		return new double[] { flagged(scorer, scaling, cells, n), flagged(scorer,
			scaling, debris, n), flagged(scorer, scaling, doublets, n), flagged(
				scorer, scaling, unseen, n) };
	}

	private static int[] kinds(final int[] kind, final int[] rows) {
		return Arrays.stream(rows).map(i -> kind[i]).toArray();
	}

	/**
	 * Makes objects that two nuclei taken for one would be: of any two cells, and
	 * as often of two of one kind, for neighbours are often alike.
	 *
	 * @param values {@code cells x features} anchored readings
	 * @param kind kind of each cell
	 * @return one object a cell, in the same form
	 */
	public static float[] doublets(final ValueScaling scaling,
		final float[] values, final int[] kind, final long seed)
	{
		final int n = kind.length, f = scaling.features().size();
		final Random random = new Random(seed);
		final boolean[] averaged = new boolean[f];
		for (int j = 0; j < f; j++)
			averaged[j] = AVERAGED.matcher(scaling.features().get(j)).matches();
		final float[] doublets = values.clone();
		for (int i = 0; i < n; i++) {
			final boolean alike = random.nextBoolean();
			int other = random.nextInt(n);
			for (int tries = 0; alike && kind[other] != kind[i] && tries < n; tries++)
				other = (other + 1) % n;
			for (int j = 0; j < f; j++) {
				if (scaling.signed()[j]) continue;
				final float own = values[i * f + j], its = values[other * f + j];
				// A marker that the other lacks is taken to be as strong in it.
				final float sum = own + (Float.isNaN(its) ? own : its);
				doublets[i * f + j] = averaged[j] ? sum / 2 : sum;
			}
		}
		return doublets;
	}

	private static float[] rows(final float[] x, final int[] rows, final int f) {
		final float[] out = new float[rows.length * f];
		for (int a = 0; a < rows.length; a++)
			System.arraycopy(x, rows[a] * f, out, a * f, f);
		return out;
	}

	private static long flagged(final CellDensity.Scorer scorer,
		final ValueScaling scaling, final float[] values, final int n)
	{
		final float[] z = scaling.standard(values);
		return IntStream.range(0, n).filter(i -> scorer.score(z, i) > 1).count();
	}
}
