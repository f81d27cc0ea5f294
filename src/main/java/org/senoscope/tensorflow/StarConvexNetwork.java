
package org.senoscope.tensorflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The network {@value #ARCHITECTURE}: a U-Net (Ronneberger et al., MICCAI 2015)
 * that gives object probability and star-convex distances (Schmidt et al.,
 * MICCAI 2018) on a grid of every second pixel. Convolutions keep the size, add
 * a bias and are followed by a ReLU but for the two outputs; three levels of
 * pooling stand below the pooling of the stem, so sides are multiples of
 * {@value #SIZE_DIVISOR}.
 *
 * @param channels channels of the input: 1 or 3
 * @param baseFilters filters of the first level; doubled at each of the next
 *          two
 * @param headFilters filters of the layer before the outputs
 * @param rays distances at a pixel; ray k points to 2πk/rays, x first, y down
 */
public record StarConvexNetwork(int channels, int baseFilters, int headFilters,
		int rays) {

	/** Name of the architecture in model cards. */
	public static final String ARCHITECTURE = "senoscope-unet-1";

	/** Side of an output pixel in input pixels. */
	public static final int GRID = 2;

	/** Sides of the input are multiples of this. */
	public static final int SIZE_DIVISOR = 16;

	/** Input of the signature: float [N, H, W, channels]. */
	public static final String INPUT = "input";

	/** Output: probability [N, H/2, W/2, 1], 0 to 1. */
	public static final String PROBABILITY = "prob";

	/** Output: distances [N, H/2, W/2, rays] in input pixels. */
	public static final String DISTANCES = "dist";

	private static final int STEM_FILTERS = 16;

	/**
	 * A convolution.
	 *
	 * @param name its name, also in files of weights
	 * @param size side of the kernel
	 * @param in channels in
	 * @param out channels out
	 */
	public record Layer(String name, int size, int in, int out) {

		/** Name of the kernel [size, size, in, out]. */
		public String kernel() {
			return name + "/kernel";
		}

		/** Name of the bias [out]. */
		public String bias() {
			return name + "/bias";
		}

		/** Shape of the kernel. */
		public long[] kernelShape() {
			return new long[] { size, size, in, out };
		}
	}

	/** Checks the numbers. */
	public StarConvexNetwork {
		if (channels < 1 || baseFilters < 1 || headFilters < 1 || rays < 3)
			throw new IllegalArgumentException("no network has " + channels +
				" channels, " + baseFilters + " and " + headFilters + " filters and " +
				rays + " rays");
	}

	/** Returns the convolutions, from the input on, the two outputs last. */
	public List<Layer> layers() {
		final int b = baseFilters;
		final List<Layer> layers = new ArrayList<>();
		layers.add(new Layer("stem", 3, channels, STEM_FILTERS));
		int in = STEM_FILTERS;
		for (int level = 0; level < 3; level++) {
			layers.add(new Layer("enc" + level + "a", 3, in, b << level));
			layers.add(new Layer("enc" + level + "b", 3, b << level, b << level));
			in = b << level;
		}
		layers.add(new Layer("mid_a", 3, in, in));
		layers.add(new Layer("mid_b", 3, in, in));
		for (int level = 2; level >= 0; level--) {
			final int out = level == 0 ? b : b << level - 1;
			layers.add(new Layer("dec" + level + "a", 3, in + (b << level),
				b << level));
			layers.add(new Layer("dec" + level + "b", 3, b << level, out));
			in = out;
		}
		layers.add(new Layer("head", 3, in, headFilters));
		layers.add(new Layer(PROBABILITY, 1, headFilters, 1));
		layers.add(new Layer(DISTANCES, 1, headFilters, rays));
		return layers;
	}

	/** Returns the names of kernels and biases with their shapes. */
	public Map<String, long[]> weightShapes() {
		final Map<String, long[]> shapes = new LinkedHashMap<>();
		for (final Layer layer : layers()) {
			shapes.put(layer.kernel(), layer.kernelShape());
			shapes.put(layer.bias(), new long[] { layer.out() });
		}
		return shapes;
	}

	/**
	 * Returns unless the weights are not those of this network.
	 *
	 * @throws IllegalArgumentException if one is missing, superfluous or of
	 *           another size, with all of them in one line
	 */
	public void check(final Map<String, float[]> weights) {
		final List<String> problems = new ArrayList<>();
		final Map<String, long[]> shapes = weightShapes();
		shapes.forEach((name, shape) -> {
			final float[] values = weights.get(name);
			final long size = LongStream.of(shape).reduce(1, Math::multiplyExact);
			if (values == null) problems.add(name + " is missing");
			else if (values.length != size) problems.add(name + " has " +
				values.length + " numbers instead of " + size);
		});
		weights.keySet().stream().filter(name -> !shapes.containsKey(name)).forEach(
			name -> problems.add(name + " belongs to no layer"));
		if (!problems.isEmpty()) throw new IllegalArgumentException(
			"the weights are not those of " + ARCHITECTURE + " with " + this + ": " +
				String.join(", ", problems));
	}

	@Override
	public String toString() {
		return channels + " channels, " + baseFilters + " and " + headFilters +
			" filters, " + rays + " rays";
	}
}
