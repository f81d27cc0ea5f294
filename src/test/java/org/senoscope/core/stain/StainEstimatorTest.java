
package org.senoscope.core.stain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.image.RgbField;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.protocol.StainVectorSource;

/** Tests {@link StainEstimator} and {@link WhiteReference} on drawn slides. */
class StainEstimatorTest {

	private static final StainSettings ESTIMATED = new StainSettings(
		StainVectorSource.ESTIMATED, "", "", "");

	private static StainEstimate estimate(final ImageKind kind,
		final StainSettings settings, final DrawnSlide.Recipe recipe)
	{
		return StainEstimator.estimate(kind, settings, List.of(DrawnSlide.draw(
			recipe).field), null);
	}

	@Test
	void vectorsAreFoundOverStainsSharesNoiseAndJpeg() {
		final double[][] blue = { { 0.65, 0.70, 0.29 }, { 0.80, 0.57, 0.20 }, {
			0.55, 0.76, 0.35 } };
		final double[][] brown = { { 0.27, 0.57, 0.78 }, { 0.35, 0.58, 0.74 }, {
			0.20, 0.50, 0.84 } };
		for (int i = 0; i < 3; i++)
			for (final double positive : new double[] { 0.05, 0.3, 0.8 })
				for (final double noise : new double[] { 1, 4 }) {
					final DrawnSlide.Recipe r = new DrawnSlide.Recipe();
					r.counterstain = blue[i];
					r.chromogen = brown[i];
					r.positive = positive;
					r.counterstained = Math.min(0.6, 0.9 - positive);
					r.noiseLevels = noise;
					r.jpeg = noise > 1;
					r.white = new double[] { 230, 238, 215 };
					final StainEstimate e = estimate(ImageKind.H_DAB, ESTIMATED, r);
					final String what = "set " + i + ", positive " + positive +
						", noise " + noise + ": " + e;
					assertEquals(0, StainVectors.angleDegrees(e.vectors().vector(0),
						r.counterstain), 4, what);
					assertEquals(0, StainVectors.angleDegrees(e.vectors().vector(1),
						r.chromogen), 4, what);
					assertTrue(e.quality() > 0.8, what);
					assertTrue(e.warnings().isEmpty(), what);
				}
	}

	@Test
	void nuclearFastRedIsTheCounterstainAndIndigoTheChromogen() {
		final DrawnSlide.Recipe r = new DrawnSlide.Recipe();
		r.counterstain = new double[] { 0.15, 0.88, 0.45 };
		r.chromogen = new double[] { 0.86, 0.44, 0.26 };
		final StainEstimate e = estimate(ImageKind.X_GAL_NFR, ESTIMATED, r);
		assertEquals(Stain.NUCLEAR_FAST_RED, e.vectors().stain(0));
		assertEquals(0, StainVectors.angleDegrees(e.vectors().vector(0),
			r.counterstain), 4);
		assertEquals(0, StainVectors.angleDegrees(e.vectors().vector(1),
			r.chromogen), 4);
	}

	@Test
	void drawingOrderOfStainsDoesNotMatter() {
		final DrawnSlide.Recipe r = new DrawnSlide.Recipe();
		final double[] h = r.counterstain;
		r.counterstain = r.chromogen;
		r.chromogen = h;
		final StainEstimate e = estimate(ImageKind.H_DAB, ESTIMATED, r);
		assertEquals(0, StainVectors.angleDegrees(e.vectors().vector(0), h), 4);
		assertTrue(e.quality() > 0.8);
	}

	@Test
	void aSlideWithoutChromogenGetsNoInventedVector() {
		final DrawnSlide.Recipe r = new DrawnSlide.Recipe();
		r.positive = 0;
		r.groundChromogen = 0;
		for (final double noise : new double[] { 1, 5 }) {
			r.noiseLevels = noise;
			r.jpeg = noise > 1;
			final StainEstimate e = estimate(ImageKind.H_DAB, ESTIMATED, r);
			final StainVectors builtIn = StainVectors.builtIn(ImageKind.H_DAB);
			assertArrayEquals(builtIn.vector(1), e.vectors().vector(1), 1e-12);
			assertTrue(e.quality() < 0.1);
			assertTrue(e.warnings().get(0).contains("DAB"), e.warnings().toString());
			final StainEstimate auto = estimate(ImageKind.H_DAB,
				StainSettings.DEFAULTS, r);
			assertEquals(builtIn, auto.vectors());
			assertTrue(auto.origin().startsWith("built-in (hardly any pixel"), auto
				.origin());
		}
	}

	@Test
	void indigoAloneIsFoundBesideGreyRelief() {
		final DrawnSlide.Recipe r = new DrawnSlide.Recipe();
		r.counterstain = new double[] { 1, 1, 1 };
		r.chromogen = new double[] { 0.87, 0.42, 0.26 };
		r.underChromogen = 0;
		final StainEstimate e = estimate(ImageKind.X_GAL, ESTIMATED, r);
		assertEquals(0, StainVectors.angleDegrees(e.vectors().vector(1),
			r.chromogen), 3);
		assertTrue(e.quality() > 0.5, e.toString());
	}

	@Test
	void typedVectorsAndWhiteWin() {
		final StainEstimate e = estimate(ImageKind.H_DAB, new StainSettings(
			StainVectorSource.AUTO, "0.6,0.7,0.4", "0.3,0.6,0.7", "240,239,238"),
			new DrawnSlide.Recipe());
		assertArrayEquals(StainVectors.unit(new double[] { 0.6, 0.7, 0.4 }), e
			.vectors().vector(0), 1e-12);
		assertArrayEquals(StainVectors.unit(new double[] { 0.3, 0.6, 0.7 }), e
			.vectors().vector(1), 1e-12);
		assertEquals("240,239,238", e.white().text());
		assertEquals("given", e.origin());
		assertTrue(Double.isNaN(e.quality()));
	}

	@Test
	void badSettingsNameTheirKey() {
		final UserException white = assertThrows(UserException.class,
			() -> estimate(ImageKind.H_DAB, new StainSettings(StainVectorSource.AUTO,
				"", "", "0,1,2"), new DrawnSlide.Recipe()));
		assertTrue(white.getMessage().startsWith("stains.white: '0,1,2'"));
		final UserException same = assertThrows(UserException.class, () -> estimate(
			ImageKind.H_DAB, new StainSettings(StainVectorSource.AUTO, "1,1,1",
				"1,1,1", ""), new DrawnSlide.Recipe()));
		assertTrue(same.getMessage().contains("nearly the same colour"));
	}

	@Test
	void emptyAndUnstainedPicturesFallBackToBuiltIn() {
		final byte[] glass = new byte[3 * 100 * 100];
		Arrays.fill(glass, (byte) 240);
		for (final List<RgbField> fields : List.of(List.<RgbField> of(), List.of(
			new RgbField(100, 100, glass)), List.of(new RgbField(1, 1, new byte[3]))))
		{
			final StainEstimate e = StainEstimator.estimate(ImageKind.H_DAB,
				StainSettings.DEFAULTS, fields, null);
			assertEquals(StainVectors.builtIn(ImageKind.H_DAB), e.vectors());
		}
	}

	@Test
	void whiteIsFoundUnderATintedLamp() {
		for (final double[] lamp : new double[][] { { 243, 241, 238 }, { 205, 220,
			209 }, { 230, 215, 180 }, { 255, 255, 255 } })
		{
			final DrawnSlide.Recipe r = new DrawnSlide.Recipe();
			r.white = lamp;
			r.noiseLevels = 3;
			r.glass = 0.05;
			final WhiteReference w = WhiteReference.estimate(List.of(DrawnSlide.draw(
				r).field));
			assertTrue(w.found(), w.toString());
			for (int c = 0; c < 3; c++)
				assertEquals(lamp[c], w.level(c), 3, w.toString());
		}
	}

	@Test
	void whiteIsAssumedWhereTissueFillsThePicture() {
		// Coarse texture all over: no smooth bright place.
		final int n = 300;
		final byte[] rgb = new byte[3 * n * n];
		for (int y = 0; y < n; y++)
			for (int x = 0; x < n; x++) {
				final double wave = Math.sin(x * 0.7) * Math.sin(y * 0.6);
				rgb[3 * (y * n + x)] = (byte) (170 + 45 * wave);
				rgb[3 * (y * n + x) + 1] = (byte) (110 + 60 * wave);
				rgb[3 * (y * n + x) + 2] = (byte) (170 + 40 * wave);
			}
		final StainEstimate e = StainEstimator.estimate(ImageKind.H_E,
			StainSettings.DEFAULTS, List.of(new RgbField(n, n, rgb)), null);
		assertFalse(e.white().found());
		assertTrue(e.white().red() >= 240);
		assertTrue(e.warnings().get(0).startsWith("no clear glass"));
	}
}
