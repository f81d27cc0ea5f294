
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.protocol.TableStyle;

/**
 * Drawn discs of 9 to 13 µm at 0.5 µm a pixel, with noise, of which some are
 * blurred by a Gaussian of 3 pixels.
 */
class FocusCheckTest {

	private static final int W = 1440, H = 720, PITCH = 48;
	private static final double SIGMA = 3;

	/** Nuclei that were found, and those flagged, sharp and blurred ones. */
	private record Found(int sharp, int sharpFlagged, int blurred,
			int blurredFlagged, SlideSummary summary, Map<String, Object> focus) {

		boolean warns() {
			return summary.warnings().stream().anyMatch(w -> w.contains(
				"out of focus"));
		}
	}

	/** How much of a nucleus lies on each pixel, left of a column sharp. */
	private static float[] cover(final int sharpTo) {
		final Random random = new Random(7);
		final float[] drawn = new float[W * H];
		for (int y0 = PITCH / 2; y0 < H; y0 += PITCH)
			for (int x0 = PITCH / 2; x0 < W; x0 += PITCH) {
				final double r = 9 + 4 * random.nextDouble(), cx = x0 + random
					.nextDouble(), cy = y0 + random.nextDouble();
				for (int y = y0 - 16; y < y0 + 16; y++)
					for (int x = x0 - 16; x < x0 + 16; x++)
						drawn[y * W + x] = (float) Math.max(0, Math.min(1, r - Math.hypot(
							x - cx, y - cy) + 0.5));
			}
		final float[] blurred = transposed(blurRows(transposed(blurRows(drawn, W),
			W), H), H);
		for (int i = 0; i < drawn.length; i++)
			if (i % W >= sharpTo) drawn[i] = blurred[i];
		return drawn;
	}

	private static float[] transposed(final float[] a, final int width) {
		final float[] t = new float[a.length];
		for (int i = 0; i < a.length; i++)
			t[i % width * (a.length / width) + i / width] = a[i];
		return t;
	}

	private static float[] blurRows(final float[] a, final int width) {
		final int reach = (int) (4 * SIGMA);
		final double[] kernel = new double[2 * reach + 1];
		double all = 0;
		for (int k = -reach; k <= reach; k++)
			all += kernel[k + reach] = Math.exp(-0.5 * k * k / (SIGMA * SIGMA));
		final float[] out = new float[a.length];
		for (int i = 0; i < a.length; i++) {
			double sum = 0;
			for (int k = -reach; k <= reach; k++)
				sum += kernel[k + reach] * a[i / width * width + Math.max(0, Math.min(
					width - 1, i % width + k))];
			out[i] = (float) (sum / all);
		}
		return out;
	}

	private static PixelSource fluorescence(final float[] cover,
		final double contrast)
	{
		final Random noise = new Random(3);
		final short[] values = new short[W * H];
		for (int i = 0; i < values.length; i++)
			values[i] = (short) (200 + contrast * 1000 * cover[i] + 30 * noise
				.nextGaussian());
		return ArrayPixelSource.channels("discs.tif", W, H, 0.5, List.of("DAPI"),
			values);
	}

	/** Hematoxylin by Ruifrok and Johnston (2001) on white 240. */
	private static PixelSource brightfield(final float[] cover,
		final double contrast)
	{
		final double[] hematoxylin = { 0.650, 0.704, 0.286 };
		final Random noise = new Random(3);
		final byte[] rgb = new byte[3 * W * H];
		for (int i = 0; i < rgb.length; i++)
			rgb[i] = (byte) Math.max(0, Math.min(255, Math.round(240 * Math.pow(10,
				-contrast * 0.5 * cover[i / 3] * hematoxylin[i % 3]) + 2 * noise
					.nextGaussian())));
		return ArrayPixelSource.rgb("discs.png", W, H, 0.5, rgb);
	}

	@SuppressWarnings("unchecked")
	private static Found run(final PixelSource source, final int sharpTo,
		final int threads)
	{
		final boolean rgb = source.info().rgb();
		final Protocol protocol = ProtocolOverrides.apply(BuiltInProtocols.load(rgb
			? "ki67-hdab" : "nuclei-fluorescence"), Map.of("method", "classical"));
		final SpillStore memory = new MemorySpill();
		final int[] n = new int[4];
		try (SlideResult result = SlidePipeline.run(new SlideInputs(source, null,
			List.of(), "discs"), protocol, new RunOptions(threads, 0, 1024, false,
				TableStyle.SENOSCOPE, ""), memory, Progress.SILENT, new Cancellation(),
			512))
		{
			final int flags = result.table().index("flags");
			result.forEachCell(c -> {
				final int at = c.numbers()[3] < sharpTo ? 0 : 2;
				n[at]++;
				if (c.texts()[flags] != null && c.texts()[flags].contains(
					"out_of_focus")) n[at + 1]++;
			});
			return new Found(n[0], n[1], n[2], n[3], result.summary(),
				(Map<String, Object>) result.record().get("focus"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "false,1", "false,2", "true,1", "true,2" })
	void theBlurredHalfIsFlaggedAtEitherContrast(final boolean rgb,
		final double contrast)
	{
		final float[] cover = cover(W / 2);
		final Found f = run(rgb ? brightfield(cover, contrast) : fluorescence(cover,
			contrast), W / 2, 2);
		assertTrue(f.sharp > 200 && f.blurred > 200, f.toString());
		assertTrue(f.sharpFlagged <= 0.01 * f.sharp, f.toString());
		assertTrue(f.blurredFlagged >= 0.9 * f.blurred, f.toString());
		assertEquals((long) f.sharpFlagged + f.blurredFlagged, f.focus.get(
			"nuclei_out_of_focus"));
		assertTrue(f.warns());
	}

	@ParameterizedTest
	@CsvSource({ "false", "true" })
	void aWhollySharpSlidePassesAndAWhollyBlurredOneDoesNot(final boolean rgb) {
		final float[] sharp = cover(W), blurred = cover(0);
		final Found s = run(rgb ? brightfield(sharp, 1) : fluorescence(sharp, 1), W,
			2), b = run(rgb ? brightfield(blurred, 1) : fluorescence(blurred, 1), 0,
				2);
		assertTrue(s.sharpFlagged <= 0.01 * s.sharp && s.sharp > 400, s.toString());
		assertTrue(b.blurredFlagged >= 0.9 * b.blurred && b.blurred > 400, b
			.toString());
		assertTrue(!s.warns() && b.warns());
	}

	@Test
	void threadsChangeNoFlag() {
		final PixelSource source = fluorescence(cover(W / 2), 1);
		final Found one = run(source, W / 2, 1), three = run(source, W / 2, 3);
		assertEquals(one.focus, three.focus);
		assertEquals(one.blurredFlagged, three.blurredFlagged);
	}
}
