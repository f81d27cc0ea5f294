
package org.senoscope.core.protocol;

/** How cells are called from their markers. */
public record PhenotypeSettings(@Key(file = true,
	meaning = "Evidence definition of your own (YAML, docs/evidence.md); empty: the built-in one.") String definition,
		@Key(file = true,
			meaning = "Phenotype model that tells the states: folder, zip, or name of a shipped one; empty: the evidence rules alone.") String network,
		@Key(
			meaning = "Tumour cells below which no percentage of a phenotype is given.",
			min = 1, max = 1000000) int minCells, @Key(
				meaning = "Share of its calls of each class that the network may make, the least certain others being indeterminate; 0: as it was trained.",
				min = 0, max = 1) double coverage) {

	/** The built-in definition; no percentage of fewer than ten cells. */
	public static final PhenotypeSettings DEFAULTS = new PhenotypeSettings("", "",
		10, 0);
}
