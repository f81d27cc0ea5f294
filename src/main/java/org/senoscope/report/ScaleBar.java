
package org.senoscope.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/**
 * A scale bar of a round length (1, 2 or 5 times a power of ten).
 *
 * @param lengthUm length in µm
 * @param label length with its unit
 */
record ScaleBar(double lengthUm, String label) {

	/** Share of the picture's width that a bar takes at most. */
	private static final double LARGEST_SHARE = 0.21;

	/** Returns the longest round bar for a picture of a width in µm. */
	static ScaleBar forWidth(final double widthUm) {
		final double most = widthUm * LARGEST_SHARE;
		final double power = Math.pow(10, Math.floor(Math.log10(most)));
		final double mantissa = most / power;
		final double length = (mantissa >= 5 ? 5 : mantissa >= 2 ? 2 : 1) * power;
		return new ScaleBar(length, length >= 1000 ? plain(length / 1000) + " mm"
			: plain(length) + " µm");
	}

	/**
	 * Draws the bar with its label in the lower right corner, white on a dark
	 * plate, so that it is seen on any picture.
	 *
	 * @param g where to
	 * @param width width of the picture in its pixels
	 * @param height height of the picture
	 * @param pxPerUm pixels of the picture a µm
	 */
	void draw(final Graphics2D g, final int width, final int height,
		final double pxPerUm)
	{
		final double unit = Math.max(10, Math.min(width, height) / 55.0);
		final double length = lengthUm * pxPerUm;
		Lettering.size(g, 1.5 * unit, true);
		final int text = Lettering.width(g, label);
		final double plateWidth = Math.max(length, text) + 1.6 * unit;
		final double plateHeight = 3.3 * unit;
		final double x = width - plateWidth - 0.9 * unit;
		final double y = height - plateHeight - 0.9 * unit;
		g.setColor(new Color(0, 0, 0, 170));
		g.fill(new Rectangle2D.Double(x, y, plateWidth, plateHeight));
		g.setColor(Color.WHITE);
		g.fill(new Rectangle2D.Double(x + (plateWidth - length) / 2, y +
			plateHeight - 0.95 * unit, length, 0.4 * unit));
		Lettering.write(g, label, x + (plateWidth - text) / 2, y + 1.75 * unit,
			Color.WHITE);
	}

	private static String plain(final double number) {
		return number == Math.rint(number) ? Long.toString((long) number) : String
			.format(Locale.ROOT, "%s", number);
	}
}
