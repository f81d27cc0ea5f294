
package org.senoscope.cli;

import java.io.PrintStream;

import org.senoscope.core.run.Cancellation;

/**
 * What verbs need of the world.
 *
 * @param out standard output: results only
 * @param err standard error: progress, warnings and failures
 * @param terminal whether a person looks at standard error
 * @param runner analyses one image
 * @param cancellation requested by Ctrl-C
 */
record CliContext(PrintStream out, PrintStream err, boolean terminal,
		SlideRunner runner, Cancellation cancellation) {

	/** Prints one line on standard error. */
	void say(final String line) {
		err.println(line);
	}

	/** Prints why something failed, with the trace if asked for. */
	void fail(final String message, final Throwable cause, final boolean debug) {
		err.println("senoscope: " + message);
		if (debug) cause.printStackTrace(err);
	}
}
