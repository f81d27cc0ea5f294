
package org.senoscope.io.validation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nuclei read off a drawing in DeepLIIF's colours. */
class Ki67TruthTest {

	@TempDir
	Path folder;

	/*
	 * r: positive, b: negative, g: edge
	 *
	 *   . g g g g g g .
	 *   . g r g g b g .
	 *   . g g g g g g .
	 */
	@Test
	void edgesBelongToTheNearestNucleus() throws IOException {
		final String drawing = ".gggggg." + ".grggbg." + ".gggggg.";
		final BufferedImage image = new BufferedImage(8, 3,
			BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < drawing.length(); i++)
			image.setRGB(i % 8, i / 8, switch (drawing.charAt(i)) {
				case 'r' -> 0xff0000;
				case 'g' -> 0x00ff00;
				case 'b' -> 0x0000ff;
				default -> 0;
			});
		final Path file = folder.resolve("truth.png");
		ImageIO.write(image, "png", file.toFile());
		final Ki67Truth truth = Ki67Truth.read(file);
		final int[] row = { 0, 1, 1, 1, 2, 2, 2, 0 };
		for (int y = 0; y < 3; y++)
			assertArrayEquals(row, Arrays.copyOfRange(truth.labels(), 8 * y, 8 * y +
				8), "row " + y);
		assertEquals(9, Arrays.stream(truth.labels()).filter(l -> l == 1).count());
		// without its edge
		assertEquals(1, Arrays.stream(truth.only(true)).filter(l -> l == 1)
			.count());
		assertEquals(0, Arrays.stream(truth.only(true)).filter(l -> l == 2)
			.count());
	}
}
