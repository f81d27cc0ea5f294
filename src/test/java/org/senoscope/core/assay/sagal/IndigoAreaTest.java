
package org.senoscope.core.assay.sagal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.senoscope.core.assay.BlockPixels;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.stain.StainEstimate;
import org.senoscope.core.stain.StainVectors;
import org.senoscope.core.stain.TealScore;
import org.senoscope.core.stain.WhiteReference;

class IndigoAreaTest {

	private static final WhiteReference WHITE = new WhiteReference(240, 240, 240,
		true, "");
	private static final double[] INDIGO = StainVectors.builtIn(ImageKind.X_GAL)
		.vector(StainVectors.CHROMOGEN), GREY = { 0.58, 0.58, 0.58 };

	/**
	 * Marks a row of pixels: "." glass, "-" faint indigo, "#" dense indigo, "g"
	 * dense grey of which the separation is made to believe that it is indigo.
	 */
	private static String marked(final String row, final double pixelSizeUm) {
		final int n = row.length();
		final byte[] rgb = new byte[3 * n], stained = new byte[n];
		final float[] plane = new float[n];
		for (int i = 0; i < n; i++) {
			final char p = row.charAt(i);
			final double od = p == '.' ? 0 : p == '-' ? 0.27 : 0.6;
			plane[i] = (float) od;
			for (int c = 0; c < 3; c++)
				rgb[3 * i + c] = (byte) (int) Math.round(240 * Math.pow(10, -od *
					(p == 'g' ? GREY : INDIGO)[c]));
		}
		final BlockPixels pixels = new BlockPixels(ArrayPixelSource.rgb("row.tif",
			n, 1, pixelSizeUm, rgb));
		pixels.moveTo(new Region(0, 0, n, 1));
		new IndigoArea(SagalSettings.DEFAULTS, new TealScore(new StainEstimate(
			ImageKind.X_GAL, StainVectors.builtIn(ImageKind.X_GAL), Double.NaN, "",
			List.of(), WHITE, 0)), pixelSizeUm).mark(pixels, plane, stained);
		final StringBuilder s = new StringBuilder();
		for (final byte b : stained)
			s.append(b == 1 ? 'x' : '.');
		return s.toString();
	}

	@Test
	void faintPixelsCountOnlyWhereConnectedToDenseOnes() {
		assertEquals("..........xxxx..", marked("..---..-..-##-..", 0.5));
	}

	@Test
	void stainReachesThreeMicrometresFromADensePixel() {
		assertEquals("xxxxxxx...", marked("#---------", 0.5));
		assertEquals("xxxx......", marked("#---------", 1));
	}

	@Test
	void whatOnlyTheSeparationTakesForIndigoDoesNotCount() {
		assertEquals(".....x", marked(".gg..#", 0.5));
	}
}
