
package org.senoscope.core.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PhantomsTest {

	private static final int SIDE = 384;

	@ParameterizedTest
	@EnumSource(value = PhantomKind.class, names = "SLIDE",
		mode = EnumSource.Mode.EXCLUDE)
	void everyLabelIsACellOfTheTruthAndBack(final PhantomKind kind) {
		final PhantomField f = Phantoms.field(kind, SIDE, SIDE, 4);
		final int[] pixels = new int[f.cells().size() + 1];
		final double[] x = new double[pixels.length], y = new double[pixels.length];
		for (int i = 0; i < f.labels().length; i++) {
			final int l = f.labels()[i];
			pixels[l]++;
			x[l] += i % SIDE + 0.5;
			y[l] += i / SIDE + 0.5;
		}
		// the kinds with foci show few, large nuclei
		assertTrue(f.cells().size() > (kind.pixelSizeUm() < 0.2 ? 3 : 15), f.cells()
			.size() + " cells");
		final double pixelArea = kind.pixelSizeUm() * kind.pixelSizeUm();
		for (int k = 0; k < f.cells().size(); k++) {
			final PlantedCell c = f.cells().get(k);
			assertEquals(k + 1, c.id());
			assertEquals(pixels[c.id()] * pixelArea, c.nucleusAreaUm2(), 1e-9);
			assertEquals(x[c.id()] / pixels[c.id()], c.xPx(), 1e-6);
			assertEquals(y[c.id()] / pixels[c.id()], c.yPx(), 1e-6);
		}
	}

	@ParameterizedTest
	@EnumSource(value = PhantomKind.class, names = "SLIDE",
		mode = EnumSource.Mode.EXCLUDE)
	void theSameSeedGivesTheSameField(final PhantomKind kind) {
		final PhantomField a = Phantoms.field(kind, 200, 160, 11);
		final PhantomField b = Phantoms.field(kind, 200, 160, 11);
		assertArrayEquals(a.rgb(), b.rgb());
		assertArrayEquals(a.dapi(), b.dapi());
		assertArrayEquals(a.labels(), b.labels());
		assertEquals(a.cells(), b.cells());
	}

	@ParameterizedTest
	@EnumSource(value = PhantomKind.class, names = { "XGAL", "XGAL_NFR",
		"XGAL_DAPI" })
	void amountsOfProductFormTwoGroupsWithFewCellsBetween(
		final PhantomKind kind)
	{
		int low = 0, between = 0, high = 0;
		for (int seed = 0; seed < 4; seed++) {
			for (final PlantedCell c : Phantoms.field(kind, 600, 600, seed).cells()) {
				assertEquals(c.amount() >= Phantoms.SAGAL_CUT_OD, c.positive());
				if (c.amount() < 0.05) low++;
				else if (c.amount() < 0.2) between++;
				else high++;
			}
		}
		final int all = low + between + high;
		assertTrue(low > 0.4 * all && high > 0.12 * all && between < 0.15 * all &&
			between > 0, low + ", " + between + ", " + high);
	}

	@Test
	void unstainedCellsAreGreyAndStainedOnesBlue() {
		// Mean of blue over red around each nucleus, against that of the field.
		final PhantomField f = Phantoms.field(PhantomKind.XGAL, 600, 600, 2);
		double stained = 0, unstained = 0;
		int n = 0, m = 0;
		for (final PlantedCell c : f.cells()) {
			if (c.edge() || c.amount() > 0.02 && c.amount() < 0.3) continue;
			double sum = 0;
			int count = 0;
			for (int dy = -24; dy <= 24; dy += 2) {
				for (int dx = -24; dx <= 24; dx += 2) {
					final int x = (int) c.xPx() + dx, y = (int) c.yPx() + dy;
					if (x < 0 || y < 0 || x >= 600 || y >= 600) continue;
					final int i = 3 * (y * 600 + x);
					sum += Math.log10((f.rgb()[i + 2] & 0xff) / (double) Math.max(1, f
						.rgb()[i] & 0xff));
					count++;
				}
			}
			if (c.positive()) {
				stained += sum / count;
				n++;
			}
			else {
				unstained += sum / count;
				m++;
			}
		}
		assertTrue(stained / n > unstained / m + 0.08, stained / n + " against " +
			unstained / m);
	}

	@Test
	void pairedDapiShowsNucleiWhereTheLabelsAre() {
		final PhantomField f = Phantoms.field(PhantomKind.XGAL_DAPI, SIDE, SIDE, 6);
		double inside = 0, outside = 0;
		int n = 0, m = 0;
		for (int i = 0; i < f.labels().length; i++) {
			if (f.labels()[i] > 0) {
				inside += f.dapi()[i];
				n++;
			}
			else {
				outside += f.dapi()[i];
				m++;
			}
		}
		assertTrue(inside / n > 2 * outside / m, inside / n + " against " +
			outside / m);
	}

	@Test
	void dapiFieldsHoldTouchingNuclei() {
		final PhantomField f = Phantoms.field(PhantomKind.DAPI, 600, 600, 8);
		final boolean[] touches = new boolean[f.cells().size() + 1];
		for (int y = 0; y < 600; y++) {
			for (int x = 0; x + 1 < 600; x++) {
				final int a = f.labels()[y * 600 + x], b = f.labels()[y * 600 + x + 1];
				if (a != 0 && b != 0 && a != b) touches[a] = touches[b] = true;
			}
		}
		int touching = 0;
		for (final boolean t : touches) {
			if (t) touching++;
		}
		assertTrue(touching > 0.1 * f.cells().size(), touching + " of " + f.cells()
			.size());
		assertFalse(touching == f.cells().size());
	}

	/**
	 * Positive nuclei lie in patches: the nearest neighbour of one is positive
	 * more often than a nucleus is. From a picture without any to 85 % and more.
	 */
	@Test
	void positiveNucleiLieInPatchesOfEveryShare() {
		double least = 100, most = 0, neighbours = 0, chance = 0;
		for (long seed = 18; seed <= 26; seed++) {
			final PhantomField f = Phantoms.field(PhantomKind.HDAB_PATCHES, 500, 500,
				seed);
			least = Math.min(least, f.positivePercent());
			most = Math.max(most, f.positivePercent());
			for (final PlantedCell c : f.cells()) {
				if (!c.positive()) continue;
				final PlantedCell near = f.cells().stream().filter(o -> o != c).min(
					java.util.Comparator.comparingDouble(o -> Math.hypot(o.xPx() - c
						.xPx(), o.yPx() - c.yPx()))).orElseThrow();
				neighbours += near.positive() ? 1 : 0;
				chance += f.positivePercent() / 100;
			}
		}
		assertTrue(least < 10 && most > 80, least + " to " + most);
		assertTrue(neighbours > 1.1 * chance, neighbours + " of " + chance);
	}
}
