
package org.senoscope.core.stain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.image.RgbField;
import org.senoscope.core.protocol.ImageKind;

/** Tests {@link StainSeparation} and {@link NuclearSignal}. */
class StainSeparationTest {

	private static final WhiteReference WHITE = new WhiteReference(243, 241, 238,
		true, "drawn");

	private static StainEstimate known(final ImageKind kind) {
		return new StainEstimate(kind, StainVectors.builtIn(kind), 1, "known", List
			.of(), WHITE, 0);
	}

	/** One pixel with given amounts of the two stains. */
	private static byte[] pixel(final ImageKind kind, final double counterstain,
		final double chromogen)
	{
		final StainVectors v = StainVectors.builtIn(kind);
		final byte[] rgb = new byte[3];
		for (int c = 0; c < 3; c++)
			rgb[c] = (byte) Math.round(WHITE.level(c) * Math.pow(10, -counterstain * v
				.vector(0)[c] - chromogen * v.vector(1)[c]));
		return rgb;
	}

	private static float signal(final ImageKind kind, final double counterstain,
		final double chromogen)
	{
		final float[] out = new float[1];
		NuclearSignal.of(kind, known(kind)).plane(pixel(kind, counterstain,
			chromogen), 1, 1, 1, out);
		return out[0];
	}

	@Test
	void plantedAmountsAreRecovered() {
		final DrawnSlide.Recipe r = new DrawnSlide.Recipe();
		r.noiseLevels = 0;
		final DrawnSlide s = DrawnSlide.draw(r);
		final StainSeparation separation = StainSeparation.of(known(
			ImageKind.H_DAB));
		final int n = s.field.size();
		final float[] out = new float[n + 5];
		for (int stain = 0; stain < 2; stain++) {
			separation.od(s.field.rgb(), 0, n, out, 5, stain);
			for (int i = 0; i < n; i++) {
				// One grey level of rounding in a pixel as dark as 10.
				assertEquals(s.amount[stain][i], out[5 + i], 0.07);
				final int p = 3 * i;
				assertEquals(out[5 + i], separation.od(s.field.rgb()[p] & 255, s.field
					.rgb()[p + 1] & 255, s.field.rgb()[p + 2] & 255, stain), 0);
			}
		}
	}

	@Test
	void meansUnderNoiseAreUnbiased() {
		final DrawnSlide.Recipe r = new DrawnSlide.Recipe();
		r.noiseLevels = 4;
		r.glass = 1;
		final DrawnSlide s = DrawnSlide.draw(r);
		final float[] out = new float[s.field.size()];
		StainSeparation.of(known(ImageKind.H_DAB)).od(s.field.rgb(), 0, out.length,
			out, 0, 1);
		double sum = 0;
		for (final float v : out)
			sum += v;
		assertEquals(0, sum / out.length, 0.003);
	}

	@Test
	void densestChannelTellsSaturation() {
		final StainSeparation s = StainSeparation.of(known(ImageKind.X_GAL));
		final float[] out = new float[2];
		// The second pixel: red has gone, green and blue are still bright.
		s.densest(new byte[] { 9, 9, 9, (byte) 243, (byte) 241, (byte) 238, 2,
			(byte) 120, (byte) 160 }, 1, 2, out, 0);
		assertEquals(0, out[0], 1e-6);
		assertEquals(Math.log10(243 / 2.0), out[1], 1e-5);
	}

	@Test
	void blueAndBrownNucleiStandAboveBrownCytoplasmInOnePlane() {
		final float paleBlue = signal(ImageKind.H_DAB, 0.25, 0);
		final float strongBrown = signal(ImageKind.H_DAB, 0.3, 1.2);
		final float weakBrown = signal(ImageKind.H_DAB, 0.2, 0.3);
		final float haze = signal(ImageKind.H_DAB, 0.02, 0.2);
		assertTrue(paleBlue > 1.8 * haze, paleBlue + " " + haze);
		assertTrue(weakBrown > paleBlue);
		assertTrue(strongBrown > weakBrown && strongBrown < 3.5 * paleBlue,
			strongBrown + " " + paleBlue);
	}

	@Test
	void eosinAndIndigoDoNotCountAsNuclei() {
		assertTrue(signal(ImageKind.H_E, 0, 0.5) < 0.03);
		// Pink stroma with a little hematoxylin in it stays far below a nucleus.
		assertTrue(signal(ImageKind.H_E, 0.08, 0.4) < 0.25 * signal(ImageKind.H_E,
			0.5, 0.15));
		assertEquals(0, signal(ImageKind.X_GAL_NFR, 0, 0.5), 0.02);
		assertTrue(signal(ImageKind.H_E, 0.4, 0.3) > 0.2);
		assertTrue(signal(ImageKind.X_GAL_NFR, 0.4, 0.3) > 0.25);
	}

	@Test
	void coarsePlaneIsThePlaneOfMeanColours() {
		// 5 x 4 pixels, factor 2: the fifth column is left out.
		final byte[] rgb = new byte[3 * 20];
		for (int i = 0; i < rgb.length; i++)
			rgb[i] = (byte) (60 + 37 * i % 180);
		final NuclearSignal signal = NuclearSignal.of(ImageKind.H_DAB, known(
			ImageKind.H_DAB));
		final float[] out = new float[4];
		signal.plane(rgb, 5, 4, 2, out);
		for (int oy = 0; oy < 2; oy++)
			for (int ox = 0; ox < 2; ox++) {
				final byte[] mean = new byte[3];
				for (int c = 0; c < 3; c++) {
					int sum = 0;
					for (int y = 0; y < 2; y++)
						for (int x = 0; x < 2; x++)
							sum += rgb[3 * ((2 * oy + y) * 5 + 2 * ox + x) + c] & 255;
					mean[c] = (byte) Math.round(sum / 4.0);
				}
				final float[] one = new float[1];
				signal.plane(mean, 1, 1, 1, one);
				// Half a grey level of rounding here, none there.
				assertEquals(one[0], out[2 * oy + ox], 0.01);
			}
	}

	@Test
	void theVeilOverASectionIsTakenOff() {
		final DrawnSlide.Recipe r = new DrawnSlide.Recipe();
		r.groundCounterstain = 0.12;
		r.groundChromogen = 0.05;
		r.counterstained = 0.4;
		r.glass = 0;
		r.white = new double[] { 243, 241, 238 };
		final DrawnSlide s = DrawnSlide.draw(r);
		final double ground = NuclearSignal.ground(ImageKind.H_DAB, StainVectors
			.builtIn(ImageKind.H_DAB), 1, WHITE, List.of(s.field));
		assertEquals(0.12 + 0.3 * 0.05, ground, 0.01);
		r.groundCounterstain = 0;
		r.groundChromogen = 0;
		assertEquals(0, NuclearSignal.ground(ImageKind.H_DAB, StainVectors.builtIn(
			ImageKind.H_DAB), 1, WHITE, List.of(DrawnSlide.draw(r).field)), 0.004);
		assertEquals(0, NuclearSignal.ground(ImageKind.H_DAB, StainVectors.builtIn(
			ImageKind.H_DAB), 1, WHITE, List.of()));
	}

	@Test
	void nucleiCannotComeFromIndigoAlone() {
		assertThrows(UserException.class, () -> NuclearSignal.of(ImageKind.X_GAL,
			known(ImageKind.X_GAL)));
		assertThrows(IllegalArgumentException.class, () -> new RgbField(2, 2,
			new byte[11]));
	}
}
