
package org.senoscope.io.phantom;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;

/**
 * Writes a fluorescence slide of any size and number of channels by repeating a
 * small field, as a pyramidal OME-TIFF of deflated 16-bit tiles, a plane each
 * channel, with bounded memory.
 */
public final class PanelSlide {

	private static final int TILE = 512;

	private final TiffOutput out;
	private final int width, height;
	private final Deflater deflater = new Deflater(4);

	private PanelSlide(final TiffOutput out, final int width, final int height) {
		this.out = out;
		this.width = width;
		this.height = height;
	}

	/**
	 * Writes the slide.
	 *
	 * @param file target, replaced
	 * @param name name of the image inside
	 * @param channels names of the channels
	 * @param fields the field in each channel, row by row
	 * @param side width and height of the field, a multiple of 1024
	 * @param width width of the slide in pixels
	 * @param height height of the slide in pixels
	 * @param pixelSizeUm pixel size in µm
	 * @throws IOException if the file cannot be written
	 */
	public static void write(final Path file, final String name,
		final List<String> channels, final List<char[]> fields, final int side,
		final int width, final int height, final double pixelSizeUm)
		throws IOException
	{
		try (TiffOutput out = TiffOutput.create(file, true)) {
			final PanelSlide slide = new PanelSlide(out, width, height);
			try {
				final List<TiffOutput.Directory> planes = new ArrayList<>();
				for (final char[] field : fields)
					planes.add(slide.plane(field, side));
				planes.get(0).text(270, OmeXml.of(name, "uint16", width, height, 1,
					channels, pixelSizeUm));
				// each names the next, so the last comes first
				long next = 0;
				for (int c = planes.size() - 1; c >= 0; c--)
					next = planes.get(c).write(next);
				out.finish(next);
			}
			finally {
				slide.deflater.end();
			}
		}
	}

	/** Writes the tiles of a channel and its reduced levels. */
	private TiffOutput.Directory plane(final char[] field, final int side)
		throws IOException
	{
		char[] picture = field;
		int period = side, w = width, h = height;
		final TiffOutput.Directory full = level(picture, period, w, h);
		final List<Long> reduced = new ArrayList<>();
		while (Math.max(w, h) > TILE && period > 1) {
			picture = halved(picture, period);
			period /= 2;
			w = (w + 1) / 2;
			h = (h + 1) / 2;
			reduced.add(level(picture, period, w, h).longs(254, 1).write(0));
		}
		if (!reduced.isEmpty()) full.offsets(330, reduced.stream().mapToLong(r -> r)
			.toArray());
		return full.longs(254, 0);
	}

	private TiffOutput.Directory level(final char[] picture, final int period,
		final int w, final int h) throws IOException
	{
		final int nx = (w + TILE - 1) / TILE, ny = (h + TILE - 1) / TILE;
		final long[] offsets = new long[nx * ny], lengths = new long[nx * ny];
		// a repeated field has few different tiles; each is stored anew
		final Map<Integer, byte[]> packed = new HashMap<>();
		for (int t = 0; t < offsets.length; t++) {
			final int x = t % nx * TILE % period, y = t / nx * TILE % period;
			final byte[] tile = packed.computeIfAbsent(y * period + x, k -> pack(
				picture, period, x, y));
			offsets[t] = out.append(tile);
			lengths[t] = tile.length;
		}
		return out.directory().longs(256, w).longs(257, h).shorts(258, 16).shorts(
			259, 8).shorts(262, 1).shorts(277, 1).shorts(284, 1).text(305,
				"Senoscope").shorts(317, 2).longs(322, TILE).longs(323, TILE).offsets(
					324, offsets).longs(325, lengths).shorts(339, 1);
	}

	private byte[] pack(final char[] picture, final int period, final int x0,
		final int y0)
	{
		final byte[] raw = new byte[2 * TILE * TILE];
		for (int y = 0, at = 0; y < TILE; y++)
			for (int x = 0, last = 0; x < TILE; x++) {
				final int v = picture[(y0 + y) % period * period + (x0 + x) % period];
				// differences along rows, which suits pictures
				raw[at++] = (byte) (v - last);
				raw[at++] = (byte) (v - last >> 8);
				last = v;
			}
		deflater.reset();
		deflater.setInput(raw);
		deflater.finish();
		final byte[] packed = new byte[raw.length + raw.length / 8 + 1024];
		int length = 0;
		while (!deflater.finished())
			length += deflater.deflate(packed, length, packed.length - length);
		return Arrays.copyOf(packed, length);
	}

	/** Means of 2 x 2 pixels, rounded. */
	private static char[] halved(final char[] picture, final int side) {
		final int half = side / 2;
		final char[] to = new char[half * half];
		for (int y = 0; y < half; y++)
			for (int x = 0; x < half; x++) {
				final int i = 2 * y * side + 2 * x;
				to[y * half + x] = (char) (picture[i] + picture[i + 1] + picture[i +
					side] + picture[i + side + 1] + 2 >> 2);
			}
		return to;
	}
}
