
package org.senoscope.core.nuclei.starconvex.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Patches of drawn pictures: discs of radius 10 that are brighter than 0. */
class PatchMakerTest {

	private static final int SIDE = 64;

	@Test
	void patchesDoNotDependOnHowTheyAreBatched() {
		final PatchMaker maker = maker(discs(1), 20);
		final PatchBatch two = maker.batch(4, 2);
		final PatchBatch second = maker.batch(5, 1);
		assertArrayEquals(second.images(), Arrays.copyOfRange(two.images(), SIDE *
			SIDE, 2 * SIDE * SIDE));
		assertArrayEquals(second.distances(), Arrays.copyOfRange(two.distances(),
			SIDE * SIDE / 4 * 8, 2 * SIDE * SIDE / 4 * 8));
		assertFalse(Arrays.equals(maker.batch(4, 1).images(), second.images()));
	}

	/** Image and labels go through one resampling, so a nucleus stays bright. */
	@Test
	void labelsStayOnTheirNuclei() {
		final PatchMaker maker = maker(discs(1), 20);
		for (int n = 0; n < 20; n++) {
			final float[] image = new float[SIDE * SIDE];
			final int[] labels = new int[SIDE * SIDE];
			maker.draw(n, image, labels);
			double in = 0, out = 0;
			int inCount = 0, outCount = 0;
			for (int i = 0; i < labels.length; i++)
				if (labels[i] > 0) {
					in += image[i];
					inCount++;
				}
				else if (labels[i] == 0) {
					out += image[i];
					outCount++;
				}
			assertTrue(in / inCount > out / outCount + 0.4, "patch " + n);
		}
	}

	/** The median disc measures the diameter asked for, within the stretch. */
	@Test
	void nucleiHaveTheDiameterOfTheNetworkWhateverThePictureHas() {
		for (final double diameter : new double[] { 10, 20, 40 }) {
			final PatchMaker maker = maker(discs(1), diameter);
			final double[] found = new double[31];
			for (int n = 0; n < found.length; n++) {
				final int[] labels = new int[SIDE * SIDE];
				maker.draw(n, new float[SIDE * SIDE], labels);
				// whole discs only: those that do not reach the edge of the patch
				for (int i = 0; i < SIDE; i++)
					for (final int edge : new int[] { labels[i], labels[i * SIDE],
						labels[SIDE * SIDE - 1 - i], labels[SIDE * i + SIDE - 1] })
						if (edge > 0) for (int j = 0; j < labels.length; j++)
							if (labels[j] == edge) labels[j] = 0;
				for (int i = 0; i < labels.length; i++)
					labels[i] = Math.max(0, labels[i]);
				found[n] = new AnnotatedPicture("", new float[labels.length], 1, labels,
					SIDE, SIDE).diameterPx();
			}
			final double[] known = Arrays.stream(found).filter(d -> !Double.isNaN(d))
				.sorted().toArray();
			assertEquals(diameter, known[known.length / 2], 0.1 * diameter);
		}
	}

	@Test
	void outsideOfThePictureNothingIsKnown() {
		final AnnotatedPicture small = new AnnotatedPicture("", new float[400], 1,
			new int[400], 20, 20);
		small.labels()[210] = 1;
		final int[] labels = new int[SIDE * SIDE];
		new PatchMaker(List.of(small), settings(small.diameterPx())).draw(1,
			new float[SIDE * SIDE], labels);
		final long known = Arrays.stream(labels).filter(l -> l >= 0).count();
		assertEquals(400, known, 120);
	}

	@Test
	void stainsAreMixedAnewAndGlassStaysBright() {
		final AnnotatedPicture grey = discs(1);
		final float[] rgb = new float[3 * grey.labels().length];
		for (int i = 0; i < grey.labels().length; i++)
			for (int c = 0; c < 3; c++)
				rgb[3 * i + c] = grey.labels()[i] > 0 ? new float[] { 0.4f, 0.3f,
					0.7f }[c] : 1;
		final PatchMaker maker = maker(new AnnotatedPicture("", rgb, 3, grey
			.labels(), grey.width(), grey.height()), 20);
		boolean brown = false, blue = false;
		for (int n = 0; n < 30; n++) {
			final float[] image = new float[3 * SIDE * SIDE];
			final int[] labels = new int[SIDE * SIDE];
			maker.draw(n, image, labels);
			final double[] nucleus = new double[3], glass = new double[3];
			int nuclei = 0, glasses = 0;
			for (int i = 0; i < labels.length; i++) {
				if (labels[i] > 0) nuclei++;
				if (labels[i] == 0) glasses++;
				for (int c = 0; c < 3; c++)
					if (labels[i] > 0) nucleus[c] += image[3 * i + c];
					else if (labels[i] == 0) glass[c] += image[3 * i + c];
			}
			for (int c = 0; c < 3; c++)
				assertTrue(glass[c] / glasses > 0.75, "patch " + n);
			assertTrue(nucleus[1] / nuclei < 0.8, "patch " + n);
			brown |= nucleus[2] < nucleus[0];
			blue |= nucleus[2] > nucleus[0];
		}
		assertTrue(brown && blue);
	}

	private static PatchMaker maker(final AnnotatedPicture picture,
		final double diameter)
	{
		return new PatchMaker(List.of(picture), settings(diameter));
	}

	private static PatchMaker.Settings settings(final double diameter) {
		return new PatchMaker.Settings(diameter, SIDE, 2, 8, 1, 9);
	}

	/** Discs of radius 10, every 30 px, in a picture of 240 x 210 px. */
	private static AnnotatedPicture discs(final float brightness) {
		final int w = 240, h = 210;
		final float[] pixels = new float[w * h];
		final int[] labels = new int[w * h];
		for (int i = 0; i < labels.length; i++) {
			final int x = i % w, y = i / w;
			if (Math.hypot(x % 30 - 15, y % 30 - 15) > 10) continue;
			labels[i] = 1 + x / 30 + 8 * (y / 30);
			pixels[i] = brightness;
		}
		return new AnnotatedPicture("discs", pixels, 1, labels, w, h);
	}
}
