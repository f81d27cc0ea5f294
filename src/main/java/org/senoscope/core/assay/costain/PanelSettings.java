
package org.senoscope.core.assay.costain;

import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.protocol.Key;

/**
 * A panel of markers in fluorescence. The texts are one line each, so that they
 * are the same in a protocol file, a flag and a macro; {@link PanelMarker},
 * {@link BleedThrough} and {@link org.senoscope.core.evidence.MarkerRule} read
 * them.
 */
public record PanelSettings(@Key(label = "Markers",
	meaning = "Markers, separated by semicolons: MARKER, or MARKER=CHANNEL, then in any order and each after a colon compartments (nucleus, ring, cytoplasm, membrane, cell; several with commas, the first decides), a reading (mean, integrated, p05, granularity), a background, a way to gate or a number as gate: 'p16:nucleus; ki67=Cy5:nucleus:850; cd44:membrane:otsu'.") String markers,
		@Key(
			meaning = "Whether channels that are named after a known marker and not listed are measured too.") boolean unlisted,
		@Key(label = "Gates from",
			meaning = "Where the gate of a marker comes from that says nothing else.") GateMethod gating,
		@Key(label = "Gates", file = true,
			meaning = "CSV file with gates of markers for which none is written here: marker and gate in the unit of the readings, or as SCIMAP writes them (logarithm of 1 + intensity) markers and gates, or a column a slide.") String gates,
		@Key(label = "Background",
			meaning = "What is taken off a channel whose marker says nothing else.") BackgroundMethod background,
		@Key(meaning = "Radius of the rolling ball.", unit = "µm", min = 5,
			max = 1000) double ballUm, @Key(label = "Bleed-through",
				meaning = "Light that gets from one channel into another, as share: FROM>TO=SHARE, separated by semicolons, by marker or channel: 'p16>p21=0.1; AF>cd44=0.3'; corrected in every pixel.") String bleedThrough,
		@Key(label = "Rules",
			meaning = "Rules, separated by semicolons, each a column rule_NAME: 'arrested = p16+ and not ki67+; stem = 2 of (cd44+, cd133+, aldh1+)'.") String rules,
		@Key(
			meaning = "Pairs of markers whose overlap is measured pixel by pixel in each cell (Pearson, Manders), separated by semicolons: 'p16,p21'.") String overlap) {

	/** Every channel that is known by its name. */
	public static final PanelSettings DEFAULTS = new PanelSettings("", true,
		GateMethod.AUTO, "", BackgroundMethod.LOCAL, 50, "", "", "");
}
