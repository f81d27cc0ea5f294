
package org.senoscope.core.nuclei.starconvex.training;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes batches ahead of the network, by several threads, and gives them out in
 * order: which batch comes when does not depend on threads.
 */
public final class PatchFeeder implements AutoCloseable {

	private final PatchMaker maker;
	private final int count;
	private final ExecutorService pool;
	private final Deque<Future<PatchBatch>> ahead = new ArrayDeque<>();
	private long next;

	/**
	 * @param maker makes the patches
	 * @param count patches in a batch
	 * @param first number of the first batch
	 * @param threads threads that make patches
	 */
	public PatchFeeder(final PatchMaker maker, final int count, final long first,
		final int threads)
	{
		this.maker = maker;
		this.count = count;
		next = first;
		pool = Executors.newFixedThreadPool(threads, task -> {
			final Thread thread = new Thread(task, "senoscope-patches");
			thread.setDaemon(true);
			return thread;
		});
		for (int i = 0; i <= threads; i++)
			begin();
	}

	private void begin() {
		final long first = next++ * count;
		ahead.add(pool.submit(() -> maker.batch(first, count)));
	}

	/** Returns the next batch. */
	public PatchBatch next() {
		begin();
		try {
			return ahead.remove().get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while waiting for patches",
				e);
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof RuntimeException r) throw r;
			throw new IllegalStateException(e.getCause());
		}
	}

	/** Stops the threads. */
	@Override
	public void close() {
		pool.shutdownNow();
	}
}
