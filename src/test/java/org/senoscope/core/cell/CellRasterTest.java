
package org.senoscope.core.cell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;

import org.junit.jupiter.api.Test;

class CellRasterTest {

	/**
	 * Every pixel goes to the nearest nucleus within the radius, ties to the left
	 * one, in a column to the upper one: against a search over all pixels.
	 */
	@Test
	void expansionIsTheNearestNucleusWithinTheRadius() {
		final Random random = new Random(1);
		for (int round = 0; round < 20; round++) {
			final int w = 30 + random.nextInt(20), h = 25 + random.nextInt(20);
			final double radius = 1 + 7 * random.nextDouble();
			final CellRaster raster = new CellRaster();
			raster.reset(w, h);
			for (int label = 1; label <= 6; label++) {
				final int x0 = random.nextInt(w), y0 = random.nextInt(h);
				for (int y = y0; y < Math.min(h, y0 + 4); y++)
					for (int x = x0; x < Math.min(w, x0 + 3); x++)
						if (raster.nuclei()[y * w + x] == 0) raster.nuclei()[y * w + x] =
							label;
			}
			raster.expand(radius);
			for (int y = 0; y < h; y++)
				for (int x = 0; x < w; x++) {
					int best = Integer.MAX_VALUE, label = 0;
					for (int xx = 0; xx < w; xx++)
						for (int yy = 0; yy < h; yy++) {
							final int l = raster.nuclei()[yy * w + xx];
							final int d2 = (xx - x) * (xx - x) + (yy - y) * (yy - y);
							if (l != 0 && d2 <= radius * radius && d2 < best) {
								best = d2;
								label = l;
							}
						}
					assertEquals(label, raster.cells()[y * w + x], "pixel " + x + "," +
						y + " in round " + round);
					if (label != 0) assertEquals(best, raster.distance2()[y * w + x]);
				}
		}
	}

	@Test
	void withoutExpansionCellsAreTheNuclei() {
		final CellRaster raster = new CellRaster();
		raster.reset(3, 1);
		raster.nuclei()[1] = 7;
		raster.expand(0.4);
		assertEquals(0, raster.cells()[0]);
		assertEquals(7, raster.cells()[1]);
		assertEquals(0, raster.cells()[2]);
	}
}
