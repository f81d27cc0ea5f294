
package org.senoscope.core.assay.foci;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.senoscope.core.cell.CellRaster;

/**
 * Spots in a drawn nucleus: a disc of radius 35 pixels, 1,000 counts on 200,
 * with noise of 20 counts; pixels of 0.1 µm.
 */
class FociDetectorTest {

	private static final int SIDE = 100;
	private static final double PIXEL_UM = 0.1, LEVEL = 1000, FLOOR = 200, NOISE =
		20;

	private final NucleusPixels nucleus = new NucleusPixels(PIXEL_UM);
	private final CellRaster raster = new CellRaster();

	/** A spot: column, row (pixel centres at whole numbers), sigma, height. */
	private static double[] spot(final double x, final double y,
		final double sigma, final double height)
	{
		return new double[] { x, y, sigma, height };
	}

	private float[] draw(final double gain, final double offset,
		final double[]... spots)
	{
		raster.reset(SIDE, SIDE);
		final Random random = new Random(7);
		final float[] plane = new float[SIDE * SIDE];
		for (int y = 0; y < SIDE; y++)
			for (int x = 0; x < SIDE; x++) {
				final boolean inside = Math.hypot(x - 50, y - 50) <= 35;
				if (inside) raster.nuclei()[y * SIDE + x] = 1;
				double v = inside ? LEVEL : 0;
				for (final double[] s : spots)
					v += s[3] * Math.exp(-(Math.pow(x - s[0], 2) + Math.pow(y - s[1],
						2)) / (2 * s[2] * s[2]));
				plane[y * SIDE + x] = Math.round(gain * (v + FLOOR + NOISE * random
					.nextGaussian()) + offset);
			}
		return plane;
	}

	private Foci detect(final float[] plane) {
		nucleus.moveTo(raster, 1, 15, 15, 86, 86, 1, 0, 0);
		final FociDetector detector = new FociDetector(0.4, 1.6, 7, 1.2, PIXEL_UM,
			1);
		detector.moveTo(nucleus);
		final float[] cut = nucleus.cut(plane, null);
		final Foci found = new Foci();
		detector.detect(cut, nucleus.background(cut), found);
		return found;
	}

	@Test
	void spotsAreFoundAtTheirPlaceSizeAndContrast() {
		final Foci found = detect(draw(1, 0, spot(40.3, 38.6, 2, 1000), spot(61, 57,
			4, 800)));
		assertEquals(2, found.count());
		// to a quarter of a pixel; the centre of the first pixel is 0.5
		assertEquals(40.8, found.x(0), 0.25);
		assertEquals(39.1, found.y(0), 0.25);
		assertEquals(61.5, found.x(1), 0.25);
		assertEquals(57.5, found.y(1), 0.25);
		// scales lie half an octave apart: to a quarter
		assertEquals(2, found.sigma(0), 0.5);
		assertEquals(4, found.sigma(1), 1);
		assertEquals(2, found.contrast(0), 0.12);
		assertEquals(1.8, found.contrast(1), 0.12);
		assertEquals(LEVEL + FLOOR, found.nucleoplasm(), 10);
		assertEquals(NOISE, found.noise(), 3);
		// area at half height of a Gaussian: 2 ln 2 pi sigma^2 = 17 and 70 pixels
		assertEquals(17, found.area(0), 6);
		assertEquals(70, found.area(1), 20);
		assertEquals(found.area(0) + found.area(1), found.areaPx());
	}

	@Test
	void aNucleusWithoutSpotsHasNoneThoughItsEdgeIsSharp() {
		assertEquals(0, detect(draw(1, 0)).count());
	}

	@Test
	void neighboursAreToldApartWhileThereIsADipBetweenThem() {
		// 3.2 sigma apart, where the sum of two equal spots dips by a third
		assertEquals(2, detect(draw(1, 0, spot(45, 50, 2, 1000), spot(51.4, 50, 2,
			1000))).count());
		// 1.6 sigma apart there is no dip: one
		assertEquals(1, detect(draw(1, 0, spot(48, 50, 2, 1000), spot(51.2, 50, 2,
			1000))).count());
	}

	@Test
	void aCrowdedNucleusKeepsItsCount() {
		final double[][] spots = new double[48][];
		int n = 0;
		for (int y = -4; y <= 4 && n < 48; y++)
			for (int x = -4; x <= 4 && n < 48; x++)
				if (Math.hypot(x, y) <= 4) spots[n++] = spot(50 + 7 * x, 50 + 7 * y,
					1.6, 700);
		final double[][] drawn = java.util.Arrays.copyOf(spots, n);
		assertEquals(n, detect(draw(1, 0, drawn)).count(), 0.05 * n);
	}

	@Test
	void faintFociAmongBrightOnesAreCounted() {
		// spots 1.75 widths at half height apart, every third faint: each bright
		// one lowers the response in a ring around itself, in which those lie
		final List<double[]> spots = new ArrayList<>();
		for (int y = -4; y <= 4; y++)
			for (int x = -4; x <= 4; x++)
				if (Math.hypot(x, y) <= 4.2) spots.add(spot(50 + 7 * x, 50 + 7 * y, 1.7,
					Math.floorMod(x + 2 * y, 3) == 0 ? 500 : 1500));
		final Foci found = detect(draw(1, 0, spots.toArray(double[][]::new)));
		// two in a hundred may fail
		assertEquals(spots.size(), found.count(), 0.02 * spots.size());
		for (int i = 0; i < found.count(); i++) {
			final double x = found.x(i) - 0.5, y = found.y(i) - 0.5;
			assertTrue(spots.stream().anyMatch(s -> Math.hypot(s[0] - x, s[1] -
				y) < 1), () -> "a focus where none is: " + x + ", " + y);
		}
	}

	@Test
	void brightnessAndOffsetOfTheCameraChangeNothing() {
		final double[] a = spot(40, 38, 2, 500), b = spot(60, 57, 3, 400);
		final Foci one = detect(draw(1, 0, a, b)), other = detect(draw(4, 3000, a,
			b));
		assertEquals(one.count(), other.count());
		for (int i = 0; i < one.count(); i++) {
			// rounding to whole counts is all that differs
			assertArrayEquals(new double[] { one.x(i), one.y(i), one.contrast(i) },
				new double[] { other.x(i), other.y(i), other.contrast(i) }, 0.02);
			assertEquals(one.score(i), other.score(i), 0.01 * one.score(i));
		}
	}

	@Test
	void fociPairOneToOneTheClosestFirst() {
		final Foci a = new Foci(), b = new Foci();
		a.add(10, 10, 1, 9, 2, 9);
		a.add(13, 10, 1, 9, 2, 9);
		b.add(12, 10, 1, 9, 2, 9);
		b.add(30, 30, 1, 9, 2, 9);
		assertArrayEquals(new int[] { 1, 0 }, FocusPairs.of(a, b, 3));
		assertTrue(FocusPairs.of(a, b, 0.5).length == 0);
	}
}
