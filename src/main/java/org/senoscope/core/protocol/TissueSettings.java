
package org.senoscope.core.protocol;

/** Which part of the picture is analysed, besides annotations. */
public record TissueSettings(@Key(label = "Tissue mask",
	meaning = "Whether glass without tissue is left out.") TissueMasking mask,
		@Key(meaning = "Pieces of tissue smaller than this are left out.",
			unit = "µm2", min = 0) double minPieceUm2) {

	/** Automatic, pieces from 1,000 µm2. */
	public static final TissueSettings DEFAULTS = new TissueSettings(
		TissueMasking.AUTO, 1000);
}
