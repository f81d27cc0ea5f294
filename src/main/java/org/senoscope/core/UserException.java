
package org.senoscope.core;

/**
 * A failure that a user can mend: one line that names the file or key, says
 * what was wrong and what to do. Doors (command line, Fiji, macro) print the
 * message alone; the stack trace only appears with {@code --debug}.
 */
public final class UserException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** What went wrong, in the terms of the exit codes of the command line. */
	public enum Kind {
			/** Bad argument, bad protocol, unreadable input: exit code 2. */
			INPUT,
			/**
			 * The work began and could not be finished (full disk, internal error):
			 * exit code 1.
			 */
			FAILURE
	}

	private final Kind kind;

	/**
	 * An input that cannot be used.
	 *
	 * @param message one complete line: what, where, what to do
	 */
	public UserException(final String message) {
		this(Kind.INPUT, message, null);
	}

	/**
	 * A failure with its kind and cause.
	 *
	 * @param kind decides the exit code
	 * @param message one complete line: what, where, what to do
	 * @param cause the exception behind it, shown with {@code --debug}; may be
	 *          null
	 */
	public UserException(final Kind kind, final String message,
		final Throwable cause)
	{
		super(message.replace('\n', ' ').replace('\r', ' '), cause);
		this.kind = kind;
	}

	/** Returns the kind of failure. */
	public Kind kind() {
		return kind;
	}
}
