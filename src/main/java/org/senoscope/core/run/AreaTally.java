
package org.senoscope.core.run;

import java.util.Arrays;

import org.senoscope.core.artefact.ArtefactKind;

/**
 * Stained area of one block and marker, or the sum of several.
 * <p>
 * Arrays hold what lies outside all annotations at 0, then the annotations by
 * their index.
 *
 * @param pixels analysed level-0 pixels of the block's core
 * @param stained those that count as stained
 * @param saturated pixels too dense to be measured
 * @param sums sum of the readings of all
 * @param artefacts stained pixels under artefacts, which are in none of the
 *          above, by kind
 */
record AreaTally(long[] pixels, long[] stained, long[] saturated, double[] sums,
		long[] artefacts) {

	/** An empty tally for a number of annotations. */
	AreaTally(final int annotations) {
		this(new long[annotations + 1], new long[annotations + 1],
			new long[annotations + 1], new double[annotations + 1],
			new long[ArtefactKind.values().length]);
	}

	void add(final AreaTally other) {
		for (int i = 0; i < pixels.length; i++) {
			pixels[i] += other.pixels[i];
			stained[i] += other.stained[i];
			saturated[i] += other.saturated[i];
			sums[i] += other.sums[i];
		}
		for (int k = 0; k < artefacts.length; k++)
			artefacts[k] += other.artefacts[k];
	}

	long allPixels() {
		return Arrays.stream(pixels).sum();
	}

	long allStained() {
		return Arrays.stream(stained).sum();
	}

	/** Stained share in percent, NaN without pixels. */
	double stainedPercent() {
		return allPixels() == 0 ? Double.NaN : 100.0 * allStained() / allPixels();
	}

	/** Mean reading of a pixel, NaN without pixels. */
	double mean() {
		return allPixels() == 0 ? Double.NaN : sum() / allPixels();
	}

	/** What lies in one annotation. */
	AreaTally annotation(final int index) {
		return new AreaTally(new long[] { pixels[index + 1] }, new long[] {
			stained[index + 1] }, new long[] { saturated[index + 1] }, new double[] {
				sums[index + 1] }, new long[artefacts.length]);
	}

	long allSaturated() {
		return Arrays.stream(saturated).sum();
	}

	double sum() {
		return Arrays.stream(sums).sum();
	}
}
