
package org.senoscope.fiji;

import org.senoscope.core.run.Cancellation;

import ij.IJ;

/** Progress in the window of ImageJ; the Escape key stops the run. */
final class ImageJProgress extends ThrottledProgress {

	ImageJProgress(final Cancellation cancellation) {
		super(cancellation);
	}

	@Override
	void show(final String line, final int part, final int parts) {
		IJ.showStatus("Senoscope: " + line);
		// The last part would hide the bar before the run has ended.
		IJ.showProgress(Math.min(part, parts - 1), parts);
	}

	@Override
	boolean stopWanted() {
		return IJ.escapePressed();
	}
}
