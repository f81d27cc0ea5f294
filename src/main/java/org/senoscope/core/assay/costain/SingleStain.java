
package org.senoscope.core.assay.costain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.PixelType;
import org.senoscope.core.image.Region;

/**
 * Reads off a picture that is stained with one marker alone how much of its
 * light is seen in other channels: as slope, over stained objects, of the mean
 * of the other channel above that of the marker's. Objects of little stain are
 * paired with those of much (Theil's incomplete method, 1950): the share is the
 * median of the slopes of the pairs, its 95 % interval that of a median, and
 * light that all objects have, such as autofluorescence of cells, cancels out.
 */
final class SingleStain {

	/** Side of a square in pixels, and most squares along a side. */
	private static final int SIDE = 128, ALONG = 20;

	/** A place belongs to an object from so many times the noise of a pixel. */
	private static final double STAINED = 3;

	/** Objects of a pair differ by so many times the noise at least. */
	private static final double APART = 10;

	/** A place is on the edge of its object below this share of its light. */
	private static final double EDGE = 0.5;

	/** Fewest places (of 2 x 2 pixels) of an object. */
	private static final int FEWEST_PLACES = 4;

	/** Fewer pairs give no interval of 95 %. */
	static final int FEWEST_PAIRS = 6;

	/**
	 * A share.
	 *
	 * @param to channel in which the light is seen
	 * @param share of the light in its own channel
	 * @param low lower end of its 95 % interval
	 * @param high upper end
	 * @param pairs pairs of objects that it was read off
	 */
	record Share(int to, double share, double low, double high, int pairs) {
	}

	private final PixelSource source;
	private final int from;
	private final ChannelBackground background;
	private final float[] own = new float[SIDE * SIDE], other = new float[SIDE *
		SIDE];

	SingleStain(final PixelSource source, final int from) {
		this.source = source;
		this.from = from;
		background = ChannelBackground.local(source, from);
	}

	/**
	 * Estimates the shares.
	 *
	 * @param to the other channels
	 * @return one for each of them, in their order; NaN of fewer pairs than
	 *         {@link #FEWEST_PAIRS}
	 */
	List<Share> shares(final List<Integer> to) {
		final List<ChannelBackground> backgrounds = to.stream().map(
			c -> ChannelBackground.local(source, c)).toList();
		// mean of the marker's channel, then of the others
		final List<double[]> objects = new ArrayList<>();
		for (final Region square : squares()) {
			read(background, from, square, own);
			final List<int[]> found = objects(square);
			final int first = objects.size();
			for (final int[] object : found) {
				final double[] means = new double[1 + to.size()];
				means[0] = mean(own, object, square.width());
				objects.add(means);
			}
			for (int k = 0; k < to.size() && !found.isEmpty(); k++) {
				read(backgrounds.get(k), to.get(k), square, other);
				for (int i = 0; i < found.size(); i++)
					objects.get(first + i)[1 + k] = mean(other, found.get(i), square
						.width());
			}
		}
		objects.sort(Comparator.comparingDouble(o -> o[0]));
		final List<Share> shares = new ArrayList<>();
		for (int k = 0; k < to.size(); k++)
			shares.add(share(to.get(k), objects, 1 + k));
		return shares;
	}

	private Share share(final int to, final List<double[]> objects,
		final int at)
	{
		final int far = (objects.size() + 1) / 2;
		final double[] slopes = new double[far];
		int n = 0;
		for (int i = 0; i + far < objects.size(); i++) {
			final double[] dim = objects.get(i), bright = objects.get(i + far);
			final double run = bright[0] - dim[0];
			if (run >= APART * background.noise()) slopes[n++] = (bright[at] -
				dim[at]) / run;
		}
		if (n < FEWEST_PAIRS) return new Share(to, Double.NaN, Double.NaN,
			Double.NaN, n);
		final double[] sorted = Arrays.copyOf(slopes, n);
		Arrays.sort(sorted);
		// ranks of the interval of a median: n / 2 -+ 1.96 sqrt(n) / 2
		final int half = (int) Math.ceil(0.98 * Math.sqrt(n));
		return new Share(to, (sorted[n / 2] + sorted[(n - 1) / 2]) / 2, sorted[Math
			.max(0, n / 2 - half)], sorted[Math.min(n - 1, (n - 1) / 2 + half)], n);
	}

	private List<Region> squares() {
		final int w = source.info().width(), h = source.info().height(), nx = Math
			.max(1, Math.min(ALONG, w / SIDE)), ny = Math.max(1, Math.min(ALONG, h /
				SIDE));
		final List<Region> squares = new ArrayList<>();
		for (int j = 0; j < ny; j++)
			for (int i = 0; i < nx; i++)
				squares.add(new Region((int) ((long) i * w / nx), (int) ((long) j * h /
					ny), Math.min(SIDE, w), Math.min(SIDE, h)));
		return squares;
	}

	/** Reads a channel above its background, NaN where it is saturated. */
	private void read(final ChannelBackground level, final int channel,
		final Region square, final float[] values)
	{
		source.readChannel(0, channel, square, values);
		if (source.info().type() != PixelType.FLOAT) {
			final double most = source.info().type().maximum();
			for (int i = 0; i < square.size(); i++)
				if (values[i] >= most) values[i] = Float.NaN;
		}
		for (int y = 0; y < square.height(); y++)
			level.take(square.y() + y, square.x(), square.width(), values, y * square
				.width(), 1, values, false);
	}

	/** First pixels of the places of each object that are not on its edge. */
	private List<int[]> objects(final Region square) {
		final int w = square.width(), nx = w / 2, ny = square.height() / 2;
		final double cut = STAINED * background.noise();
		final boolean[] open = new boolean[nx * ny];
		for (int p = 0; p < open.length; p++)
			open[p] = place(own, pixel(p, nx, w), w) > cut;
		final List<int[]> found = new ArrayList<>();
		final Deque<Integer> next = new ArrayDeque<>();
		for (int start = 0; start < open.length; start++) {
			if (!open[start]) continue;
			final List<Integer> places = new ArrayList<>();
			open[start] = false;
			next.add(start);
			while (!next.isEmpty()) {
				final int p = next.remove(), x = p % nx;
				places.add(pixel(p, nx, w));
				for (final int q : new int[] { x > 0 ? p - 1 : -1, x + 1 < nx ? p + 1
					: -1, p - nx, p + nx })
					if (q >= 0 && q < open.length && open[q]) {
						open[q] = false;
						next.add(q);
					}
			}
			final double[] light = places.stream().mapToDouble(i -> place(own, i, w))
				.sorted().toArray();
			final double edge = EDGE * light[(int) (0.9 * light.length)];
			final int[] inside = places.stream().mapToInt(i -> i).filter(i -> place(
				own, i, w) >= edge).toArray();
			if (inside.length >= FEWEST_PLACES) found.add(inside);
		}
		return found;
	}

	private static int pixel(final int place, final int nx, final int w) {
		return place / nx * 2 * w + place % nx * 2;
	}

	private static double place(final float[] values, final int i, final int w) {
		return (values[i] + values[i + 1] + values[i + w] + values[i + w + 1]) /
			4.0;
	}

	private static double mean(final float[] values, final int[] at,
		final int w)
	{
		return Arrays.stream(at).mapToDouble(i -> place(values, i, w)).average()
			.getAsDouble();
	}
}
