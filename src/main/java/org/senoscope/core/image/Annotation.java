
package org.senoscope.core.image;

import org.locationtech.jts.geom.Geometry;

/**
 * An area that somebody drew on an image.
 *
 * @param name name of the area, empty where it has none
 * @param classification class of the area ("Tumor", "Stroma", ...), empty where
 *          it has none
 * @param geometry polygon or multi-polygon, holes included, in continuous
 *          level-0 pixels, origin at the top left corner of the first pixel
 */
public record Annotation(String name, String classification,
		Geometry geometry) {

	/** Replaces missing texts by empty ones. */
	public Annotation {
		name = name == null ? "" : name.strip();
		classification = classification == null ? "" : classification.strip();
		if (geometry == null) throw new IllegalArgumentException(
			"an annotation without geometry");
	}
}
