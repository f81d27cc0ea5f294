
package org.senoscope.core.run;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A wish to stop, checked between tiles. One object a run, shared by all its
 * threads.
 */
public final class Cancellation {

	private final AtomicBoolean requested = new AtomicBoolean();

	/** Asks the run to stop at the next tile. */
	public void request() {
		requested.set(true);
	}

	/** Returns whether a stop was asked for. */
	public boolean isRequested() {
		return requested.get();
	}

	/**
	 * Returns unless a stop was asked for.
	 *
	 * @throws CancellationException if it was
	 */
	public void check() {
		if (requested.get()) throw new CancellationException("stopped on request");
	}
}
