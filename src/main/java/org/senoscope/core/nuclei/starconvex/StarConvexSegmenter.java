
package org.senoscope.core.nuclei.starconvex;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import org.senoscope.core.image.Region;
import org.senoscope.core.nuclei.NucleusSegmenter;
import org.senoscope.core.nuclei.starconvex.RadialNetwork.Prediction;

/**
 * The star-convex segmenter of a slide: brings the pixels of a block to the
 * scale of the network, runs it window by window and turns its predictions into
 * labels.
 */
public final class StarConvexSegmenter implements NucleusSegmenter {

	private final RadialNetwork network;
	private final StarConvexScale scale;
	private final Supplier<PixelReader> pixels;
	private final Map<String, Object> description;

	/**
	 * @param network the network
	 * @param scale what was settled for the slide
	 * @param pixels makes a reader for each thread
	 * @param description what the run record says
	 */
	StarConvexSegmenter(final RadialNetwork network, final StarConvexScale scale,
		final Supplier<PixelReader> pixels, final Map<String, Object> description)
	{
		this.network = network;
		this.scale = scale;
		this.pixels = pixels;
		this.description = description;
	}

	@Override
	public int downsample() {
		return scale.downsample();
	}

	@Override
	public int marginPx() {
		return scale.marginPx();
	}

	@Override
	public Map<String, Object> description() {
		return description;
	}

	@Override
	public Worker worker() {
		final StarConvexNuclei nuclei = new StarConvexNuclei(network.card(), scale);
		final Window window = new Window();
		return new Worker() {

			@Override
			public int segment(final Region block, final int[] labels) {
				return nuclei.segment(block, window, labels);
			}

			@Override
			public double probability(final int label) {
				return nuclei.probability(label);
			}
		};
	}

	/** Areas of the nuclei of a region, in network pixels. */
	double[] areas(final Region working) {
		return new StarConvexNuclei(network.card(), scale).areas(working,
			new Window());
	}

	/** Runs the network on a window of the slide. One object a thread. */
	private final class Window implements Function<Region, Prediction> {

		private final int channels = network.card().channels();
		private final NetworkPixels reader = new NetworkPixels(pixels.get(),
			channels, scale.slideWidth(), scale.slideHeight(), scale.step());
		private float[] input = new float[0];

		@Override
		public Prediction apply(final Region window) {
			final int n = (int) window.size() * channels;
			if (input.length < n) input = new float[n];
			reader.read(window, input);
			normalise(n);
			return network.predict(input, window.width(), window.height());
		}

		private void normalise(final int n) {
			for (int c = 0; c < channels; c++) {
				final float low = scale.low()[c], range = scale.high()[c] - low;
				if (scale.clipped()) for (int i = c; i < n; i += channels)
					input[i] = Math.max(0, Math.min(1, (input[i] - low) / range));
				else for (int i = c; i < n; i += channels)
					input[i] = (input[i] - low) / range;
			}
		}
	}
}
