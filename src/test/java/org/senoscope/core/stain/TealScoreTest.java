
package org.senoscope.core.stain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.senoscope.core.protocol.ImageKind;

class TealScoreTest {

	/** Lamps grey, yellowish and bluish. */
	private static final List<WhiteReference> LAMPS = List.of(new WhiteReference(
		240, 240, 240, true, ""), new WhiteReference(214, 210, 186, true, ""),
		new WhiteReference(196, 205, 214, true, ""));

	private static float score(final ImageKind kind, final WhiteReference white,
		final double[] vector, final double od)
	{
		final byte[] rgb = new byte[3];
		for (int c = 0; c < 3; c++)
			rgb[c] = (byte) (int) Math.round(white.level(c) * Math.pow(10, -od *
				vector[c]));
		return new TealScore(new StainEstimate(kind, StainVectors.builtIn(kind),
			Double.NaN, "", List.of(), white, 0)).of(rgb, 0);
	}

	@ParameterizedTest
	@EnumSource(value = ImageKind.class, names = { "X_GAL", "X_GAL_NFR",
		"X_GAL_H", "X_GAL_E" })
	void indigoReadsItsDensityUnderAnyLampAndGreyNothing(final ImageKind kind) {
		for (final WhiteReference lamp : LAMPS) {
			// rounding to whole levels, four times as strong in the opponent
			assertEquals(0.5, score(kind, lamp, StainVectors.builtIn(kind).vector(
				StainVectors.CHROMOGEN), 0.5), 0.03);
			for (final double od : new double[] { 0.05, 0.2, 0.5 })
				assertEquals(0, score(kind, lamp, new double[] { 1, 1, 1 }, od), 0.04);
		}
	}

	@ParameterizedTest
	@EnumSource(value = ImageKind.class, names = { "X_GAL_NFR", "X_GAL_H",
		"X_GAL_E", "X_GAL_HDAB" })
	void theCounterstainReadsNothing(final ImageKind kind) {
		assertEquals(0, score(kind, LAMPS.get(0), StainVectors.builtIn(kind).vector(
			StainVectors.COUNTERSTAIN), 0.6), 0.04);
	}

	@Test
	void brownPigmentReadsBelowZero() {
		assertTrue(score(ImageKind.X_GAL, LAMPS.get(0), new double[] { 0.27, 0.57,
			0.78 }, 0.6) < -0.1);
	}
}
