
package org.senoscope.core.evidence;

import java.util.List;

/**
 * One rule of the list of which the first that holds is the phenotype.
 *
 * @param id id as in column {@code phenotype}; several rules may have the same
 * @param label how it is printed; never more than "consistent with"
 * @param when what must hold
 * @param citations keys into {@link EvidenceDefinition#citations()}
 */
public record PhenotypeRule(String id, String label, Condition when,
		List<String> citations) {

	/** Copies the citations. */
	public PhenotypeRule {
		citations = List.copyOf(citations);
	}
}
