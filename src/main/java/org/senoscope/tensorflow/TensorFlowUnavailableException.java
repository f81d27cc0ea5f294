
package org.senoscope.tensorflow;

/**
 * TensorFlow cannot be used here. The message is one line that says why and
 * what to do; whoever can work without networks falls back and shows it.
 */
public final class TensorFlowUnavailableException extends Exception {

	private static final long serialVersionUID = 1L;

	TensorFlowUnavailableException(final String message, final Throwable cause) {
		super(message, cause);
	}
}
