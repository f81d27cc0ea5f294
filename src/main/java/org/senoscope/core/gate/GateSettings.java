
package org.senoscope.core.gate;

import org.senoscope.core.protocol.Key;

/** What all gates have in common. */
public record GateSettings(@Key(
	meaning = "Percentile of the negative control from which cells are positive, where a gate comes from a control.",
	unit = "%", min = 50, max = 99.99) double percentile, @Key(
		label = "Gates hold for",
		meaning = "Whether every slide has its own gate or all slides of a run the same (batch: two passes, twice the time); collect only adds the slide's readings to gates.file.") GateScope scope,
		@Key(
			meaning = "Readings of a batch (batch-gates.json): written by collect, read by batch; open: a run over several images makes it in its output folder.",
			file = true) String file) {

	/** The 95th, slide by slide. */
	public static final GateSettings DEFAULTS = new GateSettings(95,
		GateScope.SLIDE, "");
}
