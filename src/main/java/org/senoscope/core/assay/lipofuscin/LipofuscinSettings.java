
package org.senoscope.core.assay.lipofuscin;

import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.protocol.Key;

/**
 * How lipofuscin is read: the share of the cytoplasm that granules cover.
 */
public record LipofuscinSettings(@Key(label = "Lipofuscin gate from",
	meaning = "Where the gate of lipofuscin comes from. Most cells have no granule at all, so the readings have no valley: a control or the written gate.") GateMethod gating,
		@Key(label = "Lipofuscin gate (share of cytoplasm)",
			meaning = "Share of the cytoplasm covered by granules from which a cell counts as positive.",
			min = 0, max = 1) double gate, @Key(label = "Granule (OD)",
				meaning = "Optical density of Sudan Black B or DAB from which a pixel counts as granule.",
				unit = "OD", min = 0, max = 5) double granulePixel) {

	/** The gate of a negative control, else 3 % of the cytoplasm. */
	public static final LipofuscinSettings DEFAULTS = new LipofuscinSettings(
		GateMethod.CONTROL, 0.03, 0.3);
}
