
package org.senoscope.core.nuclei;

import org.senoscope.core.protocol.Key;
import org.senoscope.core.protocol.OverlapHandling;
import org.senoscope.core.protocol.Registering;

/**
 * How nuclei are found. Open numbers are derived from the nucleus size that the
 * image itself shows.
 */
public record NucleiSettings(@Key(label = "Nuclei image",
	meaning = "Image of the same field that shows the nuclei (paired DAPI), a file or a pattern such as {name}_dapi.tif.",
	file = true) String image, @Key(
		meaning = "Whether the nuclei image is laid over the picture by translation and rotation of up to 5 degrees: auto (where they match), on (or stop) or off.") Registering register,
		@Key(label = "Nucleus diameter (µm)",
			meaning = "Typical nucleus diameter; open: found from the image.",
			unit = "µm", min = 1, max = 200) double diameterUm, @Key(
				meaning = "Smallest nucleus area; open: from the diameter.",
				unit = "µm2", min = 0) double minAreaUm2, @Key(
					meaning = "Largest nucleus area; open: from the diameter.",
					unit = "µm2", min = 0) double maxAreaUm2, @Key(
						label = "Threshold scale",
						meaning = "Factor on the automatic threshold: below 1 finds fainter nuclei, above 1 only strong ones.",
						min = 0.05, max = 20) double thresholdScale, @Key(
							label = "Splitting",
							meaning = "How readily touching nuclei are split: 1 normal, lower splits less, higher more.",
							min = 0, max = 10) double splitting, @Key(
								label = "Least probability",
								meaning = "A star-convex nucleus is more probable than this; open: from the model.",
								min = 0, max = 1) double minProbability, @Key(
									label = "Largest shared part",
									meaning = "Part of the smaller of two star-convex nuclei that both may have; open: from the model.",
									min = 0, max = 1) double maxShared, @Key(
										label = "Overlapping nuclei",
										meaning = "What becomes of star-convex nuclei that overlap: the less probable goes (suppress, as in StarDist) or is trimmed (trim, as in QuPath).") OverlapHandling overlap) {

	/** Everything from the image. */
	public static final NucleiSettings DEFAULTS = new NucleiSettings("",
		Registering.AUTO, Double.NaN, Double.NaN, Double.NaN, 1, 1, Double.NaN,
		Double.NaN, OverlapHandling.SUPPRESS);
}
