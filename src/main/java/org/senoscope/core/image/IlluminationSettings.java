
package org.senoscope.core.image;

import org.senoscope.core.protocol.Key;

/** How uneven light of a brightfield picture is evened out. */
public record IlluminationSettings(@Key(label = "Uneven light",
	meaning = "Whether uneven light is evened out where no blank field is given: auto does so on camera fields of X-gal.") IlluminationMode correction,
		@Key(label = "Flat field",
			meaning = "Blank field of the same camera and lens (clear glass, no specimen) by which the light is evened out.",
			file = true) String flatField, @Key(
				meaning = "Dark frame of the same camera (no light), taken off before.",
				file = true) String darkFrame) {

	/** Estimated on camera fields of X-gal. */
	public static final IlluminationSettings DEFAULTS = new IlluminationSettings(
		IlluminationMode.AUTO, "", "");
}
