
package org.senoscope.core.run;

/**
 * Keeps the cells of each block out of memory until the slide-level numbers are
 * known. Thread-safe. The pipeline knows nothing of files; {@code io} keeps the
 * bytes in a temporary file, tests in memory.
 */
public interface SpillStore extends AutoCloseable {

	/**
	 * Keeps bytes under a block number, once.
	 *
	 * @throws org.senoscope.core.UserException if the disk is full
	 */
	void put(int block, byte[] bytes);

	/** Returns the bytes of a block, an empty array if none were kept. */
	byte[] get(int block);

	/** Deletes everything. */
	@Override
	void close();
}
