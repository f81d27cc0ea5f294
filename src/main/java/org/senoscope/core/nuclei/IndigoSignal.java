
package org.senoscope.core.nuclei;

import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.stain.StainEstimate;
import org.senoscope.core.stain.StainSeparation;
import org.senoscope.core.stain.StainVectors;
import org.senoscope.core.stain.TealScore;

/**
 * Optical density of indigo where both the separation and the teal score find
 * it, else 0: what is blue for certain. One object a thread.
 */
public final class IndigoSignal implements NuclearSignalReader {

	/** The teal score may read so much less than the separation. */
	private static final float TEAL = 1.2f;

	private final PixelSource source;
	private final StainSeparation separation;
	private final TealScore teal;
	private byte[] rgb = new byte[0];

	/**
	 * Makes a reader.
	 *
	 * @param source the picture
	 * @param stains its stains
	 */
	public IndigoSignal(final PixelSource source, final StainEstimate stains) {
		this.source = source;
		separation = StainSeparation.of(stains);
		teal = new TealScore(stains);
	}

	/** Returns the density at a pixel of red, green, blue interleaved. */
	static float at(final StainSeparation separation, final TealScore teal,
		final byte[] rgb, final int i)
	{
		return Math.max(0, Math.min(separation.od(rgb[3 * i] & 255, rgb[3 * i + 1] &
			255, rgb[3 * i + 2] & 255, StainVectors.CHROMOGEN), TEAL * teal.of(rgb,
				i)));
	}

	@Override
	public void read(final Region working, final int f, final float[] out) {
		final Region r = new Region(working.x() * f, working.y() * f, working
			.width() * f, working.height() * f);
		if (rgb.length < 3 * r.size()) rgb = new byte[(int) (3 * r.size())];
		source.readRgb(0, r, rgb);
		for (int i = 0; i < working.size(); i++) {
			float sum = 0;
			for (int y = 0; y < f; y++)
				for (int x = 0; x < f; x++)
					sum += at(separation, teal, rgb, (i / working.width() * f + y) * r
						.width() + i % working.width() * f + x);
			out[i] = sum / (f * f);
		}
	}
}
