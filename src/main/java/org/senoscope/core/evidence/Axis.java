
package org.senoscope.core.evidence;

import java.util.List;
import java.util.Locale;

import org.senoscope.core.cell.Lineage;

/**
 * An axis of evidence: markers that speak of the same thing.
 *
 * @param index position among the axes of the definition
 * @param id id as in {@code evidence_axes}
 * @param label name for people
 * @param kind what it is for
 * @param states ids of the states that it speaks for
 * @param metFrom sum of weights from which it is met
 * @param metShare share of the weights measured that must be fulfilled, too
 * @param unless where this holds the axis is not met
 * @param needs what must hold for the axis to be told at all
 * @param withoutNeeds what is said where the markers would meet it and
 *          {@code needs} does not hold
 * @param lineage lineage that a cell of unknown lineage has if it meets the
 *          axis, null for none
 * @param absenceSaysNothing whether "not met" speaks against nothing
 * @param supportsOnly whether it never decides a state
 * @param printLast whether it stands behind the others in outputs
 * @param citations keys into {@link EvidenceDefinition#citations()}
 */
public record Axis(int index, String id, String label, Kind kind,
		List<String> states, double metFrom, double metShare, Condition unless,
		Condition needs, String withoutNeeds, Lineage lineage,
		boolean absenceSaysNothing, boolean supportsOnly, boolean printLast,
		List<String> citations) {

	/** What an axis is for. */
	public enum Kind {

			/** Printed, and speaks for states. */
			EVIDENCE,
			/** Tells what kind of cell it is. */
			LINEAGE,
			/** Tells that a cell is not to be called. */
			EXCLUSION,
			/** Markers that are reported without weight. */
			REPORTED;

		/** Returns the word in definitions. */
		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	/** Copies the lists. */
	public Axis {
		states = List.copyOf(states);
		citations = List.copyOf(citations);
	}
}
