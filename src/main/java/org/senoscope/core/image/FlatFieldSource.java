
package org.senoscope.core.image;

import java.util.Locale;

import org.senoscope.core.UserException;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/**
 * An RGB picture with even light: every pixel that is read is corrected. Values
 * are rounded to whole levels and end at 255.
 */
public final class FlatFieldSource implements PixelSource {

	/** Most that the sides' ratio of blank field and picture may differ. */
	private static final double SAME_SHAPE = 0.01;

	private final PixelSource source;
	private final FlatField light;

	/**
	 * Wraps a picture.
	 *
	 * @param source an RGB picture; closed with this
	 * @param light how its light is evened out
	 */
	public FlatFieldSource(final PixelSource source, final FlatField light) {
		this.source = source;
		this.light = light;
	}

	/**
	 * Wraps a picture by frames of its camera.
	 *
	 * @param source the picture
	 * @param blank a blank field, null for none
	 * @param dark a dark frame, null for none
	 * @param threads threads that read
	 * @return the picture itself where no frame is given
	 * @throws UserException if picture and frames do not go together
	 */
	public static PixelSource of(final PixelSource source,
		final PixelSource blank, final PixelSource dark, final int threads)
	{
		if (blank == null && dark == null) return source;
		if (!source.info().rgb()) throw new UserException(source.info().name() +
			": light is evened out on red-green-blue pictures only; leave out --illumination-flat-field and --illumination-dark-frame");
		final RgbField white = field(source, blank, threads), black = field(source,
			dark, threads);
		return new FlatFieldSource(source, white == null ? FlatField.ofDark(black)
			: FlatField.of(white, black));
	}

	private static RgbField field(final PixelSource source,
		final PixelSource frame, final int threads)
	{
		if (frame == null) return null;
		final ImageInfo a = source.info(), b = frame.info();
		if (!b.rgb() || Math.abs((double) a.width() * b.height() / a.height() / b
			.width() - 1) > SAME_SHAPE) throw new UserException(b.name() + ": " + (b
				.rgb() ? "has " + b.width() + " x " + b.height() + " pixels, " + a
					.name() + " has " + a.width() + " x " + a.height()
					: "is not red-green-blue") +
				"; give a frame of the same camera and lens");
		final Overview o = OverviewBuilder.build(frame,
			OverviewBuilder.LONGEST_SIDE_PX, threads, Progress.SILENT,
			new Cancellation());
		return new RgbField(o.width(), o.height(), o.rgb());
	}

	/** Returns where the light was taken from and how uneven it was, in words. */
	public String words() {
		return String.format(Locale.ROOT, "%s; the darkest part was %.0f %% darker",
			light.origin(), 100 - 100 / light.largestGain());
	}

	@Override
	public ImageInfo info() {
		return source.info();
	}

	@Override
	public void readRgb(final int level, final Region region, final byte[] rgb) {
		source.readRgb(level, region, rgb);
		final PyramidLevel l = source.info().levels().get(level);
		for (int c = 0; c < 3; c++) {
			final int offset = c;
			light.correct(c, region, l.width(), l.height(), new FlatField.Samples() {

				@Override
				public float get(final int i) {
					return rgb[3 * i + offset] & 255;
				}

				@Override
				public void set(final int i, final float value) {
					rgb[3 * i + offset] = (byte) Math.max(0, Math.min(255, value + 0.5f));
				}
			});
		}
	}

	@Override
	public void readChannel(final int level, final int channel,
		final Region region, final float[] values)
	{
		source.readChannel(level, channel, region, values);
		final PyramidLevel l = source.info().levels().get(level);
		light.correct(channel, region, l.width(), l.height(),
			new FlatField.Samples()
			{

				@Override
				public float get(final int i) {
					return values[i];
				}

				@Override
				public void set(final int i, final float value) {
					values[i] = value;
				}
			});
	}

	@Override
	public void close() {
		source.close();
	}
}
