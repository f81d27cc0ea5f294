
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.senoscope.core.UserException;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.nuclei.starconvex.NetworkCard;
import org.senoscope.core.nuclei.starconvex.NetworkCard.Normalisation;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.nuclei.starconvex.RadialNetwork;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.protocol.TableStyle;

/**
 * The pipeline with a network whose answer is known: it measures, from every
 * second pixel, how far the bright surroundings reach along each ray.
 */
class StarConvexPipelineTest {

	private static final int RAYS = 32, REACH = 24;

	/** Bright discs on a dark ground. */
	private record Scene(int width, int height, double[][] discs) {

		/**
		 * Discs of radius 7 to 9 on a jittered lattice of 26 px, pixels of the side
		 * {@code 1 / scale}; each pixel averages 3 x 3 points.
		 */
		static Scene of(final int width, final int height, final double scale) {
			final Random random = new Random(4);
			final List<double[]> discs = new ArrayList<>();
			for (int y = 20; y < height - 20; y += 26)
				for (int x = 20; x < width - 20; x += 26)
					discs.add(new double[] { scale * (x + 5 * random.nextDouble()),
						scale * (y + 5 * random.nextDouble()), scale * (7 + 2 * random
							.nextDouble()) });
			return new Scene((int) Math.round(scale * width), (int) Math.round(scale *
				height), discs.toArray(double[][]::new));
		}

		PixelSource picture(final double pixelSizeUm) {
			final float[] plane = new float[width * height];
			for (final double[] d : discs)
				for (int y = (int) (d[1] - d[2]) - 1; y < d[1] + d[2] + 1; y++)
					for (int x = (int) (d[0] - d[2]) - 1; x < d[0] + d[2] + 1; x++)
						for (int s = 0; s < 9; s++)
							if (Math.hypot(x + (s % 3 + 0.5) / 3 - d[0], y + (s / 3 + 0.5) /
								3 - d[1]) < d[2]) plane[y * width + x] += 100;
			return ArrayPixelSource.channels("discs.tif", width, height, pixelSizeUm,
				List.of("DAPI"), plane);
		}
	}

	private static final class RayNetwork implements RadialNetwork {

		private final NetworkCard card;

		RayNetwork(final double diameter) {
			card = new NetworkCard("rays", Set.of(ImageKind.FLUORESCENCE), 1, RAYS,
				diameter, Double.NaN, new Normalisation(false, 1, 99.8, false), 0.4,
				0.4, 16, 32, 2, "none");
		}

		@Override
		public NetworkCard card() {
			return card;
		}

		@Override
		public Prediction predict(final float[] pixels, final int width,
			final int height)
		{
			final int w = width / 2, h = height / 2;
			final float[] values = new float[w * h * (1 + RAYS)];
			for (int y = 0; y < h; y++)
				for (int x = 0; x < w; x++) {
					final int at = (y * w + x) * (1 + RAYS);
					double least = REACH, most = 1;
					for (int k = 0; k < RAYS; k++) {
						double r = 0;
						final double dx = Math.cos(2 * Math.PI * k / RAYS), dy = Math.sin(
							2 * Math.PI * k / RAYS);
						while (r < REACH && bright(pixels, width, height, 2 * x + r * dx,
							2 * y + r * dy))
							r += 0.125;
						values[at + 1 + k] = (float) r;
						least = Math.min(least, r);
						most = Math.max(most, r);
					}
					// best in the middle
					values[at] = (float) (least / most);
				}
			return new Prediction(w, h, 2, values, 0, 1 + RAYS, values, 1, 1 + RAYS);
		}

		private static boolean bright(final float[] p, final int w, final int h,
			final double x, final double y)
		{
			final int x0 = (int) Math.floor(x), y0 = (int) Math.floor(y);
			if (x0 < 0 || y0 < 0 || x0 + 1 >= w || y0 + 1 >= h) return false;
			final double u = x - x0, v = y - y0;
			return (1 - v) * ((1 - u) * p[y0 * w + x0] + u * p[y0 * w + x0 + 1]) + v *
				((1 - u) * p[y0 * w + w + x0] + u * p[y0 * w + w + x0 + 1]) > 0.5;
		}
	}

	private static NucleusNetworks networks(final RadialNetwork network) {
		return new NucleusNetworks() {

			@Override
			public RadialNetwork shipped(final ImageKind kind) {
				return network != null && network.card().kinds().contains(kind)
					? network : null;
			}

			@Override
			public RadialNetwork open(final String path) {
				return network;
			}
		};
	}

	private static Protocol protocol(final String... keysAndValues) {
		final Map<String, String> texts = new HashMap<>();
		for (int i = 0; i < keysAndValues.length; i += 2)
			texts.put(keysAndValues[i], keysAndValues[i + 1]);
		return ProtocolOverrides.apply(Protocol.DEFAULTS, texts);
	}

	private record Run(List<double[]> nuclei, String text,
			Map<String, Object> record, List<String> warnings) {
	}

	private static Run run(final PixelSource source,
		final NucleusNetworks networks, final Protocol protocol, final int threads,
		final int core)
	{
		final RunOptions options = new RunOptions(threads, 0, 1024, false,
			TableStyle.SENOSCOPE, "");
		final SpillStore spill = new MemorySpill();
		try (SlideResult result = SlidePipeline.run(new SlideInputs(source, null,
			List.of(), "discs.tif", EvidenceDefinition.builtIn(), null, networks, List
				.of()), protocol, options, spill, Progress.SILENT, new Cancellation(),
			core))
		{
			final List<double[]> nuclei = new ArrayList<>();
			final StringBuilder text = new StringBuilder();
			result.forEachCell(c -> {
				final double[] n = { c.numbers()[3], c.numbers()[4], result.table()
					.number(c, "nucleus_area_um2"), result.table().number(c,
						"nucleus_probability") };
				nuclei.add(n);
				text.append(java.util.Arrays.toString(n)).append('\n');
			});
			nuclei.sort(Comparator.<double[]> comparingDouble(n -> n[1])
				.thenComparingDouble(n -> n[0]));
			return new Run(nuclei, text.toString(), result.record(), result.summary()
				.warnings());
		}
	}

	private static Map<?, ?> nuclei(final Run run) {
		return (Map<?, ?>) run.record().get("nuclei");
	}

	/**
	 * Of every disc one nucleus: centre within half a pixel, area within 6 %,
	 * whatever the scale of the picture; 1500 px are more than one window.
	 */
	@Test
	void everyDiscIsFoundAtEveryScale() {
		for (final double scale : new double[] { 0.8, 1, 1.7, 3 }) {
			final Scene scene = Scene.of(scale < 2 ? 1500 : 400, 300, scale);
			final Run run = run(scene.picture(0.5 / scale), networks(new RayNetwork(
				16)), protocol("method", "star-convex"), 2, 0);
			assertEquals(scene.discs().length, run.nuclei().size(), "scale " + scale);
			for (final double[] d : scene.discs()) {
				final double[] n = run.nuclei().stream().min(Comparator.comparingDouble(
					c -> Math.hypot(c[0] - d[0], c[1] - d[1]))).orElseThrow();
				assertEquals(0, Math.hypot(n[0] - d[0], n[1] - d[1]), 0.5 * Math.max(1,
					scale), "scale " + scale);
				final double um = 0.5 / scale;
				assertEquals(1, n[2] / (Math.PI * d[2] * d[2] * um * um), 0.06,
					"scale " + scale);
				assertTrue(n[3] > 0.4 && n[3] <= 1);
			}
			assertEquals(scale, (Double) nuclei(run).get("network_pixel_px"), 0.12 *
				scale);
		}
	}

	@Test
	void blocksAndThreadsChangeNothing() {
		final PixelSource source = Scene.of(700, 600, 1.7).picture(0.3);
		final Protocol p = protocol("method", "star-convex");
		final NucleusNetworks networks = networks(new RayNetwork(16));
		final Run whole = run(source, networks, p, 1, 2048);
		assertTrue(whole.nuclei().size() > 500);
		assertEquals(whole.text(), run(source, networks, p, 3, 2048).text());
		for (final int core : new int[] { 256, 400 }) {
			final Run cut = run(source, networks, p, 2, core);
			assertEquals(whole.nuclei().size(), cut.nuclei().size());
			for (int i = 0; i < cut.nuclei().size(); i++)
				assertEquals(java.util.Arrays.toString(whole.nuclei().get(i)),
					java.util.Arrays.toString(cut.nuclei().get(i)));
		}
	}

	/** Two discs that share a third of their diameter. */
	@Test
	void trimmingKeepsWhatSuppressionDrops() {
		final Scene scene = new Scene(200, 200, new double[][] { { 100.3, 100.4,
			10 }, { 108.6, 100.4, 10 } });
		final NucleusNetworks networks = networks(new RayNetwork(Double.NaN));
		final String[] strict = { "method", "star-convex", "nuclei.max_shared",
			"0.05", "nuclei.min_probability", "0.3" };
		final Run suppressed = run(scene.picture(0.5), networks, protocol(strict),
			1, 0);
		assertEquals(1, suppressed.nuclei().size());
		final List<String> keys = new ArrayList<>(List.of(strict));
		keys.addAll(List.of("nuclei.overlap", "trim"));
		final Run trimmed = run(scene.picture(0.5), networks, protocol(keys.toArray(
			String[]::new)), 1, 0);
		assertEquals("trim", nuclei(trimmed).get("overlap"));
		assertTrue(trimmed.nuclei().size() >= suppressed.nuclei().size());
	}

	@Test
	void autoTakesTheShippedNetworkElseTheClassicalMethod() {
		final PixelSource source = Scene.of(300, 300, 1).picture(0.5);
		assertEquals("star-convex", nuclei(run(source, networks(new RayNetwork(16)),
			protocol(), 1, 0)).get("method"));
		final Run without = run(source, networks(null), protocol(), 1, 0);
		assertEquals("classical", nuclei(without).get("method"));
		assertEquals(List.of(), without.warnings());
		assertTrue(assertThrows(UserException.class, () -> run(source, networks(
			null), protocol("method", "star-convex"), 1, 0)).getMessage().contains(
				"no star-convex network is shipped for fluorescence"));
	}

	@Test
	void missingTensorFlowIsAWarningForAutoAndAnErrorWhereANetworkWasAskedFor() {
		final PixelSource source = Scene.of(300, 300, 1).picture(0.5);
		final NucleusNetworks broken = new NucleusNetworks() {

			@Override
			public RadialNetwork shipped(final ImageKind kind)
				throws NetworksUnavailableException
			{
				throw new NetworksUnavailableException("no natives", null);
			}

			@Override
			public RadialNetwork open(final String path)
				throws NetworksUnavailableException
			{
				throw new NetworksUnavailableException("no natives", null);
			}
		};
		final Run run = run(source, broken, protocol(), 1, 0);
		assertEquals("classical", nuclei(run).get("method"));
		assertTrue(run.warnings().toString().contains("no natives"), run.warnings()
			.toString());
		for (final Protocol asked : List.of(protocol("method", "star-convex"),
			protocol("model", "my.zip")))
		{
			final UserException refused = assertThrows(UserException.class, () -> run(
				source, broken, asked, 1, 0));
			assertEquals(UserException.Kind.INPUT, refused.kind());
			assertTrue(refused.getMessage().contains("no natives"));
		}
	}
}
