
package org.senoscope.core.assay.ihc;

import org.senoscope.core.UserException;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.evidence.Marker;

/** Where a single marker is read, or that its definition says so. */
public enum IhcCompartment {

		/** Where the evidence definition reads the marker. */
		AUTO,
		/** {@link Compartment#NUCLEUS}. */
		NUCLEUS,
		/** {@link Compartment#RING}. */
		RING,
		/** {@link Compartment#CYTOPLASM}. */
		CYTOPLASM,
		/** {@link Compartment#MEMBRANE}. */
		MEMBRANE,
		/** {@link Compartment#CELL}. */
		CELL;

	/**
	 * Returns the compartment of a marker.
	 *
	 * @throws UserException if its definition names none of a cell
	 */
	Compartment of(final Marker marker) {
		final String name = this == AUTO ? marker.compartment() : name();
		for (final Compartment c : Compartment.values())
			if (c.name().equalsIgnoreCase(name)) return c;
		throw new UserException(marker.label() + " is a marker of the " + name +
			", no part of a cell; say where to read it with --ihc-compartment");
	}
}
