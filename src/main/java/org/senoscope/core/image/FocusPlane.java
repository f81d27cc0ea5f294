
package org.senoscope.core.image;

/**
 * Finds the sharpest plane of a stack by the autocorrelation measure F4, which
 * noise misleads less than gradients do (Vollath, J. Microsc. 147:279, 1987; in
 * fields of cells it is among the best: Sun et al., Microsc. Res. Tech. 65:139,
 * 2004).
 */
final class FocusPlane {

	/** Coarser levels no longer show focus. */
	private static final double COARSEST = 4;
	/** A grid of so many windows a side is looked at. */
	private static final int WINDOWS = 4;
	private static final int WINDOW_PX = 256;

	/** Gives samples of one plane as the tiles of a source are. */
	interface Planes {

		Object load(int level, int channel, int plane, Region region);
	}

	private FocusPlane() {}

	/**
	 * Returns the sharpest plane, from 0: the one whose measure, summed over
	 * windows spread over the picture and over the channels (each relative to its
	 * own best plane), is largest.
	 */
	static int find(final ImageInfo info, final int sizeZ, final Planes planes) {
		int level = 0;
		while (level + 1 < info.levels().size() && info.levels().get(level + 1)
			.downsample() <= COARSEST && Math.min(info.levels().get(level + 1)
				.width(), info.levels().get(level + 1).height()) >= WINDOW_PX)
			level++;
		final PyramidLevel size = info.levels().get(level);
		final int channels = info.rgb() ? 1 : info.channels().size();
		final double[] total = new double[sizeZ];
		for (int c = 0; c < channels; c++) {
			final double[] measure = new double[sizeZ];
			double best = 0;
			for (int plane = 0; plane < sizeZ; plane++) {
				for (int window = 0; window < WINDOWS * WINDOWS; window++) {
					final Region region = window(size, window % WINDOWS, window /
						WINDOWS);
					if (region == null) continue;
					measure[plane] += sharpness(planes.load(level, info.rgb()
						? TiledPixelSource.RGB : c, plane, region), region.width(), region
							.height(), info.rgb() ? 3 : 1);
				}
				best = Math.max(best, measure[plane]);
			}
			if (best > 0) for (int plane = 0; plane < sizeZ; plane++) {
				total[plane] += measure[plane] / best;
			}
		}
		int sharpest = 0;
		for (int plane = 1; plane < sizeZ; plane++) {
			if (total[plane] > total[sharpest]) sharpest = plane;
		}
		return sharpest;
	}

	/** A window of the grid, null where a small picture has fewer of them. */
	private static Region window(final PyramidLevel size, final int column,
		final int row)
	{
		final int width = Math.min(WINDOW_PX, size.width());
		final int height = Math.min(WINDOW_PX, size.height());
		if (column > 0 && column * WINDOW_PX >= size.width() || row > 0 && row *
			WINDOW_PX >= size.height()) return null;
		return new Region((size.width() - width) * column / (WINDOWS - 1), (size
			.height() - height) * row / (WINDOWS - 1), width, height);
	}

	/**
	 * Vollath's F4, the autocorrelation at a shift of one less that of two
	 * pixels, along rows and columns, by squared differences: so the mean and the
	 * border have no part in it. Of RGB, of green.
	 */
	static double sharpness(final Object samples, final int width,
		final int height, final int step)
	{
		final int green = step == 3 ? 1 : 0;
		final float[] v = new float[width * height];
		for (int i = 0; i < v.length; i++) {
			final int j = i * step + green;
			v[i] = samples instanceof byte[] bytes ? bytes[j] & 0xff
				: samples instanceof short[] shorts ? shorts[j] & 0xffff
					: ((float[]) samples)[j];
		}
		double sum = 0;
		for (int y = 0; y + 2 < height; y++) {
			for (int x = 0; x + 2 < width; x++) {
				final int i = y * width + x;
				sum += square(v[i] - v[i + 2]) - square(v[i] - v[i + 1]);
				sum += square(v[i] - v[i + 2 * width]) - square(v[i] - v[i + width]);
			}
		}
		return sum / 2;
	}

	private static double square(final double x) {
		return x * x;
	}
}
