
package org.senoscope.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * Text in pictures. A Java without any font (a bare headless runtime) writes
 * none rather than fail: captions carry the same words.
 */
final class Lettering {

	private static final boolean HAS_FONTS = hasFonts();

	private Lettering() {}

	/** Prepares to write with a height of so many pixels. */
	static void size(final Graphics2D g, final double px, final boolean bold) {
		if (HAS_FONTS) g.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD
			: Font.PLAIN, 1).deriveFont((float) px));
	}

	/** Returns the width of a text in pixels. */
	static int width(final Graphics2D g, final String text) {
		return HAS_FONTS ? g.getFontMetrics().stringWidth(text) : 0;
	}

	/** Writes with the left end of the base line at a point. */
	static void write(final Graphics2D g, final String text, final double x,
		final double y, final Color colour)
	{
		if (!HAS_FONTS) return;
		g.setColor(colour);
		g.drawString(text, (float) x, (float) y);
	}

	private static boolean hasFonts() {
		final BufferedImage probe = new BufferedImage(8, 8,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = probe.createGraphics();
		try {
			g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
			final FontMetrics metrics = g.getFontMetrics();
			return metrics.stringWidth("µm") > 0;
		}
		catch (final RuntimeException | LinkageError | InternalError e) {
			// no font configuration, or a Java without the font library
			return false;
		}
		finally {
			g.dispose();
		}
	}
}
