
package org.senoscope.core.artefact;

import org.senoscope.core.protocol.Key;

/** Which artefacts of brightfield pictures are left out. */
public record ArtefactSettings(@Key(
	meaning = "Folds of section or cell sheet.") ArtefactMasking folds, @Key(
		meaning = "Marker pen; inks in the colours of the stains are not told.") ArtefactMasking pen,
		@Key(meaning = "Air bubbles with their rims.") ArtefactMasking bubbles,
		@Key(meaning = "Opaque particles.") ArtefactMasking debris, @Key(
			meaning = "Brown pigment; auto: not where DAB is a stain.") ArtefactMasking pigment,
		@Key(
			meaning = "Neutral darkening at the edge of picture or tissue.") ArtefactMasking shadow,
		@Key(
			meaning = "Places out of focus; pictures up to about 5 mm.") ArtefactMasking blur,
		@Key(
			meaning = "Glass inside the tissue; only with a tissue mask.") ArtefactMasking glass) {

	/** All that can be told. */
	public static final ArtefactSettings DEFAULTS = new ArtefactSettings(
		ArtefactMasking.AUTO, ArtefactMasking.AUTO, ArtefactMasking.AUTO,
		ArtefactMasking.AUTO, ArtefactMasking.AUTO, ArtefactMasking.AUTO,
		ArtefactMasking.AUTO, ArtefactMasking.AUTO);

	/** Returns what is said of a kind. */
	public ArtefactMasking of(final ArtefactKind kind) {
		return switch (kind) {
			case FOLD -> folds;
			case PEN -> pen;
			case BUBBLE -> bubbles;
			case DEBRIS -> debris;
			case PIGMENT -> pigment;
			case EDGE_SHADOW -> shadow;
			case OUT_OF_FOCUS -> blur;
			case GLASS -> glass;
		};
	}
}
