
package org.senoscope.fiji;

import java.nio.file.Path;

/**
 * What became of the last run of any command, for macros, to which a command
 * cannot answer.
 */
final class LastRun {

	private static final String NEVER = "the command did not run";

	private static String error = NEVER;
	private static String report = "";

	private LastRun() {}

	/** Keeps that a run went well. */
	static synchronized void succeeded(final Path file) {
		error = "";
		report = file.toString();
	}

	/** Keeps why a run failed. */
	static synchronized void failed(final String why) {
		error = why;
		report = "";
	}

	/**
	 * Returns why the last run failed, empty if it went well, and forgets it: a
	 * command that never started must not pass for the one before.
	 */
	static synchronized String takeError() {
		final String taken = error;
		error = NEVER;
		return taken;
	}

	/** Returns the path of the last report, empty if the last run failed. */
	static synchronized String report() {
		return report;
	}
}
