
package org.senoscope.core.evidence;

import java.util.List;
import java.util.Map;

import org.senoscope.core.cell.Lineage;

/**
 * What the evidence says of a slide. Axes and steps are counted over cells that
 * are or may be tumour cells: those of tumour and of unknown lineage that are
 * not left out.
 *
 * @param definition name of the evidence definition
 * @param version its version
 * @param lineages cells by lineage
 * @param axes cells by finding on each evidence axis
 * @param consensus cells by finding on each step of the consensus procedure
 * @param phenotypes all cells by phenotype, in the definition's order; each
 *          cell once
 * @param exclusions cells that were not called, by reason
 * @param senescentStroma cells of stroma with the evidence of senescence,
 *          counted apart
 * @param missing labels of the axes that were measured in no cell
 * @param states what the panel can tell
 * @param help the marker that would help most, in words; empty where none does
 * @param p53Pattern pattern of p53
 * @param minCells tumour cells below which no percentage is given
 * @param classifier what users should know of the classifier that told the
 *          states ("calibration: ..."); empty: the rules alone
 */
public record SlideEvidence(String definition, String version,
		Map<Lineage, Long> lineages, List<Counts> axes, List<Counts> consensus,
		List<Tally> phenotypes, List<Tally> exclusions, long senescentStroma,
		List<String> missing, List<StateGrade> states, String help,
		P53Pattern p53Pattern, int minCells, String classifier) {

	/**
	 * Cells by finding.
	 *
	 * @param id id of the axis, number of the step
	 * @param label what it is
	 * @param markers labels of the markers of the panel that speak on it; empty
	 *          for a step
	 * @param met cells in which it is met
	 * @param notMet cells in which it is not
	 * @param notMeasured cells in which what was measured cannot tell
	 */
	public record Counts(String id, String label, List<String> markers, long met,
			long notMet, long notMeasured) {
	}

	/**
	 * Cells of a kind.
	 *
	 * @param id id of the phenotype or exclusion
	 * @param label as it is printed
	 * @param cells how many
	 */
	public record Tally(String id, String label, long cells) {
	}

	/**
	 * What the panel can tell of a state.
	 *
	 * @param id id of the state
	 * @param label name for people
	 * @param grade how much evidence the panel can gather at best
	 * @param wouldHelp labels of the fewest markers with which it could be told;
	 *          empty where it can be, or where no three markers help
	 */
	public record StateGrade(String id, String label, EvidenceGrade grade,
			List<String> wouldHelp) {
	}

	/** Returns the number of cells of a lineage. */
	public long cells(final Lineage lineage) {
		return lineages.getOrDefault(lineage, 0L);
	}

	/**
	 * Returns the percentage that cells are of the tumour cells, NaN where these
	 * are too few.
	 */
	public double percentOfTumour(final long cells) {
		final long all = cells(Lineage.TUMOUR);
		return all < minCells ? Double.NaN : 100.0 * cells / all;
	}

	/** Returns whether any state beyond the cell cycle can be told. */
	public boolean tellsStates() {
		return states.stream().anyMatch(s -> s.grade() != EvidenceGrade.NONE && !s
			.id().equals("proliferating"));
	}
}
