
package org.senoscope.io.image;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Readers of one file, each with a stream of its own, so that threads read in
 * parallel. Readers are made when they are first needed, up to a bound; who
 * comes when all are lent waits.
 */
final class ReaderPool<T extends Closeable> implements Closeable {

	/** Makes a reader that is set to the file. */
	interface Maker<T> {

		T make() throws Exception;
	}

	/** Reads with a lent reader. */
	interface Use<T, R> {

		R with(T reader) throws Exception;
	}

	private final Maker<T> maker;
	private final int limit;
	private final Deque<T> idle = new ArrayDeque<>();
	private int made;
	private boolean closed;

	/**
	 * Makes a pool.
	 *
	 * @param first a reader that is open already, null if there is none; the pool
	 *          closes it
	 * @param maker makes further ones
	 * @param limit readers at most
	 */
	ReaderPool(final T first, final Maker<T> maker, final int limit) {
		this.maker = maker;
		this.limit = Math.max(1, limit);
		if (first != null) {
			idle.push(first);
			made = 1;
		}
	}

	/**
	 * Lends a reader for as long as {@code use} runs.
	 *
	 * @throws Exception what the reader throws
	 */
	<R> R use(final Use<T, R> use) throws Exception {
		final T reader = take();
		try {
			return use.with(reader);
		}
		finally {
			giveBack(reader);
		}
	}

	private T take() throws Exception {
		synchronized (this) {
			while (true) {
				if (closed) throw new IllegalStateException("the image is closed");
				if (!idle.isEmpty()) return idle.pop();
				if (made < limit) {
					made++;
					break;
				}
				wait();
			}
		}
		try {
			return maker.make();
		}
		catch (final Throwable exc) {
			synchronized (this) {
				made--;
				notifyAll();
			}
			throw exc;
		}
	}

	private void giveBack(final T reader) throws Exception {
		synchronized (this) {
			if (!closed) {
				idle.push(reader);
				notify();
				return;
			}
		}
		reader.close();
	}

	/** Closes the idle readers now, the lent ones when they come back. */
	@Override
	public void close() throws IOException {
		final List<T> readers;
		synchronized (this) {
			closed = true;
			readers = new ArrayList<>(idle);
			idle.clear();
			notifyAll();
		}
		for (final T reader : readers)
			reader.close();
	}
}
