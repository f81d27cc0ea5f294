
package org.senoscope.core.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.evidence.CellFlag;

/**
 * Tells nuclei that look dividing or dying from the slide's typical nucleus:
 * much denser DNA in no larger an area is condensed, mitotic with the DNA of a
 * divided nucleus and apoptotic with less; γH2AX far above the typical level
 * between foci is pan-nuclear, as in apoptosis (Solier and Pommier 2009).
 * Values stand in bins, so that threads do not matter. Without a
 * {@link org.senoscope.core.assay.NucleusAssay} nothing is told.
 */
final class NucleusLooks {

	/** Nuclei below which there is no typical one. */
	private static final int FEWEST = 20;

	/** DNA, over the typical nucleus, from which a condensed one is mitotic. */
	private static final double DIVIDED = 1.4;

	/** Pan-nuclear γH2AX, over the typical nucleus, */
	private static final double PAN_TIMES = 4;
	/** and in quartile distances above it. */
	private static final double PAN_SPREADS = 8;

	private static final int DENSITY = 0, CONTENT = 1, AREA = 2, GH2AX = 3;
	private static final int VALUES = 4;
	private static final int OCTAVE = 64, LOWEST = -24, BINS = 64 * OCTAVE;

	/** Counts of nuclei by value. */
	static final class Counts {

		private final int gh2ax;
		private final boolean on;
		private final AtomicLongArray[] bins = new AtomicLongArray[VALUES];

		Counts(final boolean on, final int gh2ax) {
			this.on = on;
			this.gh2ax = gh2ax;
			for (int v = 0; on && v < VALUES; v++)
				bins[v] = new AtomicLongArray(BINS);
		}

		void add(final SpilledCell c) {
			for (int v = 0; on && v < VALUES; v++) {
				final double value = value(c, v);
				if (!Double.isNaN(value)) bins[v].incrementAndGet(bin(value));
			}
		}

		private double value(final SpilledCell c, final int v) {
			return switch (v) {
				case DENSITY -> c.readings()[0];
				case CONTENT -> c.readings()[1];
				case AREA -> c.shape().areaUm2();
				default -> gh2ax < 0 ? Double.NaN : c.readings()[gh2ax];
			};
		}

		private long count(final int v) {
			long n = 0;
			for (int i = 0; i < BINS; i++)
				n += bins[v].get(i);
			return n;
		}

		private double quantile(final int v, final double share) {
			final long n = count(v);
			if (n < FEWEST) return Double.NaN;
			long below = 0;
			for (int i = 0; i < BINS; i++)
				if ((below += bins[v].get(i)) > share * n) return Math.pow(2, LOWEST +
					(i + 0.5) / OCTAVE);
			return Double.NaN;
		}
	}

	private static int bin(final double value) {
		return value <= 0 ? 0 : (int) Math.max(0, Math.min(BINS - 1, Math.floor(
			OCTAVE * (Math.log(value) / Math.log(2) - LOWEST))));
	}

	/** Returns empty counts. */
	static Counts counts(final CellLayout layout) {
		if (!layout.hasFoci()) return new Counts(false, -1);
		final List<MarkerAnalyzer> markers = layout.markers();
		for (int m = 0; m < markers.size(); m++)
			for (int k = 0; k < markers.get(m).nucleusColumns().size(); k++)
				if (markers.get(m).nucleusColumns().get(k).name().equals(
					"gh2ax_nucleoplasm")) return new Counts(true, layout.firstReading(m) +
						layout.compartmentReadings(m) + k);
		return new Counts(true, -1);
	}

	private final Counts counts;
	private final double density, content, area, panFrom, condensedFrom;

	/**
	 * Settles what is typical.
	 *
	 * @param counts all nuclei of the slide
	 * @param condensedFrom density of DNA over the typical one from which a
	 *          nucleus is condensed
	 */
	NucleusLooks(final Counts counts, final double condensedFrom) {
		this.counts = counts;
		this.condensedFrom = condensedFrom;
		density = counts.on ? counts.quantile(DENSITY, 0.5) : Double.NaN;
		content = counts.on ? counts.quantile(CONTENT, 0.5) : Double.NaN;
		area = counts.on ? counts.quantile(AREA, 0.5) : Double.NaN;
		final double middle = counts.on ? counts.quantile(GH2AX, 0.5) : Double.NaN;
		panFrom = Double.isNaN(middle) ? Double.NaN : Math.max(PAN_TIMES * middle,
			middle + PAN_SPREADS * (counts.quantile(GH2AX, 0.75) - middle));
	}

	/** Returns the set of {@link CellFlag#bit()} of a nucleus. */
	int flags(final SpilledCell c) {
		if (!counts.on) return 0;
		int flags = 0;
		// comparisons with NaN fail: nothing is told without a typical nucleus
		if (counts.value(c, DENSITY) >= condensedFrom * density && c.shape()
			.areaUm2() <= area) flags |= (counts.value(c, CONTENT) >= DIVIDED *
				content ? CellFlag.MITOTIC : CellFlag.APOPTOTIC).bit();
		if (counts.value(c, GH2AX) >= panFrom) flags |= CellFlag.PAN_NUCLEAR_GH2AX
			.bit();
		return flags;
	}

	/** What {@code run.json} holds of it. */
	Map<String, Object> record() {
		final Map<String, Object> r = new LinkedHashMap<>();
		r.put("dna_mean_median", density);
		r.put("dna_integrated_median", content);
		r.put("nucleus_area_median_um2", area);
		r.put("condensed_from_dna_mean", condensedFrom * density);
		r.put("mitotic_from_dna_integrated", DIVIDED * content);
		r.put("pan_nuclear_gh2ax_from", panFrom);
		return r;
	}
}
