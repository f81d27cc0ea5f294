
package org.senoscope.io.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.senoscope.core.run.SpillStore;

/**
 * Keeps spilled blocks in one temporary file: appended where there is room,
 * found through an index in memory, read at any place by any thread. The file
 * goes with {@link #close()}.
 */
public final class TempFileSpill implements SpillStore {

	private record Extent(long offset, int length) {
	}

	private final Path file;
	private final FileChannel channel;
	private final AtomicLong end = new AtomicLong();
	private final Map<Integer, Extent> index = new ConcurrentHashMap<>();

	/**
	 * Makes the temporary file.
	 *
	 * @param folder where it lies, normally {@link StagedFolder#work()}
	 * @throws org.senoscope.core.UserException if it cannot be made
	 */
	public TempFileSpill(final Path folder) {
		file = folder.resolve("cells.spill");
		try {
			channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW,
				StandardOpenOption.READ, StandardOpenOption.WRITE);
		}
		catch (final IOException e) {
			throw OutputErrors.of(folder, e);
		}
	}

	@Override
	public void put(final int block, final byte[] bytes) {
		final Extent extent = new Extent(end.getAndAdd(bytes.length), bytes.length);
		if (index.containsKey(block)) throw new IllegalStateException("block " +
			block + " is kept twice");
		try {
			final ByteBuffer buffer = ByteBuffer.wrap(bytes);
			while (buffer.hasRemaining())
				channel.write(buffer, extent.offset + buffer.position());
		}
		catch (final IOException e) {
			throw OutputErrors.of(file.getParent(), e);
		}
		if (index.putIfAbsent(block, extent) != null)
			throw new IllegalStateException("block " + block + " is kept twice");
	}

	@Override
	public byte[] get(final int block) {
		final Extent extent = index.get(block);
		if (extent == null) return new byte[0];
		final ByteBuffer buffer = ByteBuffer.allocate(extent.length);
		try {
			while (buffer.hasRemaining())
				if (channel.read(buffer, extent.offset + buffer.position()) < 0)
					throw new IOException("the temporary file was cut short");
		}
		catch (final IOException e) {
			throw OutputErrors.of(file.getParent(), e);
		}
		return buffer.array();
	}

	@Override
	public void close() {
		index.clear();
		try {
			channel.close();
			Files.deleteIfExists(file);
		}
		catch (final IOException e) {
			throw OutputErrors.of(file, e);
		}
	}
}
