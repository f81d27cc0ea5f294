
package org.senoscope.core.evidence;

import java.util.List;

/**
 * A marker as a definition describes it.
 *
 * @param index position among the markers of the definition
 * @param id id as in column names, lower-case ASCII
 * @param label name for people
 * @param aliases names by which channels and columns carry it, besides id and
 *          label; see {@link EvidenceDefinition#markerOfName(String)}
 * @param compartment where it is read: nucleus, ring, cytoplasm, membrane,
 *          cell, or stroma (no property of the cell)
 * @param onlyThere whether a reading in another compartment does not count
 * @param roles what it says; all of weight 0 where it is reported without
 *          weight
 */
public record Marker(int index, String id, String label, List<String> aliases,
		String compartment, boolean onlyThere, List<Role> roles) {

	/** Copies the lists. */
	public Marker {
		aliases = List.copyOf(aliases);
		roles = List.copyOf(roles);
	}

	/** Returns whether it has weight on any axis. */
	public boolean weighs() {
		return roles.stream().anyMatch(r -> r.weight() > 0);
	}

	/**
	 * Returns whether a reading in a compartment counts: anywhere, unless the
	 * marker speaks from one compartment only (nuclear p27, not p27).
	 */
	public boolean countsIn(final String read) {
		return !onlyThere || compartment.equals(read);
	}
}
