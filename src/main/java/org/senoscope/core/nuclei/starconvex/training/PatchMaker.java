
package org.senoscope.core.nuclei.starconvex.training;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Cuts patches from annotated pictures at the scale of the network and changes
 * each at random: flips, turns, scale and bending in one resampling, then the
 * light (see {@link IntensityChanges}). Patch number i depends on the seed and
 * on i only, whatever thread makes it.
 */
public final class PatchMaker {

	/** Share of the patches that are cut around a nucleus. */
	private static final double NEAR_NUCLEUS = 0.9;
	private static final double MOST_STRETCH = 0.1;
	private static final double QUARTER_TURNS_ONLY = 0.4;
	private static final double BENT = 0.5;
	private static final double MOST_BEND_PX = 2.5;
	private static final int BEND_SPACING_PX = 32;

	/** Standard deviation of a pixel's own square. */
	private static final double BOX_SIGMA = 1 / Math.sqrt(12);

	/**
	 * How patches are made.
	 *
	 * @param diameterPx what the typical nucleus of a picture measures in pixels
	 *          of a patch
	 * @param side side of a patch in pixels
	 * @param grid side of an output pixel of the network in pixels
	 * @param rays rays of the network
	 * @param scaleRange patches are enlarged or shrunk by up to this factor, at
	 *          least 1
	 * @param seed start of the random numbers
	 */
	public record Settings(double diameterPx, int side, int grid, int rays,
			double scaleRange, long seed) {
	}

	/** A picture made ready: step: its pixels in a pixel of a patch. */
	private record Source(AnnotatedPicture picture, float[] pixels, int[] nuclei,
			double step) {
	}

	private final Settings settings;
	private final Source[] sources;
	private final double[] cumulativeWeight;
	private final int channels;
	private final ThreadLocal<StarTargets> targets;

	/**
	 * @param pictures pictures of equally many channels, one at least with a
	 *          nucleus
	 * @param settings how patches are made
	 */
	public PatchMaker(final List<AnnotatedPicture> pictures,
		final Settings settings)
	{
		this.settings = settings;
		channels = pictures.get(0).channels();
		sources = new Source[pictures.size()];
		cumulativeWeight = new double[sources.length];
		final double[] diameters = AnnotatedPicture.diametersPx(pictures);
		double sum = 0;
		for (int i = 0; i < sources.length; i++) {
			final AnnotatedPicture p = pictures.get(i);
			final double step = diameters[i] / settings.diameterPx();
			// Shrinking averages over areas; a picture that is enlarged stays sharp.
			final float[] pixels = step <= 1 ? p.pixels() : Blur.gaussian(p.pixels(),
				p.width(), p.height(), channels, BOX_SIGMA * Math.sqrt(step * step -
					1));
			sources[i] = new Source(p, pixels, p.nuclei(), step);
			// Large pictures hold more to see, but are alike all over.
			sum += Math.sqrt(Math.max(1, p.labels().length / (step * step * settings
				.side() * settings.side())));
			cumulativeWeight[i] = sum;
		}
		targets = ThreadLocal.withInitial(() -> new StarTargets(settings.side(),
			settings.side(), settings.grid(), settings.rays()));
	}

	/**
	 * Makes a batch.
	 *
	 * @param first number of its first patch
	 * @param count number of patches
	 */
	public PatchBatch batch(final long first, final int count) {
		final int side = settings.side();
		final int points = side / settings.grid() * (side / settings.grid());
		final PatchBatch batch = new PatchBatch(new float[count * side * side *
			channels], new float[count * points], new float[count * points * settings
				.rays()], count, side);
		final int[] labels = new int[side * side];
		final float[] image = new float[side * side * channels];
		for (int i = 0; i < count; i++) {
			draw(first + i, image, labels);
			System.arraycopy(image, 0, batch.images(), i * image.length,
				image.length);
			targets.get().write(labels, batch.probability(), i * points, batch
				.distances(), i * points * settings.rays());
		}
		return batch;
	}

	/**
	 * Draws a patch.
	 *
	 * @param number its number
	 * @param image receives side x side x channels values
	 * @param labels receives side x side labels, below 0 outside the picture
	 */
	void draw(final long number, final float[] image, final int[] labels) {
		final RandomGenerator random = new SplittableRandom(settings.seed() *
			0x9E3779B97F4A7C15L + number);
		final Source source = pick(random.nextDouble());
		final AnnotatedPicture picture = source.picture();
		final int w = picture.width();
		final int side = settings.side();

		final double stretch = Math.exp(random.nextDouble(-1, 1) * MOST_STRETCH);
		final double step = source.step() * Math.exp(random.nextDouble(-1, 1) * Math
			.log(settings.scaleRange()));
		double angle = random.nextInt(4) * Math.PI / 2;
		if (random.nextDouble() >= QUARTER_TURNS_ONLY) angle += random.nextDouble(
			Math.PI / 2);
		final double flip = random.nextBoolean() ? -1 : 1;
		final double xx = Math.cos(angle) * step * stretch * flip;
		final double xy = -Math.sin(angle) * step / stretch;
		final double yx = Math.sin(angle) * step * stretch * flip;
		final double yy = Math.cos(angle) * step / stretch;
		double cx = random.nextDouble(w);
		double cy = random.nextDouble(picture.height());
		if (source.nuclei().length > 0 && random.nextDouble() < NEAR_NUCLEUS) {
			final int at = source.nuclei()[random.nextInt(source.nuclei().length)];
			cx = at % w + random.nextDouble(-0.4, 0.4) * side * step;
			cy = at / w + random.nextDouble(-0.4, 0.4) * side * step;
		}
		cx = keepInside(cx, w, side * step);
		cy = keepInside(cy, picture.height(), side * step);
		final Bend bend = random.nextDouble() < BENT ? new Bend(random, side, random
			.nextDouble(MOST_BEND_PX) * step) : null;

		for (int v = 0; v < side; v++) {
			if (bend != null) bend.row(v);
			final double dv = v - (side - 1) / 2.0;
			for (int u = 0; u < side; u++) {
				final double du = u - (side - 1) / 2.0;
				double x = cx + xx * du + xy * dv;
				double y = cy + yx * du + yy * dv;
				if (bend != null) {
					x += bend.x(u);
					y += bend.y(u);
				}
				sample(source, x, y, image, labels, v * side + u);
			}
		}
		if (channels == 1) IntensityChanges.fluorescence(image, labels, side,
			random);
		else IntensityChanges.stained(image, side, random);
	}

	private Source pick(final double uniform) {
		final double at = uniform * cumulativeWeight[cumulativeWeight.length - 1];
		int i = 0;
		while (cumulativeWeight[i] <= at)
			i++;
		return sources[i];
	}

	/** Keeps half of the patch on the picture, all of it where that is larger. */
	private static double keepInside(final double at, final int size,
		final double extent)
	{
		final double margin = Math.min(size / 2.0, extent / 2);
		return Math.max(margin, Math.min(size - margin, at)) - 0.5;
	}

	/** Beyond the picture its mirror image is shown and nothing is annotated. */
	private void sample(final Source source, final double x, final double y,
		final float[] image, final int[] labels, final int at)
	{
		final AnnotatedPicture p = source.picture();
		final int w = p.width(), h = p.height();
		final int nx = (int) Math.floor(x + 0.5), ny = (int) Math.floor(y + 0.5);
		final boolean inside = nx >= 0 && ny >= 0 && nx < w && ny < h;
		labels[at] = inside ? p.labels()[ny * w + nx] : -1;
		final int fx = (int) Math.floor(x), fy = (int) Math.floor(y);
		final float ax = (float) (x - fx), ay = (float) (y - fy);
		final int x0 = mirrored(fx, w), x1 = mirrored(fx + 1, w);
		final int y0 = mirrored(fy, h) * w, y1 = mirrored(fy + 1, h) * w;
		final float[] v = source.pixels();
		for (int c = 0; c < channels; c++) {
			final float top = v[(y0 + x0) * channels + c] * (1 - ax) + v[(y0 + x1) *
				channels + c] * ax;
			final float bottom = v[(y1 + x0) * channels + c] * (1 - ax) + v[(y1 +
				x1) * channels + c] * ax;
			image[at * channels + c] = top * (1 - ay) + bottom * ay;
		}
	}

	static int mirrored(final int i, final int n) {
		if (i >= 0 && i < n) return i;
		if (n == 1) return 0;
		final int period = 2 * (n - 1);
		final int at = Math.floorMod(i, period);
		return at < n ? at : period - at;
	}

	/**
	 * A smooth random displacement: cubic B-splines over random arrows on a
	 * coarse grid.
	 */
	private static final class Bend {

		private final int columns;
		private final float[] arrows;
		private final float[] rowX;
		private final float[] rowY;

		Bend(final RandomGenerator random, final int side, final double size) {
			columns = side / BEND_SPACING_PX + 4;
			arrows = new float[2 * columns * columns];
			for (int i = 0; i < arrows.length; i++)
				arrows[i] = (float) (size * random.nextGaussian());
			rowX = new float[columns];
			rowY = new float[columns];
		}

		void row(final int v) {
			final int j = v / BEND_SPACING_PX;
			final float t = (float) (v % BEND_SPACING_PX) / BEND_SPACING_PX;
			for (int i = 0; i < columns; i++) {
				rowX[i] = 0;
				rowY[i] = 0;
				for (int k = 0; k < 4; k++) {
					final int at = 2 * ((j + k) * columns + i);
					rowX[i] += spline(k, t) * arrows[at];
					rowY[i] += spline(k, t) * arrows[at + 1];
				}
			}
		}

		double x(final int u) {
			return along(rowX, u);
		}

		double y(final int u) {
			return along(rowY, u);
		}

		private static float along(final float[] row, final int u) {
			final int i = u / BEND_SPACING_PX;
			final float t = (float) (u % BEND_SPACING_PX) / BEND_SPACING_PX;
			return spline(0, t) * row[i] + spline(1, t) * row[i + 1] + spline(2, t) *
				row[i + 2] + spline(3, t) * row[i + 3];
		}

		private static float spline(final int k, final float t) {
			final float r = 1 - t;
			return switch (k) {
				case 0 -> r * r * r / 6;
				case 1 -> (3 * t * t * t - 6 * t * t + 4) / 6;
				case 2 -> (3 * r * r * r - 6 * r * r + 4) / 6;
				default -> t * t * t / 6;
			};
		}
	}
}
