
package org.senoscope.cli;

import java.io.PrintStream;
import java.util.function.LongSupplier;

import org.senoscope.core.run.Progress;

/**
 * Shows progress on standard error: one line that renews itself if a person
 * looks at it, else at most one line every ten seconds, so that logs stay
 * short.
 */
class ConsoleProgress implements Progress {

	private static final long REDRAW_NS = 100_000_000L;
	private static final long LOG_NS = 10_000_000_000L;
	private static final String CLEAR_LINE = "\r\u001b[K";

	private final PrintStream err;
	private final boolean terminal;
	private final LongSupplier clockNs;
	private String label = "";
	private String name = "";
	private String stage = "";
	private int percent = -1;
	private long lastNs;
	private boolean drawn;

	ConsoleProgress(final PrintStream err, final boolean terminal) {
		this(err, terminal, System::nanoTime);
	}

	ConsoleProgress(final PrintStream err, final boolean terminal,
		final LongSupplier clockNs)
	{
		this.err = err;
		this.terminal = terminal;
		this.clockNs = clockNs;
		lastNs = clockNs.getAsLong();
	}

	/**
	 * A new image begins.
	 *
	 * @param newLabel what lines of progress begin with
	 * @param newName how warnings call it
	 */
	synchronized void image(final String newLabel, final String newName) {
		label = newLabel;
		name = newName;
		stage = "";
		percent = -1;
	}

	@Override
	public synchronized void stage(final String what) {
		stage = what;
		percent = -1;
		show(terminal ? 0 : LOG_NS);
	}

	@Override
	public synchronized void update(final long done, final long total) {
		percent = total <= 0 ? -1 : (int) Math.max(0, Math.min(100, 100 * done /
			total));
		show(terminal ? REDRAW_NS : LOG_NS);
	}

	private void show(final long leastNs) {
		final long now = clockNs.getAsLong();
		if (now - lastNs < leastNs) return;
		lastNs = now;
		final String line = label + ": " + stage + (percent < 0 ? "" : " " +
			percent + " %");
		if (terminal) {
			err.print(CLEAR_LINE + line);
			err.flush();
			drawn = true;
		}
		else err.println(line);
	}

	@Override
	public synchronized void warn(final String message) {
		say("warning: " + (message.contains(name) ? "" : name + ": ") + message);
	}

	/** Prints a line that stays. */
	synchronized void say(final String line) {
		clear();
		err.println(line);
	}

	/** Removes the line that renews itself. */
	synchronized void clear() {
		if (drawn) {
			err.print(CLEAR_LINE);
			err.flush();
		}
		drawn = false;
	}
}
