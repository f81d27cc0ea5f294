
package org.senoscope.core.evidence;

import java.util.List;

/**
 * A state that a cell may be in, beside others.
 *
 * @param index position among the states of the definition
 * @param id id as in column {@code p_ID}
 * @param label name for people
 * @param when what must hold
 * @param citations keys into {@link EvidenceDefinition#citations()}
 */
public record State(int index, String id, String label, Condition when,
		List<String> citations) {

	/** Copies the citations. */
	public State {
		citations = List.copyOf(citations);
	}
}
