
package org.senoscope.core.evidence;

import java.util.List;

/**
 * Cells that are not called, but counted and listed.
 *
 * @param id id in counts
 * @param label name for people
 * @param when what must hold
 * @param phenotype id of the phenotype that such a cell gets
 * @param citations keys into {@link EvidenceDefinition#citations()}
 */
public record Exclusion(String id, String label, Condition when,
		String phenotype, List<String> citations) {

	/** Copies the citations. */
	public Exclusion {
		citations = List.copyOf(citations);
	}
}
