
package org.senoscope.core.nuclei.starconvex;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.senoscope.core.image.Region;
import org.senoscope.core.nuclei.NucleusSegmenter;

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
	private final ForkJoinPool pool;
	private final ConcurrentLinkedQueue<Window> idle =
		new ConcurrentLinkedQueue<>();

	/**
	 * @param network the network
	 * @param scale what was settled for the slide
	 * @param pixels makes a reader for each thread
	 * @param description what the run record says
	 * @param threads threads on which the windows of one block are run; 1 where
	 *          there are blocks enough
	 */
	StarConvexSegmenter(final RadialNetwork network, final StarConvexScale scale,
		final Supplier<PixelReader> pixels, final Map<String, Object> description,
		final int threads)
	{
		this.network = network;
		this.scale = scale;
		this.pixels = pixels;
		this.description = description;
		pool = threads > 1 ? new ForkJoinPool(threads) : null;
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
		return new Worker() {

			@Override
			public int segment(final Region block, final int[] labels) {
				return nuclei.segment(block, windows -> run(nuclei, windows), labels);
			}

			@Override
			public double probability(final int label) {
				return nuclei.probability(label);
			}
		};
	}

	/** Areas of the nuclei of a region, in network pixels. */
	double[] areas(final Region working) {
		final StarConvexNuclei nuclei = new StarConvexNuclei(network.card(), scale);
		return nuclei.areas(working, windows -> run(nuclei, windows));
	}

	private List<Candidates> run(final StarConvexNuclei nuclei,
		final List<Region> windows)
	{
		final Candidates[] found = new Candidates[windows.size()];
		if (pool == null || found.length == 1) for (int i =
			0; i < found.length; i++)
			found[i] = run(nuclei, windows.get(i));
		else pool.submit(() -> IntStream.range(0, found.length).parallel().forEach(
			i -> found[i] = run(nuclei, windows.get(i)))).join();
		return Arrays.asList(found);
	}

	private Candidates run(final StarConvexNuclei nuclei, final Region window) {
		final Window buffers = idle.poll();
		final Window w = buffers == null ? new Window() : buffers;
		try {
			return w.run(nuclei, window);
		}
		finally {
			idle.add(w);
		}
	}

	/** What running a window needs. */
	private final class Window {

		private final NetworkPixels reader = new NetworkPixels(pixels.get(), network
			.card().channels(), scale.slideWidth(), scale.slideHeight(), scale
				.step());
		private float[] input = new float[0];

		Candidates run(final StarConvexNuclei nuclei, final Region window) {
			final Candidates found = new Candidates(network.card().rays());
			final Region around = nuclei.withHalo(window);
			final int channels = network.card().channels(), n = (int) around.size() *
				channels;
			if (input.length < n) input = new float[n];
			reader.read(around, input);
			normalise(n, channels);
			nuclei.collect(network.predict(input, around.width(), around.height()),
				around, window, found);
			return found;
		}

		private void normalise(final int n, final int channels) {
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
