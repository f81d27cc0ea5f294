
package org.senoscope.core.evidence;

import java.util.List;

/**
 * What one state of a marker says on one axis.
 *
 * @param axis id of the axis
 * @param when the state that speaks for the axis
 * @param weight how much it says; an axis is met from {@link Axis#metFrom()}
 *          on; 0: reported, no weight
 * @param condition the role holds only where this does
 * @param silentIf where this holds the opposite state says nothing and counts
 *          as not measured
 * @param citations keys into {@link EvidenceDefinition#citations()}
 */
public record Role(String axis, MarkerState when, double weight,
		Condition condition, Condition silentIf, List<String> citations) {

	/** Copies the citations. */
	public Role {
		citations = List.copyOf(citations);
	}
}
