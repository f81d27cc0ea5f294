
package org.senoscope.core.artefact;

import org.senoscope.core.protocol.Key;

/** Which artefacts of brightfield pictures are left out. */
public record ArtefactSettings(@Key(
	meaning = "Folds; auto: of a cell sheet with X-gal, for on sections dense epithelium is taken for one.") ArtefactMasking folds,
		@Key(
			meaning = "Marker pen; inks in the colours of the stains are not told.") ArtefactMasking pen,
		@Key(meaning = "Air bubbles with their rims.") ArtefactMasking bubbles,
		@Key(
			meaning = "Opaque particles; auto: not with Sudan Black B.") ArtefactMasking debris,
		@Key(
			meaning = "Brown pigment; auto: not where DAB is a stain.") ArtefactMasking pigment,
		@Key(
			meaning = "Neutral darkening at the edge of picture or tissue.") ArtefactMasking edgeShadow,
		@Key(
			meaning = "Places out of focus; told badly, so off unless asked for; pictures up to about 5 mm.") ArtefactMasking outOfFocus,
		@Key(
			meaning = "Glass inside the tissue; only with a tissue mask.") ArtefactMasking glass) {

	/** All that can be told well. */
	public static final ArtefactSettings DEFAULTS = new ArtefactSettings(
		ArtefactMasking.AUTO, ArtefactMasking.AUTO, ArtefactMasking.AUTO,
		ArtefactMasking.AUTO, ArtefactMasking.AUTO, ArtefactMasking.AUTO,
		ArtefactMasking.OFF, ArtefactMasking.AUTO);

	/** Returns what is said of a kind. */
	public ArtefactMasking of(final ArtefactKind kind) {
		return switch (kind) {
			case FOLD -> folds;
			case PEN -> pen;
			case BUBBLE -> bubbles;
			case DEBRIS -> debris;
			case PIGMENT -> pigment;
			case EDGE_SHADOW -> edgeShadow;
			case OUT_OF_FOCUS -> outOfFocus;
			case GLASS -> glass;
		};
	}
}
