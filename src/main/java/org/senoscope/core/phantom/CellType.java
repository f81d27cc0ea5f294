
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
		FLATTENED
}
