
package org.senoscope.core.assay.foci;

import java.util.Arrays;

/**
 * Which foci of two channels lie on each other: one to one, the closest first.
 */
final class FocusPairs {

	private FocusPairs() {}

	/**
	 * Pairs foci.
	 *
	 * @param a foci of one channel
	 * @param b foci of the other
	 * @param reachPx largest distance in pixels
	 * @return places in a and b, one after the other, pair by pair
	 */
	static int[] of(final Foci a, final Foci b, final double reachPx) {
		final boolean[] usedA = new boolean[a.count()], usedB = new boolean[b
			.count()];
		final int[] pairs = new int[2 * Math.min(a.count(), b.count())];
		int n = 0;
		while (true) {
			double least = reachPx * reachPx;
			int bestA = -1, bestB = -1;
			for (int i = 0; i < usedA.length; i++)
				for (int k = 0; k < usedB.length && !usedA[i]; k++) {
					if (usedB[k]) continue;
					final double dx = a.x(i) - b.x(k), dy = a.y(i) - b.y(k), d2 = dx *
						dx + dy * dy;
					if (d2 < least || d2 == least && bestA < 0) {
						least = d2;
						bestA = i;
						bestB = k;
					}
				}
			if (bestA < 0) return Arrays.copyOf(pairs, n);
			usedA[bestA] = usedB[bestB] = true;
			pairs[n++] = bestA;
			pairs[n++] = bestB;
		}
	}
}
