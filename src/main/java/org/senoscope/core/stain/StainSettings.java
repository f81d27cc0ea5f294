
package org.senoscope.core.stain;

import org.senoscope.core.protocol.Key;
import org.senoscope.core.protocol.StainVectorSource;

/** How colours are separated into stains on brightfield images. */
public record StainSettings(@Key(label = "Stain vectors",
	meaning = "Where stain vectors come from.") StainVectorSource vectors, @Key(
		meaning = "Optical-density vector of the nuclear counterstain as r,g,b; empty: by vectors.") String counterstain,
		@Key(
			meaning = "Optical-density vector of the chromogen (DAB, indigo) as r,g,b; empty: by vectors.") String chromogen,
		@Key(
			meaning = "Colour of clear glass as r,g,b from 0 to 255; empty: found from the slide.") String white) {

	/** Automatic. */
	public static final StainSettings DEFAULTS = new StainSettings(
		StainVectorSource.AUTO, "", "", "");
}
