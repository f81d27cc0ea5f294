
package org.senoscope.io.image;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import loci.formats.IFormatReader;

/**
 * Readers of one file, each with a stream of its own, so that threads read in
 * parallel. Readers are made when they are first needed, up to a bound; who
 * comes when all are lent waits.
 */
final class ReaderPool implements AutoCloseable {

	/** Makes a reader that is set to the file. */
	interface Maker {

		IFormatReader make() throws Exception;
	}

	/** Reads with a lent reader. */
	interface Use<R> {

		R with(IFormatReader reader) throws Exception;
	}

	private final Maker maker;
	private final int limit;
	private final Deque<IFormatReader> idle = new ArrayDeque<>();
	private int made;
	private boolean closed;

	/**
	 * Makes a pool.
	 *
	 * @param first a reader that is open already; the pool closes it
	 * @param maker makes further ones
	 * @param limit readers at most
	 */
	ReaderPool(final IFormatReader first, final Maker maker, final int limit) {
		this.maker = maker;
		this.limit = Math.max(1, limit);
		idle.push(first);
		made = 1;
	}

	/**
	 * Lends a reader for as long as {@code use} runs.
	 *
	 * @throws Exception what the reader throws
	 */
	<R> R use(final Use<R> use) throws Exception {
		final IFormatReader reader = take();
		try {
			return use.with(reader);
		}
		finally {
			giveBack(reader);
		}
	}

	private IFormatReader take() throws Exception {
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

	private void giveBack(final IFormatReader reader) throws Exception {
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
		final List<IFormatReader> readers;
		synchronized (this) {
			closed = true;
			readers = new ArrayList<>(idle);
			idle.clear();
			notifyAll();
		}
		for (final IFormatReader reader : readers)
			reader.close();
	}
}
