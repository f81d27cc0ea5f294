
package org.senoscope.core.assay.costain;

import org.senoscope.core.protocol.Key;
import org.senoscope.core.protocol.Registering;

/**
 * Fluorescence of the field of an X-gal picture, measured with it: its channels
 * are markers of a panel ({@link PanelSettings}), read in the same cells.
 */
public record FluorescenceSettings(@Key(label = "Fluorescence image",
	meaning = "Fluorescence image of the same field as an X-gal picture, whose channels are measured as markers beside SA-beta-gal; a file or a pattern such as {name}_fluo.tif. Its nuclear channel shows the nuclei unless a nuclei image is given.",
	file = true) String image, @Key(
		meaning = "Whether the fluorescence image is laid over the picture by translation and rotation of up to 5 degrees: auto (where they match), on (or stop) or off.") Registering register) {

	/** No such image. */
	public static final FluorescenceSettings DEFAULTS = new FluorescenceSettings(
		"", Registering.AUTO);
}
