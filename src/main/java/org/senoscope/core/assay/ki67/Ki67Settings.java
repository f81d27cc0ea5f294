
package org.senoscope.core.assay.ki67;

import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.protocol.Key;

/**
 * How Ki-67 is read: mean optical density of DAB in the nucleus against a gate.
 */
public record Ki67Settings(@Key(label = "Ki-67 gate from",
	meaning = "Where the gate of Ki-67 comes from.") GateMethod gating, @Key(
		label = "Ki-67 gate (OD)",
		meaning = "Gate of Ki-67: mean DAB optical density of a nucleus from which it counts as positive (1+).",
		unit = "OD", min = 0, max = 5) double gate, @Key(
			meaning = "Mean DAB optical density of a nucleus from which it counts as 2+.",
			unit = "OD", min = 0, max = 5) double from2plus, @Key(
				meaning = "Mean DAB optical density of a nucleus from which it counts as 3+.",
				unit = "OD", min = 0, max = 5) double from3plus, @Key(
					meaning = "Nuclei below which the index is warned of (International Ki67 in Breast Cancer Working Group: 500).",
					min = 1, max = 1000000) int minNuclei, @Key(
						meaning = "Nuclei that the window of a hot spot holds at least.",
						min = 10, max = 1000000) int hotSpotNuclei, @Key(
							meaning = "Width of the 95 % interval that is asked for, in points; fields say how many more are needed.",
							unit = "points", min = 0.1, max = 100) double intervalPoints) {

	/** Fixed cuts. */
	public static final Ki67Settings DEFAULTS = new Ki67Settings(GateMethod.FIXED,
		0.2, 0.4, 0.6, 500, 500, 10);
}
