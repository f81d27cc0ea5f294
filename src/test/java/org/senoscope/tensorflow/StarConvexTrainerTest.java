
package org.senoscope.tensorflow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of training, on patches whose truth can be read off the picture. */
class StarConvexTrainerTest {

	private static final StarConvexNetwork TINY = new StarConvexNetwork(1, 4, 8,
		4);
	private static final int SIDE = 32;

	@TempDir
	Path folder;

	@Test
	void lossFallsFromNothing() throws Exception {
		try (StarConvexTrainer trainer = IsolatedTensorFlow.load().trainer(TINY,
			null, 1, 1))
		{
			final double first = run(trainer, 0, 3);
			run(trainer, 3, 200);
			final double last = run(trainer, 200, 203);
			assertTrue(last < 0.6 * first, first + " -> " + last);
		}
	}

	@Test
	void trainingGoesOnFromAStateAsIfItHadNeverStopped() throws Exception {
		try (StarConvexTrainer whole = IsolatedTensorFlow.load().trainer(TINY, null,
			1, 1);
				StarConvexTrainer second = IsolatedTensorFlow.load().trainer(TINY, null,
					2, 1))
		{
			run(whole, 0, 5);
			second.restore(whole.state());
			run(whole, 5, 10);
			run(second, 5, 10);
			whole.weights().forEach((name, values) -> assertArrayEquals(values, second
				.weights().get(name), name));
		}
	}

	/**
	 * Folding is exact: a network from the folded weights, not changed by its
	 * step of rate zero, sees the loss that the saved model has.
	 */
	@Test
	void savedWeightsAreReadBackAndTrainedFurther() throws Exception {
		final TensorFlowBackend tensorflow = IsolatedTensorFlow.load();
		final Map<String, float[]> weights;
		try (StarConvexTrainer trainer = tensorflow.trainer(TINY, null, 1, 1)) {
			run(trainer, 0, 150);
			weights = trainer.weights();
		}
		tensorflow.save(TINY, weights, folder.resolve("model"));
		final Map<String, float[]> read = tensorflow.weights(TINY, folder.resolve(
			"model"));
		weights.forEach((name, values) -> assertArrayEquals(values, read.get(name),
			name));
		final StarConvexTrainer.Batch batch = batch(1000);
		try (StarConvexTrainer trainer = tensorflow.trainer(TINY, read, 1, 1);
				SavedNetwork network = tensorflow.open(folder.resolve("model")))
		{
			final float[] p = network.run(List.of(new SavedNetwork.Values(batch
				.images(), new long[] { 2, SIDE, SIDE, 1 }))).get(1).values();
			double entropy = 0;
			for (int i = 0; i < p.length; i++) {
				final double t = batch.probability()[i];
				entropy -= (t * Math.log(p[i]) + (1 - t) * Math.log(1 - p[i])) /
					p.length;
			}
			assertEquals(entropy, trainer.step(batch, 0).probability(), 1e-3);
			trainer.weights().forEach((name, values) -> assertArrayEquals(read.get(
				name), values, 1e-6f, name));
			final double before = run(trainer, 0, 3);
			run(trainer, 3, 40);
			assertTrue(run(trainer, 0, 3) < before);
		}
	}

	@Test
	void nothingIsLearntWhereNothingIsKnown() throws Exception {
		final StarConvexTrainer.Batch known = batch(3);
		final float[] probability = known.probability().clone();
		final float[] images = known.images();
		for (int i = 0; i < probability.length; i++)
			probability[i] = -1;
		try (StarConvexTrainer trainer = IsolatedTensorFlow.load().trainer(TINY,
			null, 1, 1))
		{
			final StarConvexTrainer.Loss loss = trainer.step(
				new StarConvexTrainer.Batch(images, probability, known.distances(), 2,
					SIDE, SIDE), 0.001);
			assertEquals(0, loss.total(), 1e-6);
		}
	}

	@Test
	void weightsOfAnotherNetworkAreRefused() throws Exception {
		final TensorFlowBackend tensorflow = IsolatedTensorFlow.load();
		assertThrows(IllegalArgumentException.class, () -> tensorflow.trainer(TINY,
			Map.of("stem/kernel", new float[9]), 1, 1));
		assertThrows(IllegalArgumentException.class, () -> tensorflow.weights(TINY,
			folder));
	}

	private static double run(final StarConvexTrainer trainer, final int from,
		final int to)
	{
		double sum = 0;
		for (int i = from; i < to; i++)
			sum += trainer.step(batch(i), 0.003).total();
		return sum / (to - from);
	}

	/**
	 * Two patches with one bright square each of side 12; probability 1 on it,
	 * and the four distances (right, down, left, up) to its sides.
	 */
	private static StarConvexTrainer.Batch batch(final int seed) {
		final Random random = new Random(seed);
		final int half = SIDE / 2;
		final float[] images = new float[2 * SIDE * SIDE];
		final float[] probability = new float[2 * half * half];
		final float[] distances = new float[probability.length * 4];
		for (int n = 0; n < 2; n++) {
			final int x0 = random.nextInt(SIDE - 12);
			final int y0 = random.nextInt(SIDE - 12);
			for (int y = 0; y < SIDE; y++)
				for (int x = 0; x < SIDE; x++) {
					final boolean in = x >= x0 && x < x0 + 12 && y >= y0 && y < y0 + 12;
					images[(n * SIDE + y) * SIDE + x] = (in ? 1 : 0) + 0.1f *
						(float) random.nextGaussian();
					if (!in || x % 2 == 1 || y % 2 == 1) continue;
					final int at = (n * half + y / 2) * half + x / 2;
					probability[at] = 1;
					distances[4 * at] = x0 + 12 - x;
					distances[4 * at + 1] = y0 + 12 - y;
					distances[4 * at + 2] = x - x0;
					distances[4 * at + 3] = y - y0;
				}
		}
		return new StarConvexTrainer.Batch(images, probability, distances, 2, SIDE,
			SIDE);
	}
}
