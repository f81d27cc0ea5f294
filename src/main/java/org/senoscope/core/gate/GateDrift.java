
package org.senoscope.core.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How gates and readings of one marker move over the slides of a batch: each
 * slide's distance from the median of the batch, in robust standard deviations
 * (1.4826 times the median absolute deviation, at least a fiftieth of the
 * median).
 */
public final class GateDrift {

	/** Distance from which a slide stands out. */
	public static final double FAR = 3.5;

	/** Slides from which a batch has a spread. */
	public static final int FEWEST = 4;

	private GateDrift() {}

	/**
	 * Returns the distance of each value from the others.
	 *
	 * @param values one a slide, NaN where not measured
	 * @return NaN where not measured or where there are fewer than
	 *         {@link #FEWEST} values
	 */
	public static double[] distances(final double[] values) {
		final double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v))
			.sorted().toArray();
		final double[] out = new double[values.length];
		Arrays.fill(out, Double.NaN);
		if (known.length < FEWEST) return out;
		final double median = median(known);
		final double[] off = Arrays.stream(known).map(v -> Math.abs(v - median))
			.sorted().toArray();
		final double spread = Math.max(1.4826 * median(off), Math.abs(median) / 50);
		for (int i = 0; i < values.length; i++)
			out[i] = spread == 0 ? 0 : (values[i] - median) / spread;
		return out;
	}

	/** Returns the names of slides that stand out. */
	public static List<String> far(final List<String> names,
		final double[] distances)
	{
		final List<String> far = new ArrayList<>();
		for (int i = 0; i < distances.length; i++)
			if (Math.abs(distances[i]) > FAR) far.add(names.get(i));
		return far;
	}

	private static double median(final double[] sorted) {
		final int n = sorted.length;
		return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
	}
}
