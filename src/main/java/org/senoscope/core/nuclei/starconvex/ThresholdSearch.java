
package org.senoscope.core.nuclei.starconvex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.senoscope.core.image.Region;
import org.senoscope.core.nuclei.LabelMatching;
import org.senoscope.core.nuclei.starconvex.training.AnnotatedPicture;
import org.senoscope.core.run.Cancellation;

/**
 * Finds the thresholds with which a network finds most nuclei of annotated
 * pictures, as StarDist does: over a few of overlap and many of probability, by
 * the mean F1 at IoU 0.5, 0.6 and 0.7, pooled over the pictures.
 */
public final class ThresholdSearch {

	private static final double[] OVERLAPS = { 0.3, 0.4, 0.5 };
	private static final double FIRST = 0.1;
	private static final double STEP = 0.05;
	private static final int PROBABILITIES = 16;

	private static final double[] IOUS = { 0.5, 0.6, 0.7, 0.9 };
	/** The first so many of them choose the thresholds. */
	private static final int DECISIVE = 3;

	/**
	 * What was found.
	 *
	 * @param probability the threshold of probability
	 * @param overlap the threshold of overlap
	 * @param meanF1 mean F1 at IoU 0.5, 0.6 and 0.7
	 * @param scores figures with these thresholds at IoU 0.5, 0.6, 0.7 and 0.9
	 */
	public record Found(double probability, double overlap, double meanF1,
			LabelMatching.Score[] scores) {
	}

	/** Polygons of one picture, and for each overlap those that stay. */
	private record Polygons(AnnotatedPicture picture, double step,
			Candidates candidates, int[][] kept) {
	}

	private final RadialNetwork network;
	private final List<AnnotatedPicture> pictures;
	private final double[] diameters;
	private final Cancellation cancellation;

	private ThresholdSearch(final RadialNetwork network,
		final List<AnnotatedPicture> pictures, final Cancellation cancellation)
	{
		this.network = network;
		this.pictures = pictures;
		this.cancellation = cancellation;
		diameters = AnnotatedPicture.diametersPx(pictures);
	}

	/**
	 * Searches. Pictures are brought to the network's scale by the diameter of
	 * their annotated nuclei.
	 *
	 * @param network the network, whose card has a nucleus diameter
	 * @param pictures annotated pictures, with a nucleus at least in one
	 * @param threads threads
	 * @param cancellation checked between pictures
	 */
	public static Found search(final RadialNetwork network,
		final List<AnnotatedPicture> pictures, final int threads,
		final Cancellation cancellation)
	{
		final ThresholdSearch search = new ThresholdSearch(network, pictures,
			cancellation);
		final ExecutorService pool = Executors.newFixedThreadPool(threads);
		try {
			final List<Callable<Polygons>> predictions = new ArrayList<>();
			for (int i = 0; i < pictures.size(); i++) {
				final int index = i;
				predictions.add(() -> search.predict(index));
			}
			final List<Polygons> polygons = all(pool, predictions);
			final List<Callable<Found>> trials = new ArrayList<>();
			for (int o = 0; o < OVERLAPS.length; o++)
				for (int p = 0; p < PROBABILITIES; p++) {
					final int overlap = o;
					final double probability = FIRST + p * STEP;
					trials.add(() -> search.score(polygons, overlap, probability));
				}
			Found best = null;
			for (final Found found : all(pool, trials))
				if (best == null || found.meanF1() > best.meanF1()) best = found;
			return best;
		}
		finally {
			pool.shutdownNow();
		}
	}

	private static <T> List<T> all(final ExecutorService pool,
		final List<Callable<T>> tasks)
	{
		try {
			final List<T> results = new ArrayList<>();
			for (final Future<T> future : pool.invokeAll(tasks))
				results.add(future.get());
			return results;
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", e);
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof RuntimeException r) throw r;
			throw new IllegalStateException(e.getCause());
		}
	}

	private Polygons predict(final int index) {
		cancellation.check();
		final AnnotatedPicture picture = pictures.get(index);
		final NetworkCard card = network.card();
		final double step = diameters[index] / card.nucleusDiameterPx();
		final int w = picture.width(), h = picture.height(), c = picture.channels();
		final int d = card.sizeDivisor();
		final Region window = new Region(0, 0, (NetworkPixels.size(w, step) + d -
			1) / d * d, (NetworkPixels.size(h, step) + d - 1) / d * d);
		final float[] pixels = new float[(int) window.size() * c];
		new NetworkPixels((region, out) -> {
			for (int y = 0; y < region.height(); y++)
				System.arraycopy(picture.pixels(), ((region.y() + y) * w + region.x()) *
					c, out, y * region.width() * c, region.width() * c);
		}, c, w, h, step).read(window, pixels);
		final Candidates found = new Candidates(card.rays());
		new StarConvexNuclei(card, new StarConvexScale(w, h, step, 1, null, null,
			false, FIRST, 1, false, 0, Double.POSITIVE_INFINITY, 0)).collect(network
				.predict(pixels, window.width(), window.height()), window, window,
				found);
		final int[][] kept = new int[OVERLAPS.length][];
		final Suppression suppression = new Suppression(card.rays());
		for (int o = 0; o < kept.length; o++)
			kept[o] = suppression.keep(found, OVERLAPS[o]);
		return new Polygons(picture, step, found, kept);
	}

	/**
	 * A higher threshold of probability leaves the first of those that stay, as
	 * none is suppressed by a less probable one.
	 */
	private Found score(final List<Polygons> all, final int overlap,
		final double probability)
	{
		final LabelMatching matching = new LabelMatching(IOUS);
		final PolygonPainter painter = new PolygonPainter(network.card().rays());
		for (final Polygons p : all) {
			cancellation.check();
			final Region region = new Region(0, 0, p.picture().width(), p.picture()
				.height());
			final int[] labels = new int[(int) region.size()];
			final int[] kept = p.kept()[overlap];
			for (int k = kept.length - 1; k >= 0; k--)
				if (p.candidates().score[kept[k]] > probability && painter.find(p
					.candidates(), kept[k], p.step(), region) > 0) painter.paint(labels,
						region.width(), k + 1);
			matching.add(labels, p.picture().labels());
		}
		final LabelMatching.Score[] scores = matching.scores();
		return new Found(probability, OVERLAPS[overlap], Arrays.stream(scores, 0,
			DECISIVE).mapToDouble(LabelMatching.Score::f1).average().orElse(0),
			scores);
	}
}
