
package org.senoscope.core.registration;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.PyramidLevel;
import org.senoscope.core.image.Region;

/**
 * A picture laid over another: it has the size of the other, and at each place
 * what the picture itself has where that place lies in it, interpolated between
 * pixels. Beyond its edge lies its background (of a dark picture its darkest
 * tenth, of a bright RGB picture its brightest), for repeated edge pixels would
 * look like objects.
 */
public final class RegisteredSource implements PixelSource {

	private static final int OVERVIEW = 256;
	/** Pixels read at once. */
	private static final long MOST_PIXELS = 8_000_000;

	private final PixelSource source;
	private final RigidTransform transform;
	private final ImageInfo info;
	private final ConcurrentMap<Integer, Float> background =
		new ConcurrentHashMap<>();

	/**
	 * Lays a picture over another.
	 *
	 * @param source the picture; closed with this one
	 * @param transform where places of the other lie in it
	 * @param other the other picture
	 */
	public RegisteredSource(final PixelSource source,
		final RigidTransform transform, final ImageInfo other)
	{
		this.source = source;
		this.transform = transform;
		final ImageInfo i = source.info();
		info = new ImageInfo(i.name(), i.series(), i.seriesName(), i.format(), i
			.type(), i.rgb(), i.channels(), other.levels(), i.sizeZ(), i.sizeT(),
			other.pixelSizeXUm(), other.pixelSizeYUm(), i.warnings());
	}

	@Override
	public ImageInfo info() {
		return info;
	}

	@Override
	public void readRgb(final int level, final Region region, final byte[] rgb) {
		final float[] values = new float[(int) region.size()];
		for (int c = 0; c < 3; c++) {
			readChannel(level, c, region, values);
			for (int i = 0; i < values.length; i++)
				rgb[3 * i + c] = (byte) (int) (values[i] + 0.5f);
		}
	}

	@Override
	public void readChannel(final int level, final int channel,
		final Region region, final float[] values)
	{
		final double scale = info.levels().get(level).downsample();
		int from = 0;
		for (int l = 1; l < source.info().levels().size(); l++)
			if (source.info().levels().get(l).downsample() <= scale + 0.01) from = l;
		read(scale, from, channel, region, values, 0);
	}

	/** Reads from a level of the picture, in parts that fit into memory. */
	private void read(final double scale, final int from, final int channel,
		final Region region, final float[] values, final int offset)
	{
		final PyramidLevel of = source.info().levels().get(from);
		final double finer = of.downsample();
		double x0 = Double.MAX_VALUE, y0 = x0, x1 = -x0, y1 = -x0;
		for (final double x : new double[] { scale * region.x(), scale * region
			.right() })
			for (final double y : new double[] { scale * region.y(), scale * region
				.bottom() })
			{
				x0 = Math.min(x0, transform.x(x, y) / finer);
				x1 = Math.max(x1, transform.x(x, y) / finer);
				y0 = Math.min(y0, transform.y(x, y) / finer);
				y1 = Math.max(y1, transform.y(x, y) / finer);
			}
		final int left = (int) Math.floor(x0) - 1, top = (int) Math.floor(y0) - 1;
		final Region part = new Region(left, top, (int) Math.ceil(x1) + 2 - left,
			(int) Math.ceil(y1) + 2 - top).intersect(new Region(0, 0, of.width(), of
				.height()));
		if (part.size() > MOST_PIXELS && region.height() > 1) {
			// a coarse level of a picture that has none
			final int half = region.height() / 2;
			read(scale, from, channel, new Region(region.x(), region.y(), region
				.width(), half), values, offset);
			read(scale, from, channel, new Region(region.x(), region.y() + half,
				region.width(), region.height() - half), values, offset + half * region
					.width());
			return;
		}
		final float outside = background.computeIfAbsent(channel, this::background);
		if (part.isEmpty()) {
			Arrays.fill(values, offset, offset + (int) region.size(), outside);
			return;
		}
		final float[] read = new float[(int) part.size()];
		source.readChannel(from, channel, part, read);
		for (int y = 0; y < region.height(); y++)
			for (int x = 0; x < region.width(); x++) {
				final double px = scale * (region.x() + x + 0.5), py = scale * (region
					.y() + y + 0.5);
				final double sx = transform.x(px, py) / finer, sy = transform.y(px,
					py) / finer;
				values[offset + y * region.width() + x] = sx < 0 || sy < 0 || sx >= of
					.width() || sy >= of.height() ? outside : (float) Bilinear.at(read,
						part.width(), part.height(), sx - part.x(), sy - part.y());
			}
	}

	private float background(final int channel) {
		final ImageInfo i = source.info();
		final int factor = (Math.max(i.width(), i.height()) + OVERVIEW - 1) /
			OVERVIEW;
		final float[] small = RegistrationPicture.fluorescence(source, channel)
			.read(0, 0, factor, Math.max(1, i.width() / factor), Math.max(1, i
				.height() / factor));
		Arrays.sort(small);
		final float middle = small[small.length / 2];
		return info.rgb() && middle > 128 ? small[small.length - 1 - small.length /
			10] : small[small.length / 10];
	}

	@Override
	public void close() {
		source.close();
	}
}
