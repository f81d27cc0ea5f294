
package org.senoscope.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.image.ArrayPixelSource;
import org.senoscope.tensorflow.StarConvexNetwork;
import org.senoscope.tensorflow.StarConvexNetwork.Layer;

/**
 * A network made by hand: where a normalised pixel is above one half it sees a
 * disc of radius 6 px, the brighter the more probable.
 */
final class BlobNetwork {

	static final double RADIUS = 6;
	static final int RAYS = 8;

	private BlobNetwork() {}

	/** Writes the model folder. */
	static void write(final Path folder, final int channels,
		final Map<String, Object> changes)
	{
		final StarConvexNetwork shape = new StarConvexNetwork(channels, 2, 4, RAYS);
		final Map<String, float[]> weights = new LinkedHashMap<>();
		for (final Layer layer : shape.layers()) {
			final float[] kernel = new float[layer.size() * layer.size() * layer
				.in() * layer.out()], bias = new float[layer.out()];
			// the value goes from the stem over the upper skip to the head
			final int from = layer.name().equals("dec0a") ? 2 : 0;
			final int centre = layer.size() * layer.size() / 2;
			if (List.of("stem", "enc0a", "enc0b", "dec0a", "dec0b", "head").contains(
				layer.name())) kernel[(centre * layer.in() + from) * layer.out()] = 1;
			if (layer.name().equals("prob")) {
				kernel[0] = 6;
				bias[0] = -3;
			}
			if (layer.name().equals("dist")) java.util.Arrays.fill(bias,
				(float) RADIUS);
			weights.put(layer.kernel(), kernel);
			weights.put(layer.bias(), bias);
		}
		final Map<String, Object> card = new LinkedHashMap<>(Map.of("format", 1,
			"name", "blobs", "task", "nuclei", "kinds", List.of("fluorescence"),
			"channels", channels, "nucleus_diameter_px", 12, "normalisation", Map.of(
				"type", "percentile", "low", 1, "high", 99.8), "thresholds", Map.of(
					"prob", 0.5, "nms", 0.3), "training", Map.of(), "licence", "none"));
		card.putAll(changes);
		StarConvexModelFolder.write(shape, weights, card, folder);
	}

	/** Blobs on a lattice of 32 px: 64 of them, 12 px across at half height. */
	static float[] picture() {
		final float[] plane = new float[256 * 256];
		for (int y = 0; y < 256; y++)
			for (int x = 0; x < 256; x++)
				plane[y * 256 + x] = (float) (20 + 200 * Math.exp(-(Math.pow(x % 32 -
					16, 2) + Math.pow(y % 32 - 16, 2)) / (2 * 5.1 * 5.1)));
		return plane;
	}

	static ArrayPixelSource source() {
		return ArrayPixelSource.channels("blobs.tif", 256, 256, 0.5, List.of(
			"DAPI"), picture());
	}
}
