
package org.senoscope.core.phantom;

/** Kinds of cells that are planted. */
public enum CellType {
		/** Large oval nucleus, vesicular chromatin. */
		TUMOUR,
		/** Small round nucleus, dense chromatin. */
		LYMPHOCYTE,
		/** Spindle nucleus of a fibroblast or endothelial cell. */
		STROMA,
		/** Adherent cell of a culture. */
		CULTURED,
		/** Large flattened adherent cell, as senescent cells of a culture are. */
		FLATTENED,
		/** Shrunken, dense nucleus of a dying cell. */
		APOPTOTIC,
		/** Chromosomes of a dividing cell, as a plate. */
		MITOTIC
}
