
package org.senoscope.core.run;

import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.nuclei.NuclearSignalReader;
import org.senoscope.core.stain.NuclearSignal;

/**
 * The nuclear signal of a brightfield slide: what its nuclear stains absorb.
 */
final class BrightfieldSignal implements NuclearSignalReader {

	private final PixelSource source;
	private final NuclearSignal signal;
	private byte[] rgb = new byte[0];

	BrightfieldSignal(final PixelSource source, final NuclearSignal signal) {
		this.source = source;
		this.signal = signal;
	}

	@Override
	public void read(final Region working, final int f, final float[] out) {
		final Region pixels = new Region(working.x() * f, working.y() * f, working
			.width() * f, working.height() * f);
		final int n = (int) (3 * pixels.size());
		if (rgb.length < n) rgb = new byte[n];
		source.readRgb(0, pixels, rgb);
		signal.plane(rgb, pixels.width(), pixels.height(), f, out);
	}
}
