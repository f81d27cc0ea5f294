
package org.senoscope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

import org.senoscope.core.image.Overview;

/** Draws the border of the analysed area on the overview. */
final class TissueOutline {

	/** Okabe and Ito's bluish green, which no class has. */
	static final Color COLOUR = new Color(0x00C08B);
	private static final Color CASING = new Color(0, 0, 0, 130);

	private TissueOutline() {}

	/** Returns whether some of the slide was left out. */
	static boolean isNeeded(final Overview overview) {
		for (final boolean analysed : overview.analysed())
			if (!analysed) return true;
		return false;
	}

	/**
	 * Draws the border.
	 *
	 * @param g where to
	 * @param overview the overview
	 * @param scale pixels of the picture a pixel of the overview
	 * @param lineWidth width of the line in pixels of the picture
	 */
	static void draw(final Graphics2D g, final Overview overview,
		final double scale, final double lineWidth)
	{
		final int width = overview.width(), height = overview.height();
		final boolean[] inside = overview.analysed();
		final Path2D border = new Path2D.Double();
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++) {
				final boolean here = inside[y * width + x];
				final boolean left = x > 0 && inside[y * width + x - 1];
				final boolean above = y > 0 && inside[(y - 1) * width + x];
				if (here != left) edge(border, x, y, x, y + 1, scale);
				if (here != above) edge(border, x, y, x + 1, y, scale);
				if (here && x == width - 1) edge(border, width, y, width, y + 1, scale);
				if (here && y == height - 1) edge(border, x, height, x + 1, height,
					scale);
			}
		g.setStroke(new BasicStroke((float) (lineWidth * 2), BasicStroke.CAP_ROUND,
			BasicStroke.JOIN_ROUND));
		g.setColor(CASING);
		g.draw(border);
		g.setStroke(new BasicStroke((float) lineWidth, BasicStroke.CAP_ROUND,
			BasicStroke.JOIN_ROUND));
		g.setColor(COLOUR);
		g.draw(border);
	}

	private static void edge(final Path2D path, final int x0, final int y0,
		final int x1, final int y1, final double scale)
	{
		path.moveTo(x0 * scale, y0 * scale);
		path.lineTo(x1 * scale, y1 * scale);
	}
}
