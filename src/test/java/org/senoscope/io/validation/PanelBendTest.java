
package org.senoscope.io.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Random;

import org.junit.jupiter.api.Test;

class PanelBendTest {

	private static final int SIDE = 400;

	/** Nuclei of the second panel lie 5 px to the right, and ever lower. */
	@Test
	void nucleiAreFoundWhereTheTissueIsStretched() {
		final BufferedImage from = panel(0, 0), to = panel(5, 0.02);
		final PanelBend bend = PanelBend.between(from, to, PanelShift.between(from,
			to));
		for (int at = 60; at < SIDE; at += 70) {
			final double[] d = bend.at(at, at);
			assertEquals(5, d[0], 1);
			// a nucleus drawn at y lies at 1.02 y: tolerance of a pixel
			assertEquals(at - at / 1.02, d[1], 1);
		}
	}

	@Test
	void panelsThatLieOnEachOtherStay() {
		final BufferedImage panel = panel(0, 0);
		final double[] d = PanelBend.between(panel, panel, new PanelShift(0, 0, 1))
			.at(100, 300);
		assertEquals(0, d[0], 1e-6);
		assertEquals(0, d[1], 1e-6);
	}

	private static BufferedImage panel(final int right, final double stretch) {
		final BufferedImage image = new BufferedImage(SIDE, SIDE,
			BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, SIDE, SIDE);
		g.setColor(new Color(90, 90, 180));
		final Random random = new Random(5);
		for (int i = 0; i < 250; i++)
			g.fillOval(random.nextInt(SIDE) + right, (int) Math.round((1 + stretch) *
				random.nextInt(SIDE)), 14, 10);
		g.dispose();
		return image;
	}
}
