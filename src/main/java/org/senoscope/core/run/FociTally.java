
package org.senoscope.core.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.assay.FocusRecord;
import org.senoscope.core.cell.Column;
import org.senoscope.core.evidence.CellFlag;

/**
 * Sums up what a {@link org.senoscope.core.assay.NucleusAssay} read: how many
 * nuclei look dividing or dying, and the means of every reading over the rest.
 */
final class FociTally {

	private final CellLayout layout;
	private final long[] flagged = new long[CellFlag.values().length];
	private final long[] foci;
	private final double[][] sums;
	private final long[][] counts;
	private long nuclei, usual;

	FociTally(final CellLayout layout) {
		this.layout = layout;
		final int n = layout.markers().size();
		foci = new long[layout.assay().focusMarkers().size()];
		sums = new double[n][];
		counts = new long[n][];
		for (int m = 0; m < n; m++) {
			sums[m] = new double[layout.markers().get(m).nucleusColumns().size()];
			counts[m] = new long[sums[m].length];
		}
	}

	/**
	 * Adds a nucleus.
	 *
	 * @param flags its {@link CellFlag}s
	 */
	void add(final SpilledCell c, final int flags) {
		nuclei++;
		for (final CellFlag f : CellFlag.values())
			if ((flags & f.bit()) != 0) flagged[f.ordinal()]++;
		if (flags != 0) return;
		usual++;
		final int size = FocusRecord.size(foci.length);
		for (int at = 0; at < c.foci().length; at += size)
			foci[(int) c.foci()[at]]++;
		for (int m = 0; m < sums.length; m++)
			for (int k = 0; k < sums[m].length; k++) {
				final double value = c.readings()[layout.firstReading(m) + layout
					.compartmentReadings(m) + k];
				if (Double.isNaN(value)) continue;
				sums[m][k] += value;
				counts[m][k]++;
			}
	}

	/** What {@code summary.json} holds of it. */
	Map<String, Object> summary() {
		final Map<String, Object> r = new LinkedHashMap<>();
		r.put("nuclei", nuclei);
		for (final CellFlag f : CellFlag.values())
			r.put(f.id(), flagged[f.ordinal()]);
		r.put("other_nuclei", usual);
		final Map<String, Object> found = new LinkedHashMap<>();
		for (int m = 0; m < foci.length; m++)
			found.put(layout.assay().focusMarkers().get(m), foci[m]);
		r.put("foci_of_other_nuclei", found);
		final Map<String, Object> means = new LinkedHashMap<>();
		for (int m = 0; m < sums.length; m++) {
			final List<Column> columns = layout.markers().get(m).nucleusColumns();
			for (int k = 0; k < columns.size(); k++)
				means.put(columns.get(k).name(), counts[m][k] == 0 ? Double.NaN
					: sums[m][k] / counts[m][k]);
		}
		r.put("means_over_other_nuclei", means);
		return r;
	}
}
