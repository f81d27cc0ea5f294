
package org.senoscope.core.run;

import java.util.Map;

/**
 * What a slide says of one marker. Open numbers are NaN, open whole numbers -1.
 *
 * @param id marker id as in column names ("ki67")
 * @param label name for people ("Ki-67")
 * @param statement what the percentage counts, in full words ("Ki-67-positive
 *          nuclei, all nuclei in the region (tumour not selected)")
 * @param measured cells that have a reading
 * @param positive cells at or above the gate
 * @param positivePercent share of positive cells among the measured
 * @param ciLowPercent lower end of the 95 % interval by spatial bootstrap
 * @param ciHighPercent upper end of it
 * @param countingLowPercent lower end of Wilson's 95 % interval (counting error
 *          only)
 * @param countingHighPercent upper end of it
 * @param areaPercent stained share of the analysed area at full resolution; NaN
 *          where the assay measures none
 * @param stainedAreaMm2 stained area
 * @param meanOd mean optical density over the analysed area; NaN where the
 *          assay measures none
 * @param gate the gate, in the unit of the reading
 * @param gateOrigin where the gate comes from, in words
 * @param reading what is compared with the gate, in words with the unit ("mean
 *          DAB optical density of the nucleus")
 * @param hScore H-score, 0 to 300
 * @param allredProportion Allred proportion score, 0 to 5
 * @param allredIntensity Allred intensity score, 0 to 3
 * @param classCounts cells that are negative, 1+, 2+, 3+; null where the marker
 *          has no such classes
 * @param histogram distribution of the reading; null where no cell was measured
 * @param more what the assay says beyond, as it stands in summary.json: texts,
 *          numbers (NaN: not known), booleans, lists and maps of them
 */
public record MarkerSummary(String id, String label, String statement,
		long measured, long positive, double positivePercent, double ciLowPercent,
		double ciHighPercent, double countingLowPercent, double countingHighPercent,
		double areaPercent, double stainedAreaMm2, double meanOd, double gate,
		String gateOrigin, String reading, double hScore, int allredProportion,
		int allredIntensity, long[] classCounts, Histogram histogram,
		Map<String, Object> more) {
}
