
package org.senoscope.core.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.cell.Lineage;
import org.senoscope.core.cell.NucleusShape;
import org.senoscope.core.region.RegionFeatures;
import org.senoscope.core.region.RegionForest;

/**
 * What the region classifier tells of the cells of a slide, in the order of the
 * table: known once all cells are, because it looks at what lies around each.
 */
final class RegionLineages {

	private static final Lineage[] LINEAGES = Lineage.values();

	private final RegionForest forest;
	private final byte[] told;
	private final long[] counts = new long[LINEAGES.length];

	private RegionLineages(final RegionForest forest, final int cells) {
		this.forest = forest;
		told = new byte[cells];
	}

	/** Tells all cells; 40 bytes of memory a cell while it does. */
	static RegionLineages of(final RegionForest forest, final StoredCells cells,
		final double pixelSizeUm, final Cancellation cancellation)
	{
		final RegionFeatures features = new RegionFeatures();
		cells.forEachBlock(block -> block.forEach(c -> {
			final NucleusShape s = c.shape();
			features.add(c.centroidX() * pixelSizeUm, c.centroidY() * pixelSizeUm, s
				.areaUm2(), s.minorAxisUm(), s.eccentricity(), s.solidity());
		}), cancellation);
		final RegionLineages lineages = new RegionLineages(forest, features
			.cells());
		features.forEach((cell, values) -> {
			if (cell % 4096 == 0) cancellation.check();
			final Lineage lineage = forest.tell(values);
			lineages.told[cell] = (byte) lineage.ordinal();
			lineages.counts[lineage.ordinal()]++;
		});
		return lineages;
	}

	Lineage of(final long cell) {
		return LINEAGES[told[(int) cell]];
	}

	/** What {@code summary.json} and {@code run.json} hold of it. */
	Map<String, Object> summary() {
		final Map<String, Object> all = new LinkedHashMap<>();
		for (final Lineage lineage : LINEAGES)
			all.put(lineage.id(), counts[lineage.ordinal()]);
		all.put("balanced_accuracy", forest.balancedAccuracy());
		return all;
	}

	/** What readers of the numbers should know. */
	String warning() {
		return String.format(Locale.ROOT,
			"Tumour cells were told by a region classifier, not by a pathologist (balanced accuracy %s in its own cross-validation); look at column lineage and at the picture before the index is used.",
			Double.isNaN(forest.balancedAccuracy()) ? "not known" : String.format(
				Locale.ROOT, "%.2f", forest.balancedAccuracy()));
	}
}
