
package org.senoscope.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** A strip below a picture that says what its colours mean. */
final class Legend {

	/**
	 * One entry.
	 *
	 * @param rgb colour as 0xRRGGBB
	 * @param text what it means
	 */
	record Entry(int rgb, String text) {
	}

	private static final Color PAPER = new Color(0x15181c);

	private Legend() {}

	/** Returns the picture with the strip below it. */
	static BufferedImage below(final BufferedImage picture, final String title,
		final List<Entry> entries)
	{
		final int width = picture.getWidth();
		final double unit = Math.max(9, Math.min(28, width / 80.0));
		final BufferedImage measure = new BufferedImage(1, 1,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D probe = measure.createGraphics();
		final double line = 2.1 * unit;
		final int lines = 1 + layout(probe, width, unit, line, entries, false, 0);
		probe.dispose();
		final int strip = (int) Math.ceil((lines + 0.5) * line);
		final BufferedImage out = new BufferedImage(width, picture.getHeight() +
			strip, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = Picture.smooth(out);
		g.setColor(PAPER);
		g.fillRect(0, 0, out.getWidth(), out.getHeight());
		g.drawImage(picture, 0, 0, null);
		Lettering.size(g, 1.25 * unit, true);
		Lettering.write(g, title, unit, picture.getHeight() + 1.7 * unit,
			Color.WHITE);
		layout(g, width, unit, line, entries, true, picture.getHeight() + line);
		g.dispose();
		return out;
	}

	/** Lays the entries out in lines and returns how many lines they take. */
	private static int layout(final Graphics2D g, final int width,
		final double unit, final double line, final List<Entry> entries,
		final boolean draw, final double top)
	{
		Lettering.size(g, 1.25 * unit, false);
		double x = unit;
		int row = 0;
		for (final Entry entry : entries) {
			final double needed = 2.6 * unit + Lettering.width(g, entry.text);
			if (x > unit && x + needed > width - unit) {
				row++;
				x = unit;
			}
			if (draw) {
				final double y = top + row * line;
				g.setColor(new Color(entry.rgb));
				g.fill(new Rectangle2D.Double(x, y + 0.65 * unit, 1.6 * unit, 1.1 *
					unit));
				Lettering.write(g, entry.text, x + 2.1 * unit, y + 1.65 * unit,
					Color.WHITE);
			}
			x += needed + 1.6 * unit;
		}
		return row + 1;
	}
}
