
package org.senoscope.core.assay;

/**
 * H-score and Allred score from graded cells, as QuPath computes them. Neither
 * is a standard for Ki-67; they stand in tables for compatibility.
 *
 * @param grades cells that are negative, 1+, 2+ and 3+
 */
public record GradedScores(long[] grades) {

	/** Returns all cells. */
	public long cells() {
		return grades[0] + positive();
	}

	/** Returns cells that are not negative. */
	public long positive() {
		return grades[1] + grades[2] + grades[3];
	}

	/**
	 * Returns the H-score: percentage of 1+, plus twice that of 2+, plus three
	 * times that of 3+; NaN without cells.
	 */
	public double hScore() {
		return cells() == 0 ? Double.NaN : 100.0 * (grades[1] + 2 * grades[2] + 3 *
			grades[3]) / cells();
	}

	/**
	 * Returns the Allred proportion score, 0 to 5 (cuts: any, 1 %, 10 %, one
	 * third, two thirds); -1 without cells.
	 */
	public int allredProportion() {
		if (cells() == 0) return -1;
		final double share = (double) positive() / cells();
		if (share >= 2 / 3.0) return 5;
		if (share >= 1 / 3.0) return 4;
		if (share >= 0.1) return 3;
		if (share >= 0.01) return 2;
		return share > 0 ? 1 : 0;
	}

	/**
	 * Returns the Allred intensity score, 0 to 3, from the mean grade of positive
	 * cells (cuts 5/3 and 7/3); -1 without cells.
	 */
	public int allredIntensity() {
		if (cells() == 0) return -1;
		if (positive() == 0) return 0;
		final double mean = (double) (grades[1] + 2 * grades[2] + 3 * grades[3]) /
			positive();
		if (mean > 7 / 3.0) return 3;
		return mean > 5 / 3.0 ? 2 : 1;
	}
}
