
package org.senoscope.core.gate;

import org.senoscope.core.run.Histogram;

/**
 * The counts of a histogram on a scale on which neither a long tail nor a
 * narrow low peak hides the other: {@code t = asinh((v - low) / scale)}, linear
 * over the lower half of the values and logarithmic above. Such a scale makes
 * no second peak of a single one, be it normal, log-normal, gamma or
 * exponential, or with heavy tails.
 */
final class SpreadCounts {

	static final int BINS = 512;

	/** Share of the values below which the scale begins. */
	private static final double LOWEST = 0.005;

	/** Least width of the linear part, in bins of the histogram. */
	private static final double FINEST = 8;

	private final double low;
	private final double scale;
	private final double from;
	private final double width;
	private final double[] counts = new double[BINS];
	private double total;

	SpreadCounts(final Histogram h) {
		low = h.quantile(LOWEST);
		// bins of the histogram are steps, which a finer scale would take for peaks
		final int place = Math.max(0, Math.min(h.counts().length - 1, (int) h.place(
			low)));
		scale = Math.max(h.quantile(0.5) - low, FINEST * (h.value(place + 1) - h
			.value(place)));
		// the end bins hold what lies beyond them
		int first = 1, last = h.counts().length - 2;
		while (first < last && h.counts()[first] == 0)
			first++;
		while (last > first && h.counts()[last] == 0)
			last--;
		from = at(h.value(first));
		width = Math.max(1e-9, (at(h.value(last + 1)) - from) / BINS);
		for (int i = first; i <= last; i++) {
			if (h.counts()[i] == 0) continue;
			// a bin of the histogram may be wider than one here, or narrower
			final double a = (at(h.value(i)) - from) / width, b = (at(h.value(i +
				1)) - from) / width;
			for (int k = (int) a; k < Math.min(BINS, b); k++) {
				final double part = (Math.min(b, k + 1) - Math.max(a, k)) / Math.max(
					1e-12, b - a);
				if (part > 0) counts[k] += part * h.counts()[i];
			}
			total += h.counts()[i];
		}
	}

	private SpreadCounts(final SpreadCounts like, final double[] drawn) {
		low = like.low;
		scale = like.scale;
		from = like.from;
		width = like.width;
		System.arraycopy(drawn, 0, counts, 0, BINS);
		for (final double c : drawn)
			total += c;
	}

	/** Returns the same scale with other counts. */
	SpreadCounts with(final double[] drawn) {
		return new SpreadCounts(this, drawn);
	}

	private double at(final double value) {
		final double x = (value - low) / scale;
		return x < 0 ? -asinh(-x) : asinh(x);
	}

	private static double asinh(final double x) {
		return Math.log(x + Math.sqrt(x * x + 1));
	}

	/** Returns the value at a place, in bins from the first. */
	double value(final double bin) {
		return low + scale * Math.sinh(from + bin * width);
	}

	double[] counts() {
		return counts;
	}

	double total() {
		return total;
	}
}
