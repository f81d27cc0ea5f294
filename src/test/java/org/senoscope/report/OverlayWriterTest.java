
package org.senoscope.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.CellClasses;
import org.senoscope.io.output.SyntheticSlide;

/** Tests {@link OverlayWriter}. */
class OverlayWriterTest {

	@TempDir
	private Path folder;

	@Test
	void outlinesLieOnTheNucleiInTheirColour() throws Exception {
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.KI67, 800, 640,
			Integer.MAX_VALUE, "a.tif");
		final BufferedImage overlay = write(slide, slide);
		assertEquals(800, overlay.getWidth());
		assertTrue(overlay.getHeight() > 640, "the legend stands below");
		final CellClasses classes = CellClasses.graded(slide);
		for (final Cell cell : slide.cells()) {
			// the scale bar covers the lower right corner
			if (cell.nucleus().y()[0] > 520) continue;
			final int colour = classes.of(cell).rgb();
			int near = 0;
			for (int i = 0; i < cell.nucleus().corners(); i++)
				if (hasColour(overlay, cell.nucleus().x()[i], cell.nucleus().y()[i],
					colour)) near++;
			assertTrue(near > 20, "cell " + cell.id() + ": " + near + " corners");
		}
	}

	@Test
	void aSlideIsShownAsItsOverviewWithDots() throws Exception {
		final SyntheticSlide slide = new SyntheticSlide(AssayKind.KI67, 4096, 512,
			Integer.MAX_VALUE, "a.tif");
		final PixelSource none = ArrayPixelSource.rgb("a.tif", 1, 1, 0.5,
			new byte[3]);
		final BufferedImage overlay = write(slide, none);
		assertEquals(slide.overview().width(), overlay.getWidth());
		final CellClasses classes = CellClasses.graded(slide);
		final Cell cell = slide.cells().get(3 * 128 + 64);
		final int x = (int) (slide.table().number(cell, "centroid_x_px") / 4), y =
			(int) (slide.table().number(cell, "centroid_y_px") / 4);
		assertEquals(classes.of(cell).rgb(), overlay.getRGB(x, y) & 0xffffff);
	}

	private static boolean hasColour(final BufferedImage image, final double x,
		final double y, final int colour)
	{
		for (int py = (int) y - 1; py <= y + 1; py++)
			for (int px = (int) x - 1; px <= x + 1; px++) {
				final int rgb = image.getRGB(px, py);
				if (Math.abs((rgb >> 16 & 255) - (colour >> 16 & 255)) + Math.abs(
					(rgb >> 8 & 255) - (colour >> 8 & 255)) + Math.abs((rgb & 255) -
						(colour & 255)) < 90) return true;
			}
		return false;
	}

	private BufferedImage write(final SyntheticSlide slide,
		final PixelSource pixels) throws Exception
	{
		final Path file = folder.resolve("overlay.png");
		OverlayWriter.write(slide, pixels, file, new Cancellation());
		return ImageIO.read(file.toFile());
	}
}
