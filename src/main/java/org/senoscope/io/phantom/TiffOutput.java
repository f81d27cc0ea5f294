
package org.senoscope.io.phantom;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A TIFF file that is written front to back: compressed blocks as they come,
 * the directories at the end. Little endian; BigTIFF where the file may pass 4
 * GB (TIFF 6.0, Adobe 1992; BigTIFF with 64-bit offsets, version 43).
 */
final class TiffOutput implements Closeable {

	/** One tag with its values. */
	private record Entry(int tag, int type, long[] values, byte[] text) {
	}

	private static final int ASCII = 2, SHORT = 3, LONG = 4, RATIONAL = 5, LONG8 =
		16;

	private final FileChannel channel;
	private final boolean big;
	private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20).order(
		ByteOrder.LITTLE_ENDIAN);
	private long position;

	/** Tags of one image, kept in ascending order by the caller. */
	final class Directory {

		private final List<Entry> entries = new ArrayList<>();

		Directory shorts(final int tag, final int... values) {
			entries.add(new Entry(tag, SHORT, Arrays.stream(values).asLongStream()
				.toArray(), null));
			return this;
		}

		Directory longs(final int tag, final long... values) {
			entries.add(new Entry(tag, LONG, values, null));
			return this;
		}

		Directory offsets(final int tag, final long... values) {
			entries.add(new Entry(tag, big ? LONG8 : LONG, values, null));
			return this;
		}

		Directory rational(final int tag, final long numerator,
			final long denominator)
		{
			entries.add(new Entry(tag, RATIONAL, new long[] { numerator |
				denominator << 32 }, null));
			return this;
		}

		Directory text(final int tag, final String text) {
			entries.add(new Entry(tag, ASCII, null, (text + "\0").getBytes(
				StandardCharsets.UTF_8)));
			return this;
		}

		/** Writes the directory and returns where it lies. */
		long write(final long next) throws IOException {
			entries.sort((a, b) -> Integer.compare(a.tag, b.tag));
			final int inline = big ? 8 : 4;
			final List<byte[]> encoded = new ArrayList<>();
			final long[] where = new long[entries.size()];
			for (int i = 0; i < entries.size(); i++) {
				final byte[] bytes = encode(entries.get(i));
				encoded.add(bytes);
				if (bytes.length > inline) where[i] = append(bytes);
			}
			align();
			final long at = position;
			if (big) putLong(entries.size());
			else putShort(entries.size());
			for (int i = 0; i < entries.size(); i++) {
				final Entry e = entries.get(i);
				final byte[] bytes = encoded.get(i);
				putShort(e.tag);
				putShort(e.type);
				final long count = e.text != null ? e.text.length : e.values.length;
				putOffset(count);
				if (bytes.length > inline) putOffset(where[i]);
				else put(Arrays.copyOf(bytes, inline));
			}
			putOffset(next);
			return at;
		}
	}

	private TiffOutput(final FileChannel channel, final boolean big)
		throws IOException
	{
		this.channel = channel;
		this.big = big;
		put(new byte[] { 'I', 'I' });
		putShort(big ? 43 : 42);
		if (big) {
			putShort(8);
			putShort(0);
		}
		putOffset(0);
	}

	/** Begins a file, replacing one of that name. */
	static TiffOutput create(final Path file, final boolean big)
		throws IOException
	{
		return new TiffOutput(FileChannel.open(file, StandardOpenOption.CREATE,
			StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE), big);
	}

	/** Returns an empty directory. */
	Directory directory() {
		return new Directory();
	}

	/** Appends a block and returns where it lies. */
	long append(final byte[] bytes) throws IOException {
		align();
		final long at = position;
		put(bytes);
		return at;
	}

	/** Points the header at the first directory and ends the file. */
	void finish(final long firstDirectory) throws IOException {
		if (!big && position > 0xffffffffL) throw new IOException(
			"file grew beyond 4 GB");
		flush();
		final ByteBuffer head = ByteBuffer.allocate(8).order(
			ByteOrder.LITTLE_ENDIAN);
		if (big) head.putLong(firstDirectory);
		else head.putInt((int) firstDirectory);
		head.flip();
		channel.write(head, big ? 8 : 4);
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}

	private byte[] encode(final Entry e) {
		if (e.text != null) return e.text;
		final int size = switch (e.type) {
			case SHORT -> 2;
			case LONG -> 4;
			default -> 8;
		};
		final ByteBuffer b = ByteBuffer.allocate(size * e.values.length).order(
			ByteOrder.LITTLE_ENDIAN);
		for (final long v : e.values) {
			if (size == 2) b.putShort((short) v);
			else if (size == 4) b.putInt((int) v);
			else b.putLong(v);
		}
		return b.array();
	}

	private void align() throws IOException {
		if ((position & 1) != 0) put(new byte[1]);
	}

	private void putShort(final int v) throws IOException {
		put(new byte[] { (byte) v, (byte) (v >> 8) });
	}

	private void putLong(final long v) throws IOException {
		final ByteBuffer b = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN)
			.putLong(v);
		put(b.array());
	}

	private void putOffset(final long v) throws IOException {
		if (big) putLong(v);
		else put(new byte[] { (byte) v, (byte) (v >> 8), (byte) (v >> 16),
			(byte) (v >> 24) });
	}

	private void put(final byte[] bytes) throws IOException {
		if (bytes.length > buffer.remaining()) flush();
		if (bytes.length > buffer.capacity()) {
			final ByteBuffer b = ByteBuffer.wrap(bytes);
			while (b.hasRemaining()) {
				channel.write(b);
			}
		}
		else buffer.put(bytes);
		position += bytes.length;
	}

	private void flush() throws IOException {
		buffer.flip();
		while (buffer.hasRemaining()) {
			channel.write(buffer);
		}
		buffer.clear();
	}
}
