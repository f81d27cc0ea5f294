
package org.senoscope.core.nuclei.starconvex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

import org.senoscope.core.image.Region;
import org.senoscope.core.nuclei.starconvex.RadialNetwork.Prediction;

/**
 * Finds nuclei in a block: candidates from windows of the network, suppression
 * or trimming, labels. The same pixels give the same nuclei as StarDist does
 * (Schmidt et al., MICCAI 2018), but that a label is one piece. One object a
 * thread; buffers are reused.
 */
final class StarConvexNuclei {

	/** Most network pixels along a window, what surrounds it left out. */
	private static final int LARGEST_WINDOW = 1152;

	/** Part of a nucleus that must be left where another one trims it. */
	private static final double LEAST_LEFT = 0.5;

	private final NetworkCard card;
	private final StarConvexScale scale;
	private final int networkWidth;
	private final int networkHeight;
	private final Candidates candidates;
	private final Suppression suppression;
	private final PolygonPainter painter;
	private final LabelPieces pieces = new LabelPieces();
	private float[] probability = new float[256];

	StarConvexNuclei(final NetworkCard card, final StarConvexScale scale) {
		this.card = card;
		this.scale = scale;
		networkWidth = NetworkPixels.size(scale.slideWidth(), scale.step());
		networkHeight = NetworkPixels.size(scale.slideHeight(), scale.step());
		candidates = new Candidates(card.rays());
		suppression = new Suppression(card.rays());
		painter = new PolygonPainter(card.rays());
	}

	/**
	 * Segments a block.
	 *
	 * @param block the block in working pixels
	 * @param network runs the network on a window of network pixels
	 * @param labels receives the labels
	 * @return the highest label
	 */
	int segment(final Region block, final Function<Region, Prediction> network,
		final int[] labels)
	{
		predict(block, network);
		Arrays.fill(labels, 0, (int) block.size(), 0);
		return scale.trim() ? trim(block, labels) : suppress(block, labels);
	}

	/**
	 * Returns the areas of the nuclei of a block, of whatever size, in network
	 * pixels.
	 */
	double[] areas(final Region block,
		final Function<Region, Prediction> network)
	{
		predict(block, network);
		return Arrays.stream(keep()).mapToDouble(candidates::area).toArray();
	}

	private void predict(final Region block,
		final Function<Region, Prediction> network)
	{
		candidates.clear();
		for (final Region window : windows(block)) {
			final Region around = withHalo(window);
			collect(network.apply(around), around, window, candidates);
		}
	}

	private int[] keep() {
		return suppression.keep(candidates, scale.overlapThreshold());
	}

	double probability(final int label) {
		return probability[label];
	}

	/**
	 * The parts of the network's picture that a block needs, cut at multiples of
	 * the network's divisor counted from the slide's origin.
	 */
	private List<Region> windows(final Region block) {
		final Region network = toNetwork(block);
		final List<Region> windows = new ArrayList<>();
		final int[] xs = cuts(network.x(), network.right()), ys = cuts(network.y(),
			network.bottom());
		for (int j = 0; j + 1 < ys.length; j++)
			for (int i = 0; i + 1 < xs.length; i++)
				windows.add(new Region(xs[i], ys[j], xs[i + 1] - xs[i], ys[j + 1] -
					ys[j]));
		return windows;
	}

	private Region toNetwork(final Region block) {
		final double f = scale.downsample() / scale.step();
		final int d = card.sizeDivisor();
		final Region bounds = bounds();
		final int x0 = (int) Math.floor(block.x() * f) / d * d, y0 = (int) Math
			.floor(block.y() * f) / d * d;
		final int x1 = Math.min(bounds.right(), up((int) Math.ceil(block.right() *
			f), d)), y1 = Math.min(bounds.bottom(), up((int) Math.ceil(block
				.bottom() * f), d));
		return new Region(x0, y0, Math.max(0, x1 - x0), Math.max(0, y1 - y0));
	}

	/** The whole slide in network pixels, filled up to the divisor. */
	private Region bounds() {
		return new Region(0, 0, up(networkWidth, card.sizeDivisor()), up(
			networkHeight, card.sizeDivisor()));
	}

	private static int up(final int n, final int divisor) {
		return (n + divisor - 1) / divisor * divisor;
	}

	private int[] cuts(final int from, final int to) {
		final int d = card.sizeDivisor();
		final int parts = Math.max(1, (to - from + LARGEST_WINDOW - 1) /
			LARGEST_WINDOW);
		final int[] cuts = new int[parts + 1];
		for (int i = 0; i <= parts; i++)
			cuts[i] = i == parts ? to : from + (to - from) / d * i / parts * d;
		return cuts;
	}

	/** The window with the surroundings that matter to it. */
	private Region withHalo(final Region window) {
		return window.expand(up(card.haloPx(), card.sizeDivisor())).intersect(
			bounds());
	}

	/**
	 * Collects what a prediction says about a window.
	 *
	 * @param p prediction for the window with its surroundings
	 * @param around the window with its surroundings in network pixels
	 * @param window the window
	 * @param found receives the candidates
	 */
	void collect(final Prediction p, final Region around, final Region window,
		final Candidates found)
	{
		final int g = p.grid(), border = card.border();
		final int right = up(networkWidth, card.sizeDivisor()) / g - border,
				bottom = up(networkHeight, card.sizeDivisor()) / g - border;
		final float threshold = (float) scale.probabilityThreshold();
		for (int j = (window.y() - around.y()) / g; j < (window.bottom() - around
			.y()) / g; j++)
		{
			final int gy = around.y() / g + j;
			if (gy < border || gy >= bottom || gy * g >= networkHeight) continue;
			for (int i = (window.x() - around.x()) / g; i < (window.right() - around
				.x()) / g; i++)
			{
				final int gx = around.x() / g + i, at = j * p.width() + i;
				final float score = p.values()[p.probabilityAt() + at * p
					.probabilityStep()];
				if (score > threshold && gx >= border && gx < right && gx *
					g < networkWidth) found.add(score, gx * g, gy * g, p.distances(), p
						.distancesAt() + at * p.distancesStep());
			}
		}
	}

	/** Level-0 area of a polygon. */
	private double area(final int i) {
		return candidates.area(i) * scale.step() * scale.step();
	}

	private boolean fits(final int i) {
		final double area = area(i);
		return area >= scale.minAreaPx() && area <= scale.maxAreaPx();
	}

	private int suppress(final Region block, final int[] labels) {
		final int[] kept = keep();
		final double f = scale.step() / scale.downsample();
		final int[] painted = new int[kept.length + 1];
		int highest = 0;
		for (int k = kept.length - 1; k >= 0; k--) {
			if (!fits(kept[k])) continue;
			final int pixels = painter.find(candidates, kept[k], f, block);
			if (pixels == 0) continue;
			highest++;
			painter.paint(labels, block.width(), highest);
			painted[highest] = pixels;
			remember(highest, kept[k]);
		}
		final int[] left = new int[highest + 1];
		for (int p = 0; p < block.size(); p++)
			left[labels[p]]++;
		final boolean[] suspect = new boolean[highest + 1];
		for (int label = 1; label <= highest; label++)
			suspect[label] = left[label] < painted[label];
		pieces.keepLargest(labels, block.width(), block.height(), highest, suspect);
		return highest;
	}

	/**
	 * QuPath's way: the less probable nucleus loses what a better one has, and
	 * stays if that leaves one piece of more than half its area.
	 */
	private int trim(final Region block, final int[] labels) {
		final double f = scale.step() / scale.downsample();
		int highest = 0;
		for (final int i : candidates.byScore()) {
			if (!fits(i)) continue;
			final int pixels = painter.find(candidates, i, f, block);
			if (pixels == 0) continue;
			final int label = highest + 1;
			final int free = painter.paintFree(labels, block.width(), label);
			if (free > LEAST_LEFT * pixels && (free == pixels || painter.isOnePiece(
				labels, block, label, free, pieces)))
			{
				highest = label;
				remember(label, i);
			}
			else if (free > 0) painter.erase(labels, block.width(), label);
		}
		return highest;
	}

	private void remember(final int label, final int i) {
		if (label >= probability.length) probability = Arrays.copyOf(probability,
			2 * label);
		probability[label] = candidates.score[i];
	}
}
