
package org.senoscope.core.phantom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

/** Foci are where the truth says, and stand out as it says. */
class FociCultureTest {

	private static final int SIDE = 500;

	@Test
	void plantedFociAreBrighterThanTheirNucleusByTheirContrast() {
		final PhantomField f = Phantoms.field(PhantomKind.FOCI, SIDE, SIDE, 3);
		assertEquals(List.of("gamma-H2AX", "53BP1"), List.copyOf(f.channels()
			.keySet()));
		final char[] gh2ax = f.channels().get("gamma-H2AX");
		double ratio = 0;
		int n = 0;
		for (final PlantedFocus focus : f.foci()) {
			assertEquals(focus.cell(), f.labels()[(int) focus.yPx() * SIDE +
				(int) focus.xPx()]);
			if (!focus.marker().equals("gh2ax") || focus.contrast() < 2) continue;
			// above the median of its nucleus, in multiples of what is planted
			final double median = median(f, gh2ax, focus.cell()), background = median(
				f, gh2ax, 0);
			ratio += (gh2ax[(int) focus.yPx() * SIDE + (int) focus.xPx()] - median) /
				(median - background) / (focus.contrast() - 1);
			n++;
		}
		assertTrue(n > 20, "only " + n);
		// haze, the median of crowded nuclei and the pixel's place take a part
		assertEquals(1, ratio / n, 0.25);
	}

	private static double median(final PhantomField f, final char[] counts,
		final int cell)
	{
		return java.util.stream.IntStream.range(0, counts.length).filter(i -> f
			.labels()[i] == cell).map(i -> counts[i]).sorted().skip(java.util.Arrays
				.stream(f.labels()).filter(l -> l == cell).count() / 2).findFirst()
			.getAsInt();
	}

	@Test
	void fociOfANucleusKeepAWidthApart() {
		final double um = PhantomKind.SAHF.pixelSizeUm();
		int all = 0;
		for (int seed = 1; seed <= 6; seed++) {
			final List<PlantedFocus> foci = Phantoms.field(PhantomKind.SAHF, SIDE,
				SIDE, seed).foci();
			all += foci.size();
			for (final PlantedFocus a : foci)
				for (final PlantedFocus b : foci)
					if (a != b && a.cell() == b.cell()) assertTrue(um * Math.hypot(a
						.xPx() - b.xPx(), a.yPx() - b.yPx()) > 0.6 * (a.widthUm() + b
							.widthUm()));
		}
		assertTrue(all > 20, "only " + all);
	}

	@Test
	void theSameSeedDrawsTheSamePicture() {
		final PhantomField a = Phantoms.field(PhantomKind.SAHF_MOUSE, 200, 200, 9),
				b = Phantoms.field(PhantomKind.SAHF_MOUSE, 200, 200, 9);
		assertArrayEquals(a.dapi(), b.dapi());
		assertEquals(a.foci(), b.foci());
	}
}
