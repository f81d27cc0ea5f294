
package org.senoscope.core.assay.costain;

import java.util.List;

import org.senoscope.core.gate.GivenGates;
import org.senoscope.core.image.PixelSource;

/**
 * What a panel is read with beside its picture.
 *
 * @param blank blank control, null without
 * @param singles controls that are stained with one marker alone
 * @param gates gates of markers for which the protocol has none
 */
public record PanelReferences(PixelSource blank, List<Single> singles,
		GivenGates gates) {

	/**
	 * A control that is stained with one marker, or with none to show
	 * autofluorescence.
	 *
	 * @param marker the marker, or the channel in which its light belongs
	 * @param name its name in every output
	 * @param source its pixels, in the channels of the picture
	 */
	public record Single(String marker, String name, PixelSource source) {
	}

	/** Copies the list. */
	public PanelReferences {
		singles = List.copyOf(singles);
	}
}
