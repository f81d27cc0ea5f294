
package org.senoscope.core.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

import org.senoscope.core.cell.EdgeWidth;

/**
 * Tells once for a slide from which width of its edge a nucleus is out of
 * focus: a multiple of the slide's sharp nuclei, within bounds in µm, so that
 * neither the softest nuclei of a sharp slide are flagged nor a wholly blurred
 * slide passes. Widths stand in bins, so that threads do not matter.
 */
final class FocusCheck {

	/** How many times as wide as that of a sharp nucleus the edge is. */
	private static final double TIMES_SHARP = 2;

	/** Share of nuclei that are sharper than the one that stands for sharp. */
	private static final double SHARP_SHARE = 0.25;

	/** No narrower edge is out of focus, and every wider one is; µm. */
	private static final double SHARPEST_UM = 2.8;
	private static final double WIDEST_UM = 3.2;

	/** Share of nuclei out of focus from which the slide is warned of. */
	private static final double WARN_SHARE = 0.2;

	private static final double BIN_UM = 0.05;
	private static final int BINS = 400;

	private final long nuclei;
	private final long flagged;
	private final double sharpUm;
	private final double medianUm;
	private final int cut;

	/**
	 * Sets the cut.
	 *
	 * @param widths nuclei by width of their edge, see {@link #histogram()}
	 * @param pixelSizeUm width of a level-0 pixel
	 */
	FocusCheck(final AtomicLongArray widths, final double pixelSizeUm) {
		nuclei = count(widths, 0);
		sharpUm = quantile(widths, SHARP_SHARE);
		medianUm = quantile(widths, 0.5);
		// NaN without nuclei: then nothing is compared with the cut
		final double cutUm = Math.max(Math.max(SHARPEST_UM, TIMES_SHARP * EdgeWidth
			.finest(pixelSizeUm)), Math.min(WIDEST_UM, TIMES_SHARP * sharpUm));
		cut = bin(cutUm);
		flagged = count(widths, cut);
	}

	private static long count(final AtomicLongArray widths, final int from) {
		long n = 0;
		for (int i = from; i < BINS; i++)
			n += widths.get(i);
		return n;
	}

	/** Middle of the bin that holds a quantile, NaN without nuclei. */
	private double quantile(final AtomicLongArray widths, final double share) {
		long below = 0;
		for (int i = 0; i < BINS; i++)
			if ((below += widths.get(i)) > share * nuclei) return (i + 0.5) * BIN_UM;
		return Double.NaN;
	}

	/** Returns an empty histogram of widths. */
	static AtomicLongArray histogram() {
		return new AtomicLongArray(BINS);
	}

	/** Counts a nucleus whose edge could be measured. */
	static void add(final AtomicLongArray histogram, final double widthUm) {
		if (!Double.isNaN(widthUm)) histogram.incrementAndGet(bin(widthUm));
	}

	private static int bin(final double widthUm) {
		return (int) Math.min(BINS - 1, Math.round(widthUm / BIN_UM - 0.5));
	}

	/** Whether a nucleus is out of focus; false where its edge is not known. */
	boolean isOut(final double widthUm) {
		return !Double.isNaN(widthUm) && bin(widthUm) >= cut;
	}

	/** What {@code run.json} holds of it. */
	Map<String, Object> record() {
		final Map<String, Object> r = new LinkedHashMap<>();
		r.put("sharp_edge_um", sharpUm);
		r.put("median_edge_um", medianUm);
		r.put("out_of_focus_from_um", nuclei == 0 ? Double.NaN : Math.round(cut *
			BIN_UM * 100) / 100.0);
		r.put("nuclei_judged", nuclei);
		r.put("nuclei_out_of_focus", flagged);
		return r;
	}

	void warn(final List<String> warnings) {
		if (flagged > WARN_SHARE * nuclei) warnings.add(String.format(Locale.ROOT,
			"%.0f %% of the nuclei are out of focus (flag out_of_focus); scan the slide again, or read their values with care.",
			100.0 * flagged / nuclei));
	}
}
