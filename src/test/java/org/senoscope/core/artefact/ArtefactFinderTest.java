
package org.senoscope.core.artefact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.image.RgbField;
import org.senoscope.core.phantom.Artefacts;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.XgalLook;
import org.senoscope.core.phantom.XgalLook.Dye;
import org.senoscope.core.phantom.XgalLook.Scanner;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.stain.StainEstimate;
import org.senoscope.core.stain.StainEstimator;
import org.senoscope.core.stain.StainSettings;

/** Cultured cells, 450 µm, with X-gal, a third of them stained. */
class ArtefactFinderTest {

	private static final int SIDE = 900;

	private static PhantomField culture(final Dye dye) {
		return Phantoms.culture(new XgalLook(0.5, dye, 0.35, true, 0, Double.NaN,
			Scanner.PLAIN, 0, 0.05, 0.9), SIDE, SIDE, 11);
	}

	private static ImageKind kind(final Dye dye) {
		return switch (dye) {
			case NONE -> ImageKind.X_GAL;
			case FAST_RED -> ImageKind.X_GAL_NFR;
			case HEMATOXYLIN -> ImageKind.X_GAL_H;
			case EOSIN -> ImageKind.X_GAL_E;
		};
	}

	private static ArtefactMap find(final byte[] rgb, final Dye dye,
		final boolean section, final ArtefactSettings settings)
	{
		final RgbField field = new RgbField(SIDE, SIDE, rgb);
		final StainEstimate stains = StainEstimator.estimate(kind(dye),
			StainSettings.DEFAULTS, List.of(field), field);
		return ArtefactFinder.find(field, 0.5, SIDE, SIDE, stains, null, section,
			settings, 2);
	}

	private static int masked(final ArtefactMap map) {
		int n = 0;
		for (int i = 0; i < SIDE * SIDE; i++)
			if (map.at(i % SIDE, i / SIDE) != 0) n++;
		return n;
	}

	@ParameterizedTest
	@EnumSource(Dye.class)
	void stainIsNoArtefact(final Dye dye) {
		assertEquals(0, masked(find(culture(dye).rgb(), dye, false,
			ArtefactSettings.DEFAULTS)), 0.001 * SIDE * SIDE);
	}

	@ParameterizedTest
	@CsvSource({ "FOLD, 0.8", "EDGE_SHADOW, 0.8", "DEBRIS, 0.9", "BUBBLE, 0.9",
		"PIGMENT, 0.7" })
	void aPlantedArtefactIsFoundWhereItLies(final ArtefactKind kind,
		final double least)
	{
		final Artefacts.Planted p = Artefacts.plant(culture(Dye.FAST_RED).rgb(),
			SIDE, SIDE, 0.5, EnumSet.of(kind), 3);
		final ArtefactMap map = find(p.rgb(), Dye.FAST_RED, false,
			ArtefactSettings.DEFAULTS);
		int planted = 0, found = 0, beside = 0;
		for (int i = 0; i < p.truth().length; i++) {
			final boolean is = map.at(i % SIDE, i / SIDE) == 1 + kind.ordinal();
			if (p.truth()[i] == 0) beside += is ? 1 : 0;
			else {
				planted++;
				found += is ? 1 : 0;
			}
		}
		assertTrue(found >= least * planted, found + " of " + planted);
		assertTrue(beside <= 0.03 * SIDE * SIDE, beside + " beside it");
	}

	@Test
	void whatIsSwitchedOffIsNeitherSoughtNorFound() {
		final byte[] rgb = Artefacts.plant(culture(Dye.NONE).rgb(), SIDE, SIDE, 0.5,
			EnumSet.of(ArtefactKind.DEBRIS), 3).rgb();
		final ArtefactMasking off = ArtefactMasking.OFF;
		final ArtefactMap map = find(rgb, Dye.NONE, false, new ArtefactSettings(
			ArtefactMasking.AUTO, off, off, off, off, off, off, off));
		assertEquals(Set.of(ArtefactKind.FOLD), map.sought());
		assertTrue(map.isEmpty());
		assertFalse(find(rgb, Dye.NONE, false, ArtefactSettings.DEFAULTS)
			.isEmpty());
	}

	/** Dense epithelium in loose stroma looks like a fold. */
	@Test
	void foldsAreNotSoughtOnSectionsUnlessAskedFor() {
		final byte[] rgb = culture(Dye.EOSIN).rgb();
		assertFalse(find(rgb, Dye.EOSIN, true, ArtefactSettings.DEFAULTS).sought()
			.contains(ArtefactKind.FOLD));
		assertTrue(find(rgb, Dye.EOSIN, false, ArtefactSettings.DEFAULTS).sought()
			.contains(ArtefactKind.FOLD));
	}

	@Test
	void aRegionIsReadAsItsPixelsAre() {
		final byte[] kinds = new byte[12];
		kinds[5] = 3;
		final ArtefactMap map = new ArtefactMap(4, 3, 10, 7, kinds, Set.of());
		final Region r = new Region(1, 1, 8, 5);
		final byte[] read = new byte[40];
		assertTrue(map.read(r, read));
		for (int i = 0; i < 40; i++)
			assertEquals(map.at(1 + i % 8, 1 + i / 8), read[i]);
		// 10 columns on 4, 7 rows on 3: the second of each begins at 2.5 and 2.33
		assertEquals(0, map.at(2, 3));
		assertEquals(3, map.at(3, 3));
		assertEquals(3, map.at(4, 4));
		assertEquals(0, map.at(5, 4));
		assertFalse(map.read(new Region(6, 0, 4, 7), read));
	}
}
