
package org.senoscope.core.protocol;

/** How intervals are made. */
public record StatisticsSettings(@Key(
	meaning = "Resamplings of the spatial bootstrap.", min = 100,
	max = 100000) int bootstrapSamples, @Key(
		meaning = "Side of the square that the spatial bootstrap resamples as a whole.",
		unit = "µm", min = 10, max = 10000) double bootstrapSquareUm, @Key(
			meaning = "Seed of the random numbers.") int seed) {

	/** 2,000 resamplings of squares of 250 µm. */
	public static final StatisticsSettings DEFAULTS = new StatisticsSettings(2000,
		250, 1);
}
