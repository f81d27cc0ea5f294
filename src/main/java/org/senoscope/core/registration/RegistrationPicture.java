
package org.senoscope.core.registration;

import java.util.Arrays;

import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.PyramidLevel;
import org.senoscope.core.image.Region;

/**
 * A picture as registration reads it: a weighted sum of channels of a
 * fluorescence picture, of the logarithms of light of a brightfield one.
 *
 * @param source the picture
 * @param channels the channels that show what both pictures show
 * @param weights the weight of each
 * @param light whether the channels are light that stains absorb
 */
public record RegistrationPicture(PixelSource source, int[] channels,
		double[] weights, boolean light) {

	/** The mean of channels of fluorescence. */
	public static RegistrationPicture fluorescence(final PixelSource source,
		final int... channels)
	{
		final double[] weights = new double[channels.length];
		Arrays.fill(weights, 1.0 / channels.length);
		return new RegistrationPicture(source, channels, weights, false);
	}

	/**
	 * X-gal with its product dark, and nothing else of it: the ratio of red to
	 * blue light, in which grey relief, equal in all colours, does not show.
	 */
	public static RegistrationPicture withoutProduct(final PixelSource source) {
		return new RegistrationPicture(source, new int[] { 0, 2 }, new double[] { 1,
			-1 }, true);
	}

	/** Brightness of a brightfield picture, stains and all. */
	public static RegistrationPicture brightness(final PixelSource source) {
		return new RegistrationPicture(source, new int[] { 0, 1, 2 }, new double[] {
			1 / 3.0, 1 / 3.0, 1 / 3.0 }, true);
	}

	/**
	 * Reads a coarser plane, NaN outside the picture.
	 *
	 * @param x left edge in level-0 pixels
	 * @param y upper edge
	 * @param factor level-0 pixels a pixel of the plane
	 * @param w width of the plane
	 * @param h height of the plane
	 * @return the weighted channels over each pixel, row by row
	 */
	float[] read(final int x, final int y, final int factor, final int w,
		final int h)
	{
		final ImageInfo info = source.info();
		int level = 0;
		for (int l = 1; l < info.levels().size(); l++)
			if (info.levels().get(l).downsample() <= factor + 0.01) level = l;
		final PyramidLevel at = info.levels().get(level);
		final double step = factor / at.downsample();
		final Region bounds = new Region(0, 0, at.width(), at.height());
		final float[] out = new float[w * h];
		// in strips, so that a slide without pyramid is never held whole
		final int rows = Math.max(1, (int) (256 / Math.max(1, step)));
		for (int top = 0; top < h; top += rows) {
			final int count = Math.min(rows, h - top);
			final Region wanted = new Region((int) Math.floor(x / at.downsample()),
				(int) Math.floor(y / at.downsample() + top * step), (int) Math.ceil(w *
					step) + 1, (int) Math.ceil(count * step) + 1);
			final Region part = wanted.intersect(bounds);
			if (part.isEmpty()) {
				Arrays.fill(out, top * w, (top + count) * w, Float.NaN);
				continue;
			}
			final float[] sum = new float[(int) part.size()], values =
				new float[sum.length];
			for (int c = 0; c < channels.length; c++) {
				source.readChannel(level, channels[c], part, values);
				for (int i = 0; i < sum.length; i++)
					sum[i] += weights[c] * (light ? Math.log(values[i] + 1) : values[i]);
			}
			for (int oy = 0; oy < count; oy++) {
				final int y0 = (int) (oy * step), y1 = Math.max(y0 + 1, (int) ((oy +
					1) * step));
				for (int ox = 0; ox < w; ox++) {
					final int x0 = (int) (ox * step), x1 = Math.max(x0 + 1, (int) ((ox +
						1) * step));
					double mean = 0;
					int n = 0;
					for (int yy = Math.max(y0, part.y() - wanted.y()); yy < Math.min(y1,
						part.bottom() - wanted.y()); yy++)
						for (int xx = Math.max(x0, part.x() - wanted.x()); xx < Math.min(x1,
							part.right() - wanted.x()); xx++)
						{
							mean += sum[(wanted.y() + yy - part.y()) * part.width() + wanted
								.x() + xx - part.x()];
							n++;
						}
					out[(top + oy) * w + ox] = n == 0 ? Float.NaN : (float) (mean / n);
				}
			}
		}
		return out;
	}
}
