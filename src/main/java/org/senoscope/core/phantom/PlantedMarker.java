
package org.senoscope.core.phantom;

/**
 * The truth of one marker in a field of several channels.
 *
 * @param id marker id
 * @param amounts planted mean intensity in counts, without background, blur and
 *          light of other channels, of each cell in the order of the field's
 *          cells: over the nucleus, of SA-β-gal over the zone around it
 * @param positive whether each cell was planted as positive
 */
public record PlantedMarker(String id, double[] amounts, boolean[] positive) {

	/** Returns the share of positive cells in percent, NaN without cells. */
	public double positivePercent() {
		int n = 0;
		for (final boolean p : positive)
			if (p) n++;
		return positive.length == 0 ? Double.NaN : 100.0 * n / positive.length;
	}
}
