
package org.senoscope.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.io.model.SafeTensors;
import org.senoscope.tensorflow.IsolatedTensorFlow;
import org.senoscope.tensorflow.SavedNetwork;
import org.senoscope.tensorflow.StarConvexNetwork;
import org.senoscope.tensorflow.StarConvexNetwork.Layer;

/** Model folders written from weights. */
class StarConvexModelFolderTest {

	private static final int SIDE = 32;
	private static final StarConvexNetwork TINY = new StarConvexNetwork(3, 2, 4,
		8);

	@TempDir
	Path folder;

	/**
	 * The reference is written with loops, after the drawing in the class
	 * comment.
	 */
	@Test
	void savedModelComputesTheConvolutionsOfItsWeights() throws Exception {
		final Map<String, float[]> weights = randomWeights();
		final Path out = folder.resolve("model");
		StarConvexModelFolder.write(TINY, weights, card(), out);
		final float[] image = numbers(new Random(5), SIDE * SIDE * 3, 1);
		final List<float[]> expected = new LoopNetwork(TINY, weights).run(image,
			SIDE);
		try (SavedNetwork network = IsolatedTensorFlow.load().open(out)) {
			assertEquals(List.of("input"), network.inputs().stream().map(
				SavedNetwork.Slot::name).toList());
			final List<SavedNetwork.Values> values = network.run(List.of(
				new SavedNetwork.Values(image, new long[] { 1, SIDE, SIDE, 3 })));
			// outputs come in alphabetical order: dist, prob
			assertArrayEquals(new long[] { 1, 16, 16, 8 }, values.get(0).shape());
			assertArrayEquals(new long[] { 1, 16, 16, 1 }, values.get(1).shape());
			assertArrayEquals(expected.get(1), values.get(0).values(), 1e-4f);
			assertArrayEquals(expected.get(0), values.get(1).values(), 1e-4f);
		}
	}

	@Test
	void programReadsTheShapeOffTheWeightsAndHashesEveryFile() throws Exception {
		final Map<String, SafeTensors.Array> arrays = new LinkedHashMap<>();
		final Map<String, float[]> weights = randomWeights();
		TINY.weightShapes().forEach((name, shape) -> arrays.put(name,
			new SafeTensors.Array(weights.get(name), shape)));
		final Path file = folder.resolve("w.safetensors");
		SafeTensors.write(new SafeTensors.Content(arrays, Map.of("step", "7")),
			file);
		assertEquals("7", SafeTensors.read(file).metadata().get("step"));
		final Path json = folder.resolve("card.json");
		Files.writeString(json, """
				{"format": 1, "name": "n", "task": "nuclei", "kinds": ["h-e"],
				"channels": 3, "nucleus_diameter_px": 25, "normalisation":
				{"type": "white"}, "thresholds": {"prob": 0.479071, "nms": 0.3},
				"training": {}, "licence": "none"}""");
		final Path out = folder.resolve("model");
		StarConvexModelFolder.main(new String[] { file.toString(), json.toString(),
			out.toString() });
		final Map<String, Object> card = StarConvexModelFolder.readCard(out.resolve(
			"model.json"));
		assertEquals("senoscope-unet-1", card.get("architecture"));
		final Map<?, ?> hashes = (Map<?, ?>) card.get("sha256");
		assertEquals(List.of("config.json", "saved_model.pb", "thresholds.json",
			"variables/variables.data-00000-of-00001", "variables/variables.index"),
			List.copyOf(hashes.keySet()));
		assertTrue(hashes.values().stream().allMatch(h -> h.toString().matches(
			"[0-9a-f]{64}")));
		final Map<String, Object> config = StarConvexModelFolder.readCard(out
			.resolve("config.json"));
		assertEquals(List.of(8, 2, 4), List.of(config.get("n_rays"), config.get(
			"base_filters"), config.get("head_filters")));
		assertEquals(0.479071, StarConvexModelFolder.readCard(out.resolve(
			"thresholds.json")).get("prob"));
	}

	@Test
	void wrongWeightsAndCardsAreNamedAndLeaveNothingBehind() throws IOException {
		final Map<String, float[]> weights = randomWeights();
		weights.put("head/bias", new float[3]);
		weights.remove("stem/kernel");
		final Path out = folder.resolve("out/model");
		final String message = assertThrows(UserException.class,
			() -> StarConvexModelFolder.write(TINY, weights, card(), out))
			.getMessage();
		assertTrue(message.contains("head/bias has 3 numbers instead of 4"),
			message);
		assertTrue(message.contains("stem/kernel is missing"), message);
		assertFalse(Files.exists(out.getParent()));
		final Map<String, Object> card = card();
		card.remove("licence");
		assertEquals("the model card lacks licence", assertThrows(
			UserException.class, () -> StarConvexModelFolder.write(TINY,
				randomWeights(), card, out)).getMessage());
		assertTrue(assertThrows(UserException.class, () -> StarConvexModelFolder
			.write(TINY, randomWeights(), card(), Files.createDirectories(out)))
			.getMessage().contains("exists already"));
	}

	private static Map<String, Object> card() {
		return new LinkedHashMap<>(Map.of("format", 1, "name", "tiny", "task",
			"nuclei", "kinds", List.of("h-e"), "channels", 3, "nucleus_diameter_px",
			25, "normalisation", Map.of("type", "white"), "thresholds", Map.of("prob",
				0.5, "nms", 0.4), "training", Map.of(), "licence", "none"));
	}

	private static Map<String, float[]> randomWeights() {
		final Random random = new Random(1);
		final Map<String, float[]> weights = new LinkedHashMap<>();
		for (final Layer layer : TINY.layers()) {
			final int inputs = layer.size() * layer.size() * layer.in();
			weights.put(layer.kernel(), numbers(random, inputs * layer.out(), Math
				.sqrt(2.0 / inputs)));
			weights.put(layer.bias(), numbers(random, layer.out(), 0.2));
		}
		return weights;
	}

	private static float[] numbers(final Random random, final int count,
		final double scale)
	{
		final float[] numbers = new float[count];
		for (int i = 0; i < count; i++)
			numbers[i] = (float) (scale * random.nextGaussian());
		return numbers;
	}

	/** The network by loops over pixels, in double precision. */
	private record LoopNetwork(StarConvexNetwork network,
			Map<String, float[]> weights) {

		private record Plane(double[] v, int side, int channels) {
		}

		/** Returns probability and distances. */
		List<float[]> run(final float[] image, final int side) {
			final double[] v = new double[image.length];
			for (int i = 0; i < v.length; i++)
				v[i] = image[i];
			final Plane a = relu("enc0b", relu("enc0a", pool(relu("stem", new Plane(v,
				side, network.channels())))));
			final Plane b = relu("enc1b", relu("enc1a", pool(a)));
			final Plane c = relu("enc2b", relu("enc2a", pool(b)));
			Plane x = relu("mid_b", relu("mid_a", pool(c)));
			x = relu("dec2b", relu("dec2a", join(x, c)));
			x = relu("dec1b", relu("dec1a", join(x, b)));
			x = relu("dec0b", relu("dec0a", join(x, a)));
			x = relu("head", x);
			final double[] prob = convolve("prob", x).v;
			for (int i = 0; i < prob.length; i++)
				prob[i] = 1 / (1 + Math.exp(-prob[i]));
			return List.of(floats(prob), floats(convolve("dist", x).v));
		}

		private Plane relu(final String name, final Plane x) {
			final Plane y = convolve(name, x);
			for (int i = 0; i < y.v.length; i++)
				y.v[i] = Math.max(0, y.v[i]);
			return y;
		}

		private Plane convolve(final String name, final Plane x) {
			final Layer layer = network.layers().stream().filter(l -> l.name().equals(
				name)).findFirst().orElseThrow();
			assertEquals(layer.in(), x.channels, name);
			final float[] k = weights.get(layer.kernel());
			final float[] bias = weights.get(layer.bias());
			final int n = x.side;
			final int r = layer.size() / 2;
			final double[] out = new double[n * n * layer.out()];
			for (int py = 0; py < n; py++)
				for (int px = 0; px < n; px++)
					for (int o = 0; o < layer.out(); o++) {
						double sum = bias[o];
						for (int ky = 0; ky < layer.size(); ky++)
							for (int kx = 0; kx < layer.size(); kx++) {
								final int y = py + ky - r;
								final int z = px + kx - r;
								if (y < 0 || z < 0 || y >= n || z >= n) continue;
								for (int i = 0; i < layer.in(); i++)
									sum += x.v[(y * n + z) * x.channels + i] * k[((ky * layer
										.size() + kx) * layer.in() + i) * layer.out() + o];
							}
						out[(py * n + px) * layer.out() + o] = sum;
					}
			return new Plane(out, n, layer.out());
		}

		private static Plane pool(final Plane x) {
			final int n = x.side / 2;
			final double[] out = new double[n * n * x.channels];
			for (int y = 0; y < n; y++)
				for (int z = 0; z < n; z++)
					for (int i = 0; i < x.channels; i++) {
						final int at = (2 * y * x.side + 2 * z) * x.channels + i;
						final int below = at + x.side * x.channels;
						out[(y * n + z) * x.channels + i] = Math.max(Math.max(x.v[at],
							x.v[at + x.channels]), Math.max(x.v[below], x.v[below +
								x.channels]));
					}
			return new Plane(out, n, x.channels);
		}

		private static Plane join(final Plane small, final Plane skip) {
			final int channels = small.channels + skip.channels;
			final double[] out = new double[skip.side * skip.side * channels];
			for (int y = 0; y < skip.side; y++)
				for (int z = 0; z < skip.side; z++) {
					final int at = (y * skip.side + z) * channels;
					System.arraycopy(small.v, (y / 2 * small.side + z / 2) *
						small.channels, out, at, small.channels);
					System.arraycopy(skip.v, (y * skip.side + z) * skip.channels, out,
						at + small.channels, skip.channels);
				}
			return new Plane(out, skip.side, channels);
		}

		private static float[] floats(final double[] values) {
			final float[] out = new float[values.length];
			for (int i = 0; i < out.length; i++)
				out[i] = (float) values[i];
			return out;
		}
	}
}
