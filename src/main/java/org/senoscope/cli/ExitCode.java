
package org.senoscope.cli;

/** Exit codes, part of the public interface. */
final class ExitCode {

	/** All done. */
	static final int DONE = 0;

	/** Done with failures or partial slides, or an error of the program. */
	static final int FAILED = 1;

	/** Bad arguments, bad protocol, nothing readable. */
	static final int BAD_INPUT = 2;

	/** Stopped by the user. */
	static final int INTERRUPTED = 130;

	private ExitCode() {}
}
