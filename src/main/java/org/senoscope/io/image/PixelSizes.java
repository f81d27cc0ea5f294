
package org.senoscope.io.image;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ome.units.UNITS;
import ome.units.quantity.Length;

/**
 * Physical pixel sizes as files give them, in µm. Sizes that no light
 * microscope makes count as missing: a plain TIFF written at 72 dpi claims
 * 352.78 µm.
 */
public final class PixelSizes {

	/** Smallest size that is believed, in µm. */
	public static final double SMALLEST_UM = 0.02;
	/** Largest size that is believed, in µm. */
	public static final double LARGEST_UM = 5;

	/** Aperio writes "|MPP = 0.499" into the description of the page. */
	private static final Pattern APERIO = Pattern.compile(
		"\\|\\s*MPP\\s*=\\s*([0-9]+(?:[.,][0-9]+)?)");

	private PixelSizes() {}

	/**
	 * Returns width and height of a pixel, both NaN where there is no plausible
	 * one. One missing side takes the other's size.
	 *
	 * @param xUm width in µm as stated, NaN where not
	 * @param yUm height in µm as stated, NaN where not
	 * @param warnings receives a line where a stated size is not believed
	 */
	public static double[] plausible(final double xUm, final double yUm,
		final List<String> warnings)
	{
		final double x = xUm > 0 ? xUm : yUm;
		final double y = yUm > 0 ? yUm : xUm;
		// Nothing stated at all, or zero: missing without a word.
		if (!(x > 0) || !(y > 0)) return new double[] { Double.NaN, Double.NaN };
		if (believed(x) && believed(y)) return new double[] { x, y };
		warnings.add(String.format(Locale.ROOT,
			"the file states a pixel size of %.4g x %.4g µm, outside %.4g to %.4g µm; it is not used",
			x, y, SMALLEST_UM, LARGEST_UM));
		return new double[] { Double.NaN, Double.NaN };
	}

	private static boolean believed(final double um) {
		return um >= SMALLEST_UM && um <= LARGEST_UM;
	}

	/**
	 * Returns a length in µm, NaN where there is none or its unit is no length.
	 */
	static double micrometres(final Length length) {
		if (length == null) return Double.NaN;
		final Number value = length.value(UNITS.MICROMETER);
		return value == null ? Double.NaN : value.doubleValue();
	}

	/** Returns the µm a pixel that an Aperio description states, else NaN. */
	static double aperio(final String description) {
		if (description == null) return Double.NaN;
		final Matcher matcher = APERIO.matcher(description);
		return matcher.find() ? Double.parseDouble(matcher.group(1).replace(',',
			'.')) : Double.NaN;
	}
}
