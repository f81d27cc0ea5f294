
package org.senoscope.core.gate;

import java.util.Map;

import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.run.Histogram;

/**
 * What a gate can be taken from: the deciding reading of the cells of a slide,
 * and of those of its controls.
 *
 * @param cells readings of the slide's cells that count
 * @param controls readings of the controls that were measured
 */
public record GateReadings(Histogram cells,
		Map<ControlRole, ControlSample> controls) {

	/** Copies the controls. */
	public GateReadings {
		controls = Map.copyOf(controls);
	}

	/** Returns readings without controls. */
	public static GateReadings of(final Histogram cells) {
		return new GateReadings(cells, Map.of());
	}

	/** Returns the readings of a control, null where there is none. */
	public ControlSample control(final ControlRole role) {
		return controls.get(role);
	}
}
