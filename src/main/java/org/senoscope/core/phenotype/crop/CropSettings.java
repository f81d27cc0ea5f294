
package org.senoscope.core.phenotype.crop;

import org.senoscope.core.protocol.Key;

/** Where the pictures are from which nuclei are cut. */
public record CropSettings(@Key(label = "Pictures of nuclei", file = true,
	meaning = "Folder of the pictures that the table's cells lie in (column image): nuclei are learned from their pictures, not from columns; none: from columns.") String images,
		@Key(label = "Labels of nuclei", file = true,
			meaning = "Folder of label images (value = cell_id), by the names of the pictures, or of results of Senoscope.") String labels,
		@Key(
			meaning = "Channel of the nuclear dye, by name or number from 1; open: found by name.") String channel,
		@Key(meaning = "Width of a pixel; open: from the pictures.", unit = "µm",
			min = 0.001, max = 1000) double pixelSize) {

	/** No pictures. */
	public static final CropSettings DEFAULTS = new CropSettings("", "", "",
		Double.NaN);

	/** Returns whether there are pictures to cut nuclei from. */
	public boolean given() {
		return !images.isBlank();
	}
}
