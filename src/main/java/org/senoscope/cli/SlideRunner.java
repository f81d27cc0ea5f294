
package org.senoscope.cli;

import org.senoscope.app.SlideOutcome;
import org.senoscope.app.SlideRequest;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;

/** Analyses one image: {@code SlideJob::run}, or a test's stand-in. */
@FunctionalInterface
interface SlideRunner {

	/** See {@link org.senoscope.app.SlideJob#run}. */
	SlideOutcome run(SlideRequest request, Progress progress,
		Cancellation cancellation);
}
