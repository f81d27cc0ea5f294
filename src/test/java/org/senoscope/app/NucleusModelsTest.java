
package org.senoscope.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.senoscope.core.UserException;
import org.senoscope.core.nuclei.starconvex.NetworkCard;
import org.senoscope.core.nuclei.starconvex.RadialNetwork;
import org.senoscope.core.nuclei.starconvex.RadialNetwork.Prediction;
import org.senoscope.core.protocol.ImageKind;
import org.senoscope.io.model.ModelFolders;
import org.senoscope.tensorflow.SavedNetwork;

class NucleusModelsTest {

	@TempDir
	Path folder;

	@Test
	void modelSaysHowItWantsItsPixels() throws Exception {
		BlobNetwork.write(folder.resolve("m"), 1, Map.of());
		final RadialNetwork network = NucleusModels.shared().open(folder.resolve(
			"m").toString());
		final NetworkCard card = network.card();
		assertEquals("blobs", card.name());
		assertEquals(Set.of(ImageKind.FLUORESCENCE), card.kinds());
		assertEquals(BlobNetwork.RAYS, card.rays());
		assertEquals(12, card.nucleusDiameterPx());
		assertEquals(0.3, card.overlapThreshold());
		assertEquals(16, card.sizeDivisor());
		assertTrue(card.haloPx() >= 106, "reach of the network: " + card.haloPx());
		final Prediction p = network.predict(new float[64 * 32], 64, 32);
		assertEquals("32 x 16, grid 2", p.width() + " x " + p.height() + ", grid " +
			p.grid());
		assertEquals(BlobNetwork.RADIUS, p.distances()[p.distancesAt() + 5 * p
			.distancesStep() + 3], 1e-6);
		assertSame(network, NucleusModels.shared().open(folder.resolve("m")
			.toString()), "read once");
	}

	@Test
	void shippedModelIsTakenByKindOfImage() throws Exception {
		System.setProperty(ModelFolders.MODELS_PROPERTY, folder.toString());
		try {
			assertEquals(null, NucleusModels.shared().shipped(
				ImageKind.FLUORESCENCE));
			BlobNetwork.write(folder.resolve("nuclei-fluorescence"), 1, Map.of());
			assertEquals("blobs", NucleusModels.shared().shipped(
				ImageKind.FLUORESCENCE).card().name());
			assertEquals(null, NucleusModels.shared().shipped(ImageKind.H_E));
		}
		finally {
			System.clearProperty(ModelFolders.MODELS_PROPERTY);
		}
	}

	@Test
	void damagedModelsAreRefusedInOneLine() throws IOException {
		BlobNetwork.write(folder.resolve("a"), 1, Map.of());
		Files.write(folder.resolve("a/saved_model.pb"), new byte[100]);
		assertRefused("a", "saved_model.pb is not the one that its model.json");
		Files.delete(folder.resolve("a/model.json"));
		assertRefused("a", "TensorFlow cannot read it");
		BlobNetwork.write(folder.resolve("b"), 1, Map.of());
		Files.writeString(folder.resolve("b/model.json"), "{}");
		Files.writeString(folder.resolve("b/config.json"), "{\"n_rays\": 32}");
		assertRefused("b", "gives 8 distances, its config.json says 32 rays");
		Files.writeString(folder.resolve("b/config.json"), "{\"n_channel_in\": 3}");
		assertRefused("b", "takes 1 channels, its config.json says 3");
		Files.writeString(folder.resolve("b/config.json"), "{\"n_dim\": 3}");
		assertRefused("b", "the network is for volumes");
		BlobNetwork.write(folder.resolve("c"), 2, Map.of());
		assertRefused("c", "takes 2 channels; give one for 1");
		BlobNetwork.write(folder.resolve("d"), 1, Map.of("normalisation", Map.of(
			"type", "odd")));
		assertRefused("d", "unknown normalisation (odd)");
		Files.createDirectories(folder.resolve("e"));
		Files.writeString(folder.resolve("e/model.json"), "{}");
		assertRefused("e", "it is no network of nuclei");
	}

	private void assertRefused(final String name, final String why) {
		final Path model = folder.resolve(name);
		final UserException refused = assertThrows(UserException.class,
			() -> NucleusModels.shared().open(model.toString()));
		assertTrue(refused.getMessage().startsWith(model + ": ") && refused
			.getMessage().contains(why), refused.getMessage());
		assertEquals(UserException.Kind.INPUT, refused.kind());
	}

	/**
	 * Probability and distances in one output at full size, as StarDist exports
	 * for Fiji; two outputs in either order.
	 */
	@Test
	void everyFormOfStarDistIsUnderstood() throws IOException {
		final Prediction one = network(new long[][] { { 1, 1, 33 } }).predict(
			new float[128 * 64], 128, 64);
		assertEquals("128 64 1", one.width() + " " + one.height() + " " + one
			.grid());
		assertEquals("0 33 1 33", one.probabilityAt() + " " + one
			.probabilityStep() + " " + one.distancesAt() + " " + one.distancesStep());
		for (final int first : new int[] { 1, 32 }) {
			final Prediction two = network(new long[][] { { 2, 2, first }, { 2, 2,
				33 - first } }).predict(new float[128 * 64], 128, 64);
			assertEquals("64 32 2", two.width() + " " + two.height() + " " + two
				.grid());
			assertEquals(64 * 32, two.values().length);
			assertEquals(64 * 32 * 32, two.distances().length);
		}
	}

	/** Between grid points the probability is exactly zero. */
	@Test
	void gridIsFoundInAnOutputBroughtBackToFullSize() throws IOException {
		spread = 2;
		final Prediction p = network(new long[][] { { 1, 1, 33 } }).predict(
			new float[128 * 64], 128, 64);
		assertEquals("64 32 2", p.width() + " " + p.height() + " " + p.grid());
		for (int at = 0; at < 64 * 32; at++)
			assertEquals(0.5f, p.values()[p.probabilityAt() + at * p
				.probabilityStep()]);
	}

	/** Grid points of the network below that have a probability. */
	private int spread = 1;

	@Test
	void networksOfOtherThingsAreRefused() {
		for (final long[][] outputs : new long[][][] { { { 1, 1, 3 } }, { { 2, 2,
			5 }, { 2, 2, 7 } }, { { 1, 1, 1 }, { 2, 2, 32 } }, { { 2, 2, 1 }, { 2, 2,
				32 }, { 2, 2, 4 } }, { { 200, 200, 1 }, { 200, 200, 32 } } })
			assertTrue(assertThrows(UserException.class, () -> network(outputs))
				.getMessage().contains("not those of a star-convex network"));
	}

	/** A network whose outputs have a size: steps in y and x, channels. */
	private RadialNetwork network(final long[][] outputs) throws IOException {
		Files.createDirectories(folder.resolve("x"));
		Files.writeString(folder.resolve("x/saved_model.pb"), "");
		return new SavedRadialNetwork(new SavedNetwork() {

			@Override
			public List<Slot> inputs() {
				return List.of(new Slot("input", new long[] { -1, -1, -1, 1 }));
			}

			@Override
			public List<Slot> outputs() {
				throw new UnsupportedOperationException();
			}

			@Override
			public List<Values> run(final List<Values> inputs) {
				final long[] in = inputs.get(0).shape();
				return java.util.Arrays.stream(outputs).map(o -> {
					final int h = (int) (in[1] / o[0]), w = (int) (in[2] / o[1]), n =
						(int) o[2];
					final float[] values = new float[h * w * n];
					for (int y = 0; y < h; y += spread)
						for (int x = 0; x < w; x += spread)
							values[(y * w + x) * n] = 0.5f;
					return new Values(values, new long[] { 1, h, w, n });
				}).toList();
			}

			@Override
			public void close() {}
		}, ModelFolders.open(folder.resolve("x")));
	}
}
