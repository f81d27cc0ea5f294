
package org.senoscope.core.cell;

import org.senoscope.core.protocol.Key;

/** How far cells reach around their nuclei. */
public record CompartmentSettings(@Key(label = "Cell expansion (µm)",
	meaning = "Largest distance that a cell reaches beyond its nucleus; it stops half-way to a neighbour.",
	unit = "µm", min = 0, max = 100) double expansionUm, @Key(
		meaning = "Width of the perinuclear ring.", unit = "µm", min = 0,
		max = 50) double ringUm, @Key(
			meaning = "Width of the rim of a cell that counts as its membrane.",
			unit = "µm", min = 0.1, max = 10) double membraneUm) {

	/** 5 µm as in QuPath, ring of 2 µm, membrane of 1 µm. */
	public static final CompartmentSettings DEFAULTS = new CompartmentSettings(5,
		2, 1);
}
