
package org.senoscope.core.assay.ihc;

import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.protocol.Key;

/**
 * How a single marker is read on H-DAB: which it is, in which part of the cell,
 * and from which mean optical density of DAB a cell is positive.
 */
public record IhcSettings(@Key(label = "Marker",
	meaning = "The marker that DAB shows, by id or name of the evidence definition, which knows what it speaks for: p21, h3k9me3, lmnb1, p16, cd44, ...") String marker,
		@Key(label = "Compartment",
			meaning = "The part of the cell whose mean decides; auto: where the evidence definition reads the marker.") IhcCompartment compartment,
		@Key(label = "Gate of the marker from",
			meaning = "Where the gate of the marker comes from.") GateMethod gating,
		@Key(label = "Gate of the marker (OD)",
			meaning = "Mean DAB optical density of the compartment from which a cell counts as positive (1+).",
			unit = "OD", min = 0, max = 5) double gate, @Key(
				meaning = "Mean DAB optical density of the compartment from which a cell counts as 2+.",
				unit = "OD", min = 0, max = 5) double from2plus, @Key(
					meaning = "Mean DAB optical density of the compartment from which a cell counts as 3+.",
					unit = "OD", min = 0, max = 5) double from3plus) {

	/**
	 * The gate of a negative control, else the valley between two groups, else
	 * the cuts of Ki-67.
	 */
	public static final IhcSettings DEFAULTS = new IhcSettings("",
		IhcCompartment.AUTO, GateMethod.AUTO, 0.2, 0.4, 0.6);
}
