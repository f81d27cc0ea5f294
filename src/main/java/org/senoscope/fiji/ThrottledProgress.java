
package org.senoscope.fiji;

import java.util.concurrent.atomic.AtomicLong;

import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/**
 * Progress for a status bar: passes on at most some news a second, from
 * whichever thread has them, and asks the user's wish to stop at each.
 */
abstract class ThrottledProgress implements Progress {

	private static final long LEAST_GAP_NANOS = 100_000_000L;
	private static final int PARTS = 1000;

	private final Cancellation cancellation;
	private final AtomicLong lastNews = new AtomicLong(System.nanoTime() -
		LEAST_GAP_NANOS);
	private volatile String stage = "";

	/** Remembers whom to tell that the user wants to stop. */
	ThrottledProgress(final Cancellation cancellation) {
		this.cancellation = cancellation;
	}

	/** Shows a line and a share of 1,000. */
	abstract void show(String line, int part, int parts);

	/** Returns whether the user wants to stop. */
	abstract boolean stopWanted();

	@Override
	public final void stage(final String what) {
		stage = what;
		listen();
		show(what, 0, PARTS);
	}

	@Override
	public final void update(final long done, final long total) {
		final long now = System.nanoTime();
		final long last = lastNews.get();
		if (now - last < LEAST_GAP_NANOS && done < total || !lastNews.compareAndSet(
			last, now)) return;
		listen();
		show(stage, total <= 0 ? 0 : (int) Math.min(PARTS, PARTS * (double) done /
			total), PARTS);
	}

	/** Warnings stand in the summary, which is shown at the end. */
	@Override
	public final void warn(final String message) {
		listen();
	}

	private void listen() {
		if (stopWanted()) cancellation.request();
	}
}
