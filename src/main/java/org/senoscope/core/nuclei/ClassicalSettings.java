
package org.senoscope.core.nuclei;

import java.util.ArrayList;
import java.util.List;

/**
 * What a user may set for the classical nucleus segmentation. Everything that
 * is NaN is found from the image.
 *
 * @param diameterUm typical diameter of a nucleus in µm; NaN finds it from the
 *          image
 * @param minAreaUm2 smallest nucleus in µm²; NaN takes a fixed share of the
 *          typical area
 * @param maxAreaUm2 largest nucleus in µm²; NaN takes a multiple of the typical
 *          area
 * @param thresholdScale factor on the automatic detection threshold above
 *          background; 1 is automatic, more finds fewer nuclei
 * @param smoothing standard deviation of the smoothing Gaussian as a share of
 *          the nucleus diameter
 * @param splitting 0 to 10: readiness to split touching nuclei; 1 is balanced,
 *          less splits less
 * @param minRelativeSignal 0 to 1: least mean signal of a nucleus above
 *          background as a share of that of the typical nucleus; the threshold
 *          scale multiplies it
 * @param brightfield whether the plane is made from stains that absorb light
 */
public record ClassicalSettings(double diameterUm, double minAreaUm2,
		double maxAreaUm2, double thresholdScale, double smoothing,
		double splitting, double minRelativeSignal, boolean brightfield) {

	/**
	 * Least relative signal on brightfield planes, where weakly stained cytoplasm
	 * and fibres have outlines too.
	 */
	public static final double BRIGHTFIELD_RELATIVE_SIGNAL = 0.2;

	/**
	 * Factor on the readiness to split on brightfield planes, where the chromatin
	 * of large pale nuclei is coarse.
	 */
	public static final double BRIGHTFIELD_SPLITTING = 0.6;

	/** Settings without a least relative signal, as fluorescence needs them. */
	public ClassicalSettings(final double diameterUm, final double minAreaUm2,
		final double maxAreaUm2, final double thresholdScale,
		final double smoothing, final double splitting)
	{
		this(diameterUm, minAreaUm2, maxAreaUm2, thresholdScale, smoothing,
			splitting, 0, false);
	}

	/** @return settings that find everything from the image */
	public static ClassicalSettings defaults() {
		return new ClassicalSettings(Double.NaN, Double.NaN, Double.NaN, 1, 0.06,
			1);
	}

	/** @return these settings with the diameter given */
	public ClassicalSettings withDiameterUm(final double um) {
		return new ClassicalSettings(um, minAreaUm2, maxAreaUm2, thresholdScale,
			smoothing, splitting, minRelativeSignal, brightfield);
	}

	/** @return these settings for a brightfield plane */
	public ClassicalSettings forBrightfield() {
		return new ClassicalSettings(diameterUm, minAreaUm2, maxAreaUm2,
			thresholdScale, smoothing, splitting * BRIGHTFIELD_SPLITTING,
			BRIGHTFIELD_RELATIVE_SIGNAL, true);
	}

	/**
	 * @return all that is wrong with these settings, each a line with the key and
	 *         the range; empty if nothing is
	 */
	public List<String> validate() {
		final List<String> problems = new ArrayList<>();
		if (!Double.isNaN(diameterUm) && !(diameterUm >= 1 && diameterUm <= 200))
			problems.add("diameter_um must be between 1 and 200, not " + diameterUm);
		if (!Double.isNaN(minAreaUm2) && !(minAreaUm2 >= 0)) problems.add(
			"min_area_um2 must be 0 or more, not " + minAreaUm2);
		if (!Double.isNaN(maxAreaUm2) && !(maxAreaUm2 > 0)) problems.add(
			"max_area_um2 must be more than 0, not " + maxAreaUm2);
		if (minAreaUm2 >= maxAreaUm2) problems.add("min_area_um2 (" + minAreaUm2 +
			") must be less than max_area_um2 (" + maxAreaUm2 + ")");
		if (!(thresholdScale > 0 && thresholdScale <= 100)) problems.add(
			"threshold_scale must be more than 0 and at most 100, not " +
				thresholdScale);
		if (!(smoothing >= 0 && smoothing <= 0.3)) problems.add(
			"smoothing must be between 0 and 0.3, not " + smoothing);
		if (!(splitting >= 0 && splitting <= 10)) problems.add(
			"splitting must be between 0 and 10, not " + splitting);
		if (!(minRelativeSignal >= 0 && minRelativeSignal <= 1)) problems.add(
			"min_relative_signal must be between 0 and 1, not " + minRelativeSignal);
		return problems;
	}
}
