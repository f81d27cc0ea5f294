
package org.senoscope.io.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Random;

import org.junit.jupiter.api.Test;

class PanelShiftTest {

	/** The same forty nuclei, 7 px to the left and 4 px lower, another stain. */
	@Test
	void nucleiOfAnotherStainAreFoundWhereTheyLie() {
		final PanelShift shift = PanelShift.between(panel(0, 0, new Color(90, 60,
			40)), panel(-7, 4, new Color(90, 90, 180)));
		assertEquals(-7, shift.x());
		assertEquals(4, shift.y());
		assertTrue(shift.correlation() > 0.99);
	}

	/*
	 *   . 1 .          . . .
	 *   . . 2   (1,1)  . . 1      what leaves the picture is lost
	 */
	@Test
	void labelsMoveAlong() {
		final int[] moved = new PanelShift(1, 1, 1).apply(new int[] { 0, 1, 0, 0, 0,
			2 }, 3, 2);
		assertEquals("[0, 0, 0, 0, 0, 1]", java.util.Arrays.toString(moved));
	}

	private static BufferedImage panel(final int dx, final int dy,
		final Color stain)
	{
		final BufferedImage image = new BufferedImage(160, 120,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, 160, 120);
		g.setColor(stain);
		final Random random = new Random(5);
		for (int i = 0; i < 40; i++)
			g.fillOval(random.nextInt(160) + dx, random.nextInt(120) + dy, 12, 9);
		g.dispose();
		return image;
	}
}
