
package org.senoscope.core.run;

import java.util.List;
import java.util.Map;

import org.senoscope.core.evidence.SlideEvidence;

/**
 * Slide-level numbers: what {@code summary.json} and the report show. Depends
 * on pixels and protocol only, never on time, paths, threads or tiles.
 *
 * @param image file name with extension, or the pseudonym
 * @param pixelSizeUm width of a level-0 pixel in µm that was used
 * @param analysedAreaMm2 area that was analysed (tissue, annotations and region
 *          applied)
 * @param cells number of cells
 * @param markers numbers by marker id, in protocol order
 * @param phenotypes cells by phenotype id, in the order of the rules; every
 *          cell is counted once, but for those on artefacts, which are not
 * @param evidence axes, steps, exclusions and what the panel can tell; null
 *          where no marker was measured
 * @param numbers further slide-level numbers by key, in order
 *          ("nucleus_area_median_um2", ...)
 * @param assays what assays say beyond the markers, by topic, as it stands in
 *          summary.json: texts, numbers (NaN: not known), booleans, lists and
 *          maps of them
 * @param warnings what a reader of the numbers should know, one line each
 */
public record SlideSummary(String image, double pixelSizeUm,
		double analysedAreaMm2, long cells, List<MarkerSummary> markers,
		Map<String, Long> phenotypes, SlideEvidence evidence,
		Map<String, Double> numbers, Map<String, Object> assays,
		List<String> warnings) {
}
