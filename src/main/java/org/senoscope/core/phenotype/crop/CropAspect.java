
package org.senoscope.core.phenotype.crop;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a call from a crop can be put down to: how much it changes when this is
 * taken out of the crop.
 */
public enum CropAspect {

		/** Pattern of the dye inside the nucleus. */
		TEXTURE,
		/** How strongly the nucleus is stained, against the median nucleus. */
		LEVEL,
		/** Size and shape. */
		OUTLINE;

	/** Names in the order of the constants. */
	public static final List<String> NAMES = Arrays.stream(values()).map(
		a -> "nucleus_" + a.name().toLowerCase(Locale.ROOT)).toList();

	/** Area of a round nucleus of 11 µm, µm². */
	private static final double ROUND_UM2 = 95;

	/**
	 * Returns crops without this.
	 *
	 * @param crops {@code cells x NucleusCrop.SIZE}
	 */
	public float[] without(final float[] crops) {
		final float[] out = new float[crops.length];
		for (int at = 0; at < crops.length; at += NucleusCrop.SIZE) {
			final float[] crop = Arrays.copyOfRange(crops, at, at + NucleusCrop.SIZE);
			final float[] changed = switch (this) {
				case TEXTURE -> NucleusCrop.even(crop);
				case LEVEL -> NucleusCrop.levelled(crop);
				case OUTLINE -> NucleusCrop.round(crop, ROUND_UM2);
			};
			System.arraycopy(changed, 0, out, at, NucleusCrop.SIZE);
		}
		return out;
	}
}
