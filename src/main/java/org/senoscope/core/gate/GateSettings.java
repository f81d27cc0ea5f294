
package org.senoscope.core.gate;

import org.senoscope.core.protocol.Key;

/** What all gates have in common. */
public record GateSettings(@Key(
	meaning = "Percentile of the negative control from which cells are positive, where a gate comes from a control.",
	unit = "%", min = 50, max = 99.99) double percentile) {

	/** The 95th. */
	public static final GateSettings DEFAULTS = new GateSettings(95);
}
