
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class HistogramScaleTest {

	@Test
	void everyValueLiesBetweenTheEdgesOfItsBin() {
		for (final HistogramScale scale : new HistogramScale[] {
			HistogramScale.OPTICAL_DENSITY, HistogramScale.intensity(20) })
		{
			final Histogram h = scale.histogram(new long[scale.bins()]);
			for (final double v : new double[] { -0.19, 0, 0.0501, 0.2, 1.234,
				2.9 })
			{
				final double place = h.place(v);
				assertEquals(scale.bin(v), (int) Math.floor(place));
				assertEquals(v, h.value(place), 1e-12);
			}
		}
	}

	@Test
	void intensitiesKeepHalfAPercentOverDecades() {
		final HistogramScale scale = HistogramScale.intensity(20);
		final Histogram h = scale.histogram(new long[scale.bins()]);
		for (final double v : new double[] { 200, 5000, 65535, 4e6 })
			assertEquals(1.005, h.value(scale.bin(v) + 1) / h.value(scale.bin(v)),
				0.001);
		assertEquals(0, scale.bin(-1e9), "beyond the ends: the end bins");
		assertEquals(scale.bins() - 1, scale.bin(1e12));
	}
}
