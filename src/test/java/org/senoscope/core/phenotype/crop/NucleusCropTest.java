
package org.senoscope.core.phenotype.crop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A disc of 12 µm beside a smaller, brighter one, at several scales. */
class NucleusCropTest {

	private static final int SIDE_UM = 60;

	/** Nucleus 1 at (20, 30) µm, level 100; nucleus 2 at (44, 30) µm, 180. */
	private static NucleusCrop.Picture picture(final double pixelUm,
		final double gain, final double offset)
	{
		final int side = (int) Math.round(SIDE_UM / pixelUm);
		final float[] signal = new float[side * side];
		final int[] labels = new int[side * side];
		for (int y = 0; y < side; y++)
			for (int x = 0; x < side; x++) {
				final double ux = (x + 0.5) * pixelUm, uy = (y + 0.5) * pixelUm;
				final int i = y * side + x;
				if (Math.hypot(ux - 20, uy - 30) < 6) labels[i] = 1;
				else if (Math.hypot(ux - 44, uy - 30) < 4) labels[i] = 2;
				final double level = labels[i] == 1 ? 100 + 5 * (ux - 20)
					: labels[i] == 2 ? 180 : 0;
				signal[i] = (float) (offset + gain * level);
			}
		return NucleusCrop.Picture.of(signal, labels, side, side, pixelUm);
	}

	private static float[] crop(final NucleusCrop.Picture p, final int label) {
		final float[] out = new float[NucleusCrop.SIZE];
		p.cut(label, (label == 1 ? 20 : 44) / p.pixelSizeUm(), 30 / p.pixelSizeUm(),
			out, 0);
		return out;
	}

	@Test
	void levelsAreInUnitsOfTheMedianNucleusWhateverTheExposure() {
		final NucleusCrop.Picture p = picture(0.5, 1, 0);
		assertEquals(140, p.unit(), 0.5, "median of 100 and 180");
		assertArrayEquals(crop(p, 1), crop(picture(0.5, 2.5, 300), 1), 1e-4f);
	}

	@Test
	void theScaleOfThePictureChangesLittle() {
		final float[] from = CropMorphology.of(crop(picture(0.5, 1, 0), 1));
		for (final double um : new double[] { 0.2, 0.325, 0.8 }) {
			final float[] other = CropMorphology.of(crop(picture(um, 1, 0), 1));
			assertEquals(Math.PI * 36, other[0], 4, "area at " + um + " µm");
			// coarse pixels mix with the dark around the edge
			assertEquals(from[3], other[3], 0.04, "level at " + um + " µm");
			assertEquals(from[5], other[5], 0.05, "variation at " + um + " µm");
		}
	}

	@Test
	void aNeighbourIsOutside() {
		final float[] crop = crop(picture(0.5, 1, 0), 2);
		assertEquals(Math.PI * 16, CropMorphology.of(crop)[0], 3);
		// nucleus 1 reaches into this crop: 24 - 16 = 8 µm from its left edge
		for (int x = 0; x < 20; x++)
			assertEquals(0, crop[32 * NucleusCrop.SIDE + x]);
	}

	@Test
	void aDiscIsRoundAndCompact() {
		final float[] r = CropMorphology.of(crop(picture(0.5, 1, 0), 2));
		assertEquals(1, r[1], 0.03, "elongation");
		assertEquals(1, r[2], 0.02, "compactness");
		assertEquals(0, r[5], 0.01, "variation");
	}

	@Test
	void eightWaysOfLyingKeepTheReadings() {
		final float[] crop = crop(picture(0.5, 1, 0), 1);
		final float[] from = CropMorphology.of(crop), scratch =
			new float[NucleusCrop.SIZE];
		int different = 0;
		for (int way = 0; way < 8; way++) {
			final float[] turned = crop.clone();
			NucleusCrop.turn(turned, 0, way, scratch);
			assertArrayEquals(from, CropMorphology.of(turned), 1e-3f, "way " + way);
			if (!java.util.Arrays.equals(turned, crop)) different++;
		}
		assertTrue(different >= 3, "the gradient points elsewhere");
	}

	@Test
	void withoutTextureOrLevelTheOutlineStays() {
		final float[] crop = crop(picture(0.5, 1, 0), 1);
		final float[] r = CropMorphology.of(crop), even = CropMorphology.of(
			NucleusCrop.even(crop)), levelled = CropMorphology.of(NucleusCrop
				.levelled(crop));
		assertEquals(r[0], even[0]);
		assertEquals(r[3], even[3], 1e-3);
		assertEquals(0, even[5], 1e-3);
		assertEquals(1, levelled[3], 1e-3);
		assertEquals(r[5], levelled[5], 1e-3);
	}

	@Test
	void aPictureWithoutNucleiOrOfAnotherChannelIsRefused() {
		assertThrows(IllegalArgumentException.class, () -> NucleusCrop.Picture.of(
			new float[4], new int[4], 2, 2, 0.5));
		assertThrows(IllegalArgumentException.class, () -> NucleusCrop.Picture.of(
			new float[] { 1, 0, 0, 0 }, new int[] { 0, 1, 1, 1 }, 2, 2, 0.5));
	}
}
