
package org.senoscope.io.phantom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/**
 * Writes a picture of one or more channels (labels or fluorescence) as an
 * OME-TIFF of deflated strips, band by band.
 */
final class GreyWriter {

	/** Rows that are asked for and compressed together. */
	static final int BAND = 128;

	/** Gives a band of rows. */
	@FunctionalInterface
	interface Rows {

		/**
		 * Draws whole rows.
		 *
		 * @param y first row
		 * @param height number of rows
		 * @param values receives the samples row by row
		 */
		void read(int y, int height, int[] values);
	}

	private GreyWriter() {}

	/**
	 * Writes a file of one channel.
	 *
	 * @param file target, replaced
	 * @param name name of the image inside
	 * @param channel name of the channel
	 * @param bits 16 or 32, unsigned
	 * @param predict whether to store differences along rows, which suits
	 *          photographs
	 */
	static void write(final Path file, final String name, final String channel,
		final int width, final int height, final double pixelSizeUm, final int bits,
		final boolean predict, final Rows rows) throws IOException
	{
		write(file, name, List.of(channel), width, height, pixelSizeUm, bits,
			predict, List.of(rows));
	}

	/** Writes a file of several channels, a plane each. */
	static void write(final Path file, final String name,
		final List<String> channels, final int width, final int height,
		final double pixelSizeUm, final int bits, final boolean predict,
		final List<Rows> planes) throws IOException
	{
		final int bytesPerSample = bits / 8;
		final long perCm = Math.round(1e7 / pixelSizeUm);
		final List<TiffOutput.Directory> directories = new ArrayList<>();
		final Deflater deflater = new Deflater(6);
		try (TiffOutput out = TiffOutput.create(file, (long) width * height *
			bytesPerSample * planes.size() > 3_500_000_000L))
		{
			for (final Rows rows : planes) {
				final List<long[]> strips = strips(out, deflater, width, height, bits,
					predict, rows);
				final TiffOutput.Directory directory = out.directory().longs(254, 0)
					.longs(256, width).longs(257, height).shorts(258, bits).shorts(259, 8)
					.shorts(262, 1).offsets(273, strips.stream().mapToLong(s -> s[0])
						.toArray()).shorts(277, 1).longs(278, BAND).longs(279, strips
							.stream().mapToLong(s -> s[1]).toArray()).rational(282, perCm,
								1000).rational(283, perCm, 1000).shorts(284, 1).shorts(296, 3)
					.text(305, "Senoscope").shorts(339, 1);
				if (directories.isEmpty()) directory.text(270, OmeXml.of(name, "uint" +
					bits, width, height, 1, channels, pixelSizeUm));
				if (predict) directory.shorts(317, 2);
				directories.add(directory);
			}
			// each names the next, so the last comes first
			long next = 0;
			for (int c = directories.size() - 1; c >= 0; c--)
				next = directories.get(c).write(next);
			out.finish(next);
		}
		finally {
			deflater.end();
		}
	}

	private static List<long[]> strips(final TiffOutput out,
		final Deflater deflater, final int width, final int height, final int bits,
		final boolean predict, final Rows rows) throws IOException
	{
		final List<long[]> strips = new ArrayList<>();
		final int[] values = new int[width * BAND];
		final byte[] raw = new byte[values.length * bits / 8];
		final byte[] packed = new byte[raw.length + raw.length / 1000 + 1024];
		for (int y = 0; y < height; y += BAND) {
			final int h = Math.min(BAND, height - y);
			rows.read(y, h, values);
			int at = 0;
			for (int i = 0; i < width * h; i++) {
				final int v = predict && i % width > 0 ? values[i] - values[i - 1]
					: values[i];
				for (int b = 0; b < bits; b += 8) {
					raw[at++] = (byte) (v >>> b);
				}
			}
			deflater.reset();
			deflater.setInput(raw, 0, at);
			deflater.finish();
			int length = 0;
			while (!deflater.finished()) {
				length += deflater.deflate(packed, length, packed.length - length);
			}
			final byte[] block = Arrays.copyOf(packed, length);
			strips.add(new long[] { out.append(block), length });
		}
		return strips;
	}
}
