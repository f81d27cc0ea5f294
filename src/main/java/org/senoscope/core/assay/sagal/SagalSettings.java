
package org.senoscope.core.assay.sagal;

import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.protocol.Key;

/**
 * How SA-β-gal is read on X-gal: optical density of indigo around the nucleus
 * and over the tissue, at full resolution.
 */
public record SagalSettings(@Key(label = "SA-beta-gal gate from",
	meaning = "Where the gate of SA-beta-gal comes from.") GateMethod gating,
		@Key(label = "SA-beta-gal gate (OD)",
			meaning = "Gate of SA-beta-gal: mean indigo optical density of the cytoplasm (ring included) from which a cell counts as positive.",
			unit = "OD", min = 0, max = 5) double gate, @Key(
				label = "Stained pixel (OD)",
				meaning = "Indigo optical density from which a pixel may count as stained area.",
				unit = "OD", min = 0, max = 5) double stainedPixel, @Key(
					meaning = "Indigo optical density of the pixels from which stained area grows: a fainter pixel counts where it is connected to one of these within 3 µm.",
					unit = "OD", min = 0, max = 5) double stainedSeed, @Key(
						meaning = "Teal score (a colour opponent that grey and the counterstain do not raise, 1 for indigo of OD 1) from which a pixel may count as stained area.",
						unit = "OD", min = -5, max = 5) double tealPixel, @Key(
							meaning = "Optical density from which a pixel is too dense to be measured (not Beer-Lambert); its cell is flagged as saturated.",
							unit = "OD", min = 0, max = 5) double saturation, @Key(
								label = "Cells from",
								meaning = "What shows the cells of X-gal: nuclei, relief (unstained cells by relief, stained ones by granules), granules (stained cells alone, beside a typed total), or auto: nuclei where they are seen, else granules with a typed total and relief without.") CellsFrom cellsFrom,
		@Key(label = "Typed total of cells",
			meaning = "Cells of the analysed area counted by hand, of which the share of positive ones is taken; open: the cells that are found.",
			min = 1, max = 1e9) double totalCells, @Key(label = "Cell diameter (µm)",
				meaning = "Typical diameter of a cell where no nucleus shows it.",
				unit = "µm", min = 5, max = 200) double cellUm, @Key(
					meaning = "Whether nuclei that dense X-gal hides in a paired nuclei image are added: pale ovals in granules that no seen nucleus accounts for (flag quenched).") boolean quenched) {

	/**
	 * The gate of a negative control, else the valley between two groups of
	 * cells, else 0.15.
	 */
	public static final SagalSettings DEFAULTS = new SagalSettings(
		GateMethod.AUTO, 0.15, 0.24, 0.3, 0.1, 1.8, CellsFrom.AUTO, Double.NaN, 30,
		true);
}
