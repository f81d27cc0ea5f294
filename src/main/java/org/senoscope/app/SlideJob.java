
package org.senoscope.app;

import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/**
 * One image from file to report: opens it, settles the protocol, runs the
 * pipeline and writes all outputs, which appear complete or not at all. The
 * command line, the Fiji commands and the macros all end here, so that they
 * give the same numbers.
 */
public final class SlideJob {

	private SlideJob() {}

	/**
	 * Analyses one image.
	 *
	 * @param request image, protocol and options
	 * @param progress told what is going on
	 * @param cancellation checked between tiles
	 * @return what became of it
	 * @throws org.senoscope.core.UserException in one line, if the image or the
	 *           protocol cannot be used or the outputs cannot be written
	 * @throws java.util.concurrent.CancellationException if cancelled; nothing is
	 *           left behind
	 */
	public static SlideOutcome run(final SlideRequest request,
		final Progress progress, final Cancellation cancellation)
	{
		throw new UnsupportedOperationException();
	}
}
