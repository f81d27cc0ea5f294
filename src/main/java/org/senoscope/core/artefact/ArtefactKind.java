
package org.senoscope.core.artefact;

import java.util.Locale;

/**
 * What the ledger takes off, in the order of the ledger: where two meet, the
 * earlier one has the pixel.
 */
public enum ArtefactKind {

		/** Marker pen, ink. */
		PEN("pen marks", 0x1e88e5),
		/** The section or cell sheet lies double. */
		FOLD("folds", 0xd81b60),
		/** Air under the cover slip, with its rim. */
		BUBBLE("air bubbles", 0x00acc1),
		/** Opaque particles: dust, dirt, dark crystals. */
		DEBRIS("debris and crystals", 0xffd600),
		/** Brown granules that are no stain: melanin, haemosiderin. */
		PIGMENT("brown pigment", 0x8d4b08),
		/** Neutral darkening at the edge of the picture or tissue. */
		EDGE_SHADOW("edge shadow", 0x8e24aa),
		/** Fine structure is lost. */
		OUT_OF_FOCUS("out of focus", 0xfb8c00),
		/** Bare glass inside the tissue. */
		GLASS("holes and glass", 0x7cb342);

	private final String label;
	private final int rgb;

	ArtefactKind(final String label, final int rgb) {
		this.label = label;
		this.rgb = rgb;
	}

	/** Returns the word in files. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Returns the words a reader sees. */
	public String label() {
		return label;
	}

	/** Returns the colour of its layer, 0xrrggbb. */
	public int rgb() {
		return rgb;
	}
}
