
package org.senoscope.core.phenotype.crop;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The picture of one nucleus in a nuclear dye, {@link #SIDE} by {@link #SIDE}
 * pixels of {@link #PIXEL_UM} µm, centred on the nucleus, row by row. Outside
 * the nucleus it is 0; inside it is the signal above the background in units of
 * the picture's median nucleus, at least {@link #LEAST}: a picture stained or
 * exposed twice as strongly gives the same crops.
 */
public final class NucleusCrop {

	/** Width and height in pixels. */
	public static final int SIDE = 64;

	/** Width of a pixel in µm: foci of half a micrometre still show. */
	public static final double PIXEL_UM = 0.5;

	/** Number of values. */
	public static final int SIZE = SIDE * SIDE;

	/** Names of the pixels, where crops stand as features of cells. */
	public static final List<String> NAMES = IntStream.range(0, SIZE).mapToObj(
		i -> "crop_" + i % SIDE + "_" + i / SIDE).toList();

	/** Least value of a pixel of the nucleus, so that it tells from outside. */
	public static final float LEAST = 0.02f;

	/** Largest value; beyond, a pixel says no more. */
	private static final float MOST = 8;

	private NucleusCrop() {}

	/**
	 * A picture with its nuclei, and what its crops are measured by.
	 *
	 * @param signal nuclear dye, row by row, the file's own numbers
	 * @param labels number of the nucleus that each pixel belongs to, 0: none
	 * @param width of both in pixels
	 * @param height of both in pixels
	 * @param pixelSizeUm width of a pixel in µm
	 * @param background median signal outside all nuclei
	 * @param unit median over the nuclei of their mean signal above the
	 *          background, positive
	 */
	public record Picture(float[] signal, int[] labels, int width, int height,
			double pixelSizeUm, double background, double unit) {

		/**
		 * Measures background and unit of a picture.
		 *
		 * @throws IllegalArgumentException if there is no nucleus, or none brighter
		 *           than the background
		 */
		public static Picture of(final float[] signal, final int[] labels,
			final int width, final int height, final double pixelSizeUm)
		{
			final int n = width * height;
			final float[] outside = new float[n];
			int m = 0, highest = 0;
			for (int i = 0; i < n; i++) {
				if (labels[i] == 0) outside[m++] = signal[i];
				highest = Math.max(highest, labels[i]);
			}
			final double background = m == 0 ? least(signal, n) : median(outside, m);
			final double[] sums = new double[highest + 1];
			final int[] counts = new int[highest + 1];
			for (int i = 0; i < n; i++) {
				sums[labels[i]] += signal[i] - background;
				counts[labels[i]]++;
			}
			final float[] means = new float[highest];
			int nuclei = 0;
			for (int label = 1; label <= highest; label++)
				if (counts[label] > 0) means[nuclei++] = (float) (sums[label] /
					counts[label]);
			if (nuclei == 0) throw new IllegalArgumentException(
				"there is no nucleus in its labels");
			final double unit = median(means, nuclei);
			if (!(unit > 0)) throw new IllegalArgumentException(
				"its nuclei are not brighter than what surrounds them; name the channel of the nuclear dye");
			return new Picture(signal, labels, width, height, pixelSizeUm, background,
				unit);
		}

		private static double least(final float[] values, final int n) {
			float least = Float.POSITIVE_INFINITY;
			for (int i = 0; i < n; i++)
				least = Math.min(least, values[i]);
			return least;
		}

		private static double median(final float[] values, final int n) {
			Arrays.sort(values, 0, n);
			return n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n /
				2]);
		}

		/**
		 * Cuts a nucleus out. Each pixel is the mean over its own square, so that
		 * fine pictures are averaged and coarse ones interpolated.
		 *
		 * @param label number of the nucleus
		 * @param centreX centre of the nucleus in pixels, that of the first pixel
		 *          at 0.5
		 * @param centreY likewise
		 * @param out receives {@link #SIZE} values
		 * @param at where they begin
		 */
		public void cut(final int label, final double centreX, final double centreY,
			final float[] out, final int at)
		{
			final double step = PIXEL_UM / pixelSizeUm;
			final int samples = Math.max(1, (int) Math.ceil(step));
			final double x0 = centreX - step * SIDE / 2, y0 = centreY - step * SIDE /
				2;
			for (int row = 0; row < SIDE; row++)
				for (int column = 0; column < SIDE; column++) {
					double sum = 0;
					int inside = 0;
					for (int b = 0; b < samples; b++)
						for (int a = 0; a < samples; a++) {
							final double x = x0 + step * (column + (a + 0.5) / samples), y =
								y0 + step * (row + (b + 0.5) / samples);
							final int px = (int) Math.floor(x), py = (int) Math.floor(y);
							if (px < 0 || py < 0 || px >= width || py >= height || labels[py *
								width + px] != label) continue;
							inside++;
							sum += between(x - 0.5, y - 0.5);
						}
					out[at + row * SIDE + column] = 2 * inside < samples * samples ? 0
						: (float) Math.max(LEAST, Math.min(MOST, (sum / inside -
							background) / unit));
				}
		}

		/** Bilinear, in coordinates in which pixel centres are whole. */
		private double between(final double x, final double y) {
			final int x0 = (int) Math.max(0, Math.min(width - 1, Math.floor(x))), y0 =
				(int) Math.max(0, Math.min(height - 1, Math.floor(y)));
			final int x1 = Math.min(width - 1, x0 + 1), y1 = Math.min(height - 1, y0 +
				1);
			final double fx = Math.max(0, Math.min(1, x - x0)), fy = Math.max(0, Math
				.min(1, y - y0));
			return (1 - fy) * ((1 - fx) * signal[y0 * width + x0] + fx * signal[y0 *
				width + x1]) + fy * ((1 - fx) * signal[y1 * width + x0] + fx *
					signal[y1 * width + x1]);
		}
	}

	/**
	 * Returns the crop with the same outline and level, but even: what it says
	 * without texture.
	 */
	public static float[] even(final float[] crop) {
		final float mean = mean(crop);
		final float[] out = new float[SIZE];
		for (int i = 0; i < SIZE; i++)
			if (crop[i] > 0) out[i] = mean;
		return out;
	}

	/**
	 * Returns the crop with the same outline and texture at the level of the
	 * median nucleus: what it says without its level.
	 */
	public static float[] levelled(final float[] crop) {
		final float mean = mean(crop);
		final float[] out = new float[SIZE];
		for (int i = 0; i < SIZE; i++)
			if (crop[i] > 0) out[i] = Math.max(LEAST, Math.min(MOST, crop[i] / mean));
		return out;
	}

	/**
	 * Returns the crop with the same texture and level on a disc: what it says
	 * without its outline. Each ray from the centre is stretched to the edge of
	 * the disc.
	 *
	 * @param areaUm2 area of the disc in µm²
	 */
	public static float[] round(final float[] crop, final double areaUm2) {
		double n = 0, sx = 0, sy = 0;
		for (int i = 0; i < SIZE; i++)
			if (crop[i] > 0) {
				n++;
				sx += i % SIDE;
				sy += i / SIDE;
			}
		final float[] out = new float[SIZE];
		if (n == 0) return out;
		final double cx = sx / n, cy = sy / n, middle = (SIDE - 1) / 2.0;
		final double radius = Math.sqrt(areaUm2 / Math.PI) / PIXEL_UM;
		for (int y = 0; y < SIDE; y++)
			for (int x = 0; x < SIDE; x++) {
				final double dx = x - middle, dy = y - middle, r = Math.hypot(dx, dy);
				if (r > radius) continue;
				final double ux = r == 0 ? 1 : dx / r, uy = r == 0 ? 0 : dy / r;
				// how far the nucleus reaches this way
				double reach = 0;
				for (double d = 0; d < SIDE; d += 0.5)
					if (at(crop, cx + d * ux, cy + d * uy) > 0) reach = d;
				float v = 0;
				// bays are filled with what lies further in
				for (double d = r / radius * reach; v == 0 && d >= 0; d -= 0.5)
					v = at(crop, cx + d * ux, cy + d * uy);
				out[y * SIDE + x] = v > 0 ? v : LEAST;
			}
		return out;
	}

	private static float at(final float[] crop, final double x, final double y) {
		final int px = (int) Math.round(x), py = (int) Math.round(y);
		return px < 0 || py < 0 || px >= SIDE || py >= SIDE ? 0 : crop[py * SIDE +
			px];
	}

	private static float mean(final float[] crop) {
		double sum = 0;
		int n = 0;
		for (final float v : crop)
			if (v > 0) {
				sum += v;
				n++;
			}
		return n == 0 ? 1 : (float) (sum / n);
	}

	/**
	 * Turns and mirrors a crop in place, as one of the eight ways a nucleus can
	 * lie under the microscope.
	 *
	 * @param crop holds the crop
	 * @param at where it begins
	 * @param way 0 to 7
	 * @param scratch at least {@link #SIZE} long
	 */
	public static void turn(final float[] crop, final int at, final int way,
		final float[] scratch)
	{
		if (way == 0) return;
		System.arraycopy(crop, at, scratch, 0, SIZE);
		final int last = SIDE - 1;
		for (int y = 0; y < SIDE; y++)
			for (int x = 0; x < SIDE; x++) {
				final int a = (way & 1) == 0 ? x : last - x, b = (way & 2) == 0 ? y
					: last - y;
				crop[at + y * SIDE + x] = scratch[(way & 4) == 0 ? b * SIDE + a : a *
					SIDE + b];
			}
	}
}
