
package org.senoscope.core.evidence;

import java.util.List;

import org.senoscope.core.cell.Lineage;

/**
 * What the evidence says of a cell. One object stands for all cells whose
 * markers, lineage and flags are alike.
 *
 * @param phenotype id of the phenotype
 * @param label the phenotype as it is printed
 * @param reason why, in a pathologist's words
 * @param axesText the evidence axes as in column {@code evidence_axes}
 * @param axes by axis of the definition
 * @param states by state of the definition: whether the cell is in it
 * @param steps by step of the consensus procedure
 * @param consensus which steps are met, in words
 * @param missing labels of the axes that speak for the states of this cell (of
 *          any state, where it is in none) and were not measured
 * @param lineage the lineage that was reckoned with
 * @param byMarker whether a tumour marker and nothing else tells the lineage
 * @param exclusion id of the exclusion that holds, null for none
 * @param deciding weights of the markers that were decisive, by place in the
 *          panel: above 0 for, below 0 against
 * @param coverage share of the axes of its states that are met
 */
public record EvidenceCall(String phenotype, String label, String reason,
		String axesText, List<Finding> axes, List<Finding> states,
		List<Finding> steps, String consensus, List<String> missing,
		Lineage lineage, boolean byMarker, String exclusion, double[] deciding,
		double coverage) {

	/** Returns whether the cell was called: neither abstained nor left out. */
	public boolean called() {
		return !phenotype.equals("indeterminate") && !phenotype.equals(
			"not_tumour");
	}

	/**
	 * Returns a crude measure of how good the evidence is, from 0 to 1, no
	 * probability: the weight of the markers for the call among those for and
	 * against it, each counting half at its gate and full far from it; times the
	 * middle of 1 and the share of the axes of the state that are met.
	 *
	 * @param clarity by place in the panel, from {@link #clarity}; null: all full
	 * @return the confidence, NaN for a cell that was not called
	 */
	public double confidence(final double[] clarity) {
		if (!called()) return Double.NaN;
		double with = 0, all = 0;
		for (int m = 0; m < deciding.length; m++) {
			if (deciding[m] == 0) continue;
			final double weight = Math.abs(deciding[m]);
			final double c = clarity == null || Double.isNaN(clarity[m]) ? 1
				: clarity[m];
			// a marker at its gate is as good as one of either sign
			with += weight * (deciding[m] > 0 ? (1 + c) / 2 : (1 - c) / 2);
			all += weight;
		}
		return all == 0 ? Double.NaN : with / all * (1 + coverage) / 2;
	}

	/**
	 * Returns how far a value lies from its gate: 0 at the gate, towards 1 at
	 * many times or a small part of it, whatever the unit.
	 */
	public static double clarity(final double value, final double gate) {
		final double larger = Math.max(Math.abs(value), Math.abs(gate));
		return larger == 0 ? 0 : Math.min(1, Math.abs(value - gate) / larger);
	}
}
