
package org.senoscope.core.registration;

import java.util.Arrays;
import java.util.List;
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
			.type(), i.rgb(), i.channels(), List.of(new PyramidLevel(other.width(),
				other.height(), 1)), i.sizeZ(), i.sizeT(), other.pixelSizeXUm(), other
					.pixelSizeYUm(), i.warnings());
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
		double x0 = Double.MAX_VALUE, y0 = x0, x1 = -x0, y1 = -x0;
		for (final int x : new int[] { region.x(), region.right() })
			for (final int y : new int[] { region.y(), region.bottom() }) {
				x0 = Math.min(x0, transform.x(x, y));
				x1 = Math.max(x1, transform.x(x, y));
				y0 = Math.min(y0, transform.y(x, y));
				y1 = Math.max(y1, transform.y(x, y));
			}
		final int left = (int) Math.floor(x0) - 1, top = (int) Math.floor(y0) - 1;
		final Region bounds = source.info().bounds();
		final Region part = new Region(left, top, (int) Math.ceil(x1) + 2 - left,
			(int) Math.ceil(y1) + 2 - top).intersect(bounds);
		final float outside = background.computeIfAbsent(channel, this::background);
		if (part.isEmpty()) {
			Arrays.fill(values, 0, (int) region.size(), outside);
			return;
		}
		final float[] read = new float[(int) part.size()];
		source.readChannel(0, channel, part, read);
		for (int y = 0; y < region.height(); y++)
			for (int x = 0; x < region.width(); x++) {
				final double px = region.x() + x + 0.5, py = region.y() + y + 0.5;
				final double sx = transform.x(px, py), sy = transform.y(px, py);
				values[y * region.width() + x] = sx < 0 || sy < 0 || sx >= bounds
					.right() || sy >= bounds.bottom() ? outside : (float) Bilinear.at(
						read, part.width(), part.height(), sx - part.x(), sy - part.y());
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
