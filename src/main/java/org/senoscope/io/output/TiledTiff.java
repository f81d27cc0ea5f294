
package org.senoscope.io.output;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.Deflater;

/**
 * Writes one grey picture as a TIFF in deflated tiles of 512 px, in any order,
 * with bounded memory: classic TIFF, or BigTIFF where the uncompressed picture
 * is so large that 32-bit offsets might not do. Little-endian (TIFF 6.0 and
 * Adobe's technical notes; BigTIFF by Aware Systems). The directory stands at
 * the end. Not thread-safe.
 */
final class TiledTiff implements Closeable {

	static final int TILE = 512;

	private static final long LARGEST_CLASSIC = 3_900_000_000L;
	private static final int SHORT = 3, LONG = 4, ASCII = 2, LONG8 = 16;

	private final FileChannel channel;
	private final int width, height, bytesPerPixel;
	private final boolean big;
	private final byte[] description;
	private final int tilesAcross;
	private final long[] offsets, lengths;
	private final ByteBuffer raw;
	private final byte[] packed;
	private final Deflater deflater = new Deflater(4);
	private long end;

	/**
	 * Begins a picture.
	 *
	 * @param file where to
	 * @param width width in pixels
	 * @param height height in pixels
	 * @param bytesPerPixel 2 or 4, unsigned
	 * @param description text of the ImageDescription tag, written as UTF-8 as
	 *          OME-TIFF asks
	 */
	TiledTiff(final Path file, final int width, final int height,
		final int bytesPerPixel, final String description) throws IOException
	{
		this(file, width, height, bytesPerPixel, description, (long) width *
			height * bytesPerPixel > LARGEST_CLASSIC);
	}

	/** Begins a picture, as BigTIFF or not. */
	TiledTiff(final Path file, final int width, final int height,
		final int bytesPerPixel, final String description, final boolean big)
		throws IOException
	{
		this.width = width;
		this.height = height;
		this.bytesPerPixel = bytesPerPixel;
		this.big = big;
		this.description = (description + '\0').getBytes(StandardCharsets.UTF_8);
		tilesAcross = (width + TILE - 1) / TILE;
		final int tiles = Math.multiplyExact(tilesAcross, (height + TILE - 1) /
			TILE);
		offsets = new long[tiles];
		lengths = new long[tiles];
		raw = ByteBuffer.allocate(TILE * TILE * bytesPerPixel).order(
			ByteOrder.LITTLE_ENDIAN);
		packed = new byte[raw.capacity() + raw.capacity() / 8 + 1024];
		channel = FileChannel.open(file, StandardOpenOption.CREATE,
			StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
		end = big ? 16 : 8;
	}

	/**
	 * Writes one tile.
	 *
	 * @param x left edge, a multiple of {@link #TILE}
	 * @param y top edge, likewise
	 * @param values pixels; beyond the edge of the picture they must be zero
	 * @param offset index of the tile's first pixel
	 * @param stride pixels from one row to the next
	 */
	void tile(final int x, final int y, final int[] values, final int offset,
		final int stride) throws IOException
	{
		raw.clear();
		for (int row = 0; row < TILE; row++) {
			final int start = offset + row * stride;
			if (bytesPerPixel == 2) for (int i = start; i < start + TILE; i++)
				raw.putShort((short) values[i]);
			else raw.slice(4 * TILE * row, 4 * TILE).order(ByteOrder.LITTLE_ENDIAN)
				.asIntBuffer().put(values, start, TILE);
		}
		deflater.reset();
		deflater.setInput(raw.array());
		deflater.finish();
		int length = 0;
		while (!deflater.finished())
			length += deflater.deflate(packed, length, packed.length - length);
		final int index = y / TILE * tilesAcross + x / TILE;
		offsets[index] = end;
		lengths[index] = length;
		append(ByteBuffer.wrap(packed, 0, length));
		// directories and values begin at even offsets
		end += end & 1;
	}

	/** Writes the directory; the file is not a picture before. */
	void finish() throws IOException {
		final int entries = 12;
		final int unit = big ? 8 : 4;
		final int entrySize = big ? 20 : 12;
		final int directorySize = (big ? 8 : 2) + entries * entrySize + unit;
		final long directory = end;
		final long arrays = (long) offsets.length * unit;
		final ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(directorySize +
			description.length + 1 + 2 * arrays + 16)).order(ByteOrder.LITTLE_ENDIAN);
		long values = directory + directorySize;
		values += values & 1;
		final long descriptionAt = values;
		values += description.length;
		values += values & 1;
		final long offsetsAt = values;
		values += arrays;
		final long lengthsAt = values;

		if (big) out.putLong(entries);
		else out.putShort((short) entries);
		number(out, 256, LONG, width);
		number(out, 257, LONG, height);
		number(out, 258, SHORT, 8 * bytesPerPixel);
		// Adobe deflate
		number(out, 259, SHORT, 8);
		// black is zero
		number(out, 262, SHORT, 1);
		reference(out, 270, ASCII, description.length, descriptionAt);
		number(out, 277, SHORT, 1);
		number(out, 322, LONG, TILE);
		number(out, 323, LONG, TILE);
		array(out, 324, offsets, offsetsAt);
		array(out, 325, lengths, lengthsAt);
		// unsigned integer
		number(out, 339, SHORT, 1);
		offset(out, 0);

		out.position((int) (descriptionAt - directory));
		out.put(description);
		out.position((int) (offsetsAt - directory));
		for (final long offset : offsets)
			offset(out, offset);
		for (final long length : lengths)
			offset(out, length);
		out.flip();
		append(out);
		header(directory);
	}

	@Override
	public void close() throws IOException {
		deflater.end();
		channel.close();
	}

	private void header(final long directory) throws IOException {
		final ByteBuffer out = ByteBuffer.allocate(16).order(
			ByteOrder.LITTLE_ENDIAN);
		out.put((byte) 'I').put((byte) 'I');
		if (big) out.putShort((short) 43).putShort((short) 8).putShort((short) 0)
			.putLong(directory);
		else out.putShort((short) 42).putInt((int) directory);
		out.flip();
		write(out, 0);
	}

	private void number(final ByteBuffer out, final int tag, final int type,
		final int value)
	{
		out.putShort((short) tag).putShort((short) type);
		offset(out, 1);
		// a short stands at the low end of the field, which little-endian gives
		offset(out, value);
	}

	private void reference(final ByteBuffer out, final int tag, final int type,
		final long count, final long at)
	{
		out.putShort((short) tag).putShort((short) type);
		offset(out, count);
		offset(out, at);
	}

	/** One value stands in the entry itself, more stand elsewhere. */
	private void array(final ByteBuffer out, final int tag, final long[] values,
		final long at)
	{
		reference(out, tag, big ? LONG8 : LONG, values.length, values.length == 1
			? values[0] : at);
	}

	private void offset(final ByteBuffer out, final long value) {
		if (big) out.putLong(value);
		else out.putInt((int) value);
	}

	private void append(final ByteBuffer bytes) throws IOException {
		end += write(bytes, end);
	}

	private int write(final ByteBuffer bytes, final long at) throws IOException {
		int written = 0;
		while (bytes.hasRemaining())
			written += channel.write(bytes, at + written);
		return written;
	}
}
