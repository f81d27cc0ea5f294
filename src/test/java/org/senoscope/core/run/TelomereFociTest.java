
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;

/**
 * Telomere-associated foci: 5 x 4 round nuclei 100 pixels (of 0.15 µm) apart
 * with eight telomeres on a ring. Of the four foci of γH2AX in each nucleus, k
 * % 5 lie on a telomere (half a pixel off), the others between two, 1.4 µm from
 * either.
 */
class TelomereFociTest {

	private static final int COLUMNS = 5, ROWS = 4, PITCH = 100, W = COLUMNS *
		PITCH, H = ROWS * PITCH;

	@Test
	void fociOnTelomeresAreCountedAndThoseBesideAreNot() {
		final float[][] light = new float[3][W * H];
		for (int k = 0; k < COLUMNS * ROWS; k++) {
			final double cx = k % COLUMNS * PITCH + 50, cy = k / COLUMNS * PITCH + 50;
			for (int y = 0; y < PITCH; y++)
				for (int x = 0; x < PITCH; x++) {
					final int i = (k / COLUMNS * PITCH + y) * W + k % COLUMNS * PITCH + x;
					final double inside = 1 / (1 + Math.exp((Math.hypot(x - 50, y - 50) -
						38) / 0.8));
					light[0][i] += 1500 * inside;
					light[1][i] += 400 * inside;
					light[2][i] += 300 * inside;
				}
			for (int t = 0; t < 8; t++)
				spot(light[2], cx, cy, t * Math.PI / 4);
			for (int f = 0; f < 4; f++)
				spot(light[1], cx + 0.5, cy, (2 * f + (f < k % 5 ? 0 : 0.5)) * Math.PI /
					4);
		}
		final Random random = new Random(3);
		final Object[] counts = Arrays.stream(light).map(l -> {
			final short[] s = new short[l.length];
			for (int i = 0; i < s.length; i++)
				s[i] = (short) (200 + l[i] + 12 * random.nextGaussian());
			return s;
		}).toArray();
		final Protocol protocol = ProtocolOverrides.apply(BuiltInProtocols.load(
			"dna-damage-foci"), java.util.Map.of("method", "classical"));
		try (SlideResult result = SlidePipeline.run(new SlideInputs(ArrayPixelSource
			.channels("taf.tif", W, H, 0.15, List.of("DAPI", "γH2AX", "TRF1"),
				counts), null, List.of(), "taf.tif"), protocol, RunOptions.DEFAULTS,
			new MemorySpill(), Progress.SILENT, new Cancellation()))
		{
			final int[] n = new int[1];
			result.forEachCell(c -> {
				n[0]++;
				final int k = (int) result.table().number(c, "centroid_y_px") / PITCH *
					COLUMNS + (int) result.table().number(c, "centroid_x_px") / PITCH;
				assertEquals(8, result.table().number(c, "telomere_foci_count"), "" +
					k);
				assertEquals(k % 5, result.table().number(c,
					"gh2ax_foci_with_telomere"), "" + k);
			});
			assertEquals(COLUMNS * ROWS, n[0]);
		}
	}

	/** A spot of standard deviation 2 pixels on a ring of radius 24. */
	private static void spot(final float[] light, final double cx,
		final double cy, final double angle)
	{
		final double sx = cx + 24 * Math.cos(angle), sy = cy + 24 * Math.sin(angle);
		for (int y = (int) sy - 8; y <= sy + 8; y++)
			for (int x = (int) sx - 8; x <= sx + 8; x++)
				light[y * W + x] += (float) (900 * Math.exp(-(Math.pow(x - sx, 2) + Math
					.pow(y - sy, 2)) / 8));
	}
}
