
package org.senoscope.core.gate;

/**
 * Whether counts have more than one peak: a valley between two peaks that
 * chance rarely makes of a single one. Windows of several widths are moved over
 * the counts; of each place it is asked how far the window there stays below
 * the fullest window on either side, in standard deviations of counts made
 * stable by Anscombe's root (1948). A second peak of one cell in two hundred is
 * seen where it stands apart, because a window that holds it is compared with
 * an empty one, not with the main peak.
 * <p>
 * The least depth {@link #SURE} was chosen on simulated single peaks (normal,
 * skewed, heavy-tailed, flat; {@code ./build rates-gates}), so that fewer than
 * one in twenty passes.
 *
 * @param valley place of the valley, the middle of where it is emptiest, in
 *          bins of the {@link SpreadCounts}
 * @param below place of the peak below it
 * @param above place of the peak above it
 * @param depth depth of the valley in standard deviations
 */
record Bimodality(double valley, double below, double above, double depth) {

	/** Depth from which a valley is none of chance. */
	static final double SURE = 4.25;

	/** A valley fuller than this share of the lesser peak parts nothing. */
	private static final double FULLEST = 0.8;

	private static final int[] WIDTHS = { 16, 24, 36, 54, 80 };

	/**
	 * Finds the lowest valley. It parts better than the crossing of two fitted
	 * normal components, whose fit to a peak that is not quite normal moves the
	 * crossing.
	 *
	 * @return null where there is one peak only
	 */
	static Bimodality find(final double[] counts) {
		Bimodality found = deepest(counts, 0, counts.length);
		// of three peaks the lowest is negative
		while (found != null) {
			final Bimodality lower = deepest(counts, 0, (int) found.valley);
			if (lower == null) return found;
			found = lower;
		}
		return null;
	}

	private static Bimodality deepest(final double[] counts, final int from,
		final int to)
	{
		final double[] sums = new double[to - from + 1];
		for (int i = from; i < to; i++)
			sums[i - from + 1] = sums[i - from] + counts[i];
		Bimodality best = null;
		for (final int w : WIDTHS) {
			final int n = to - from - w + 1;
			if (n < 3 * w) continue;
			final double[] window = new double[n];
			final int[] right = new int[n];
			for (int i = 0; i < n; i++)
				window[i] = sums[i + w] - sums[i];
			for (int i = n - 1; i >= 0; i--)
				right[i] = i == n - 1 || window[i] > window[right[i + 1]] ? i
					: right[i + 1];
			int left = 0;
			for (int i = w; i + w < n; i++) {
				if (window[i - w] > window[left]) left = i - w;
				final double lesser = Math.min(window[left], window[right[i + w]]);
				if (window[i] > FULLEST * lesser) continue;
				final double depth = Math.sqrt(2) * (Math.sqrt(lesser + 0.375) - Math
					.sqrt(window[i] + 0.375));
				if (depth >= SURE && (best == null || depth > best.depth)) best =
					new Bimodality(from + middle(window, i, left, right[i + w]) + w / 2.0,
						from + left + w / 2.0, from + right[i + w] + w / 2.0, depth);
			}
		}
		return best;
	}

	/** The middle of the places around a valley that are as empty as it is. */
	private static double middle(final double[] window, final int valley,
		final int left, final int right)
	{
		final double level = window[valley] + 0.5;
		int a = valley, b = valley;
		while (a > left && window[a - 1] <= level)
			a--;
		while (b < right && window[b + 1] <= level)
			b++;
		return (a + b) / 2.0;
	}
}
