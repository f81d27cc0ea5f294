
package org.senoscope.core.assay.sagal;

import org.senoscope.core.assay.BlockPixels;
import org.senoscope.core.assay.StainedArea;
import org.senoscope.core.stain.TealScore;

/**
 * Stained area of X-gal: a pixel counts where both the separation and the teal
 * score find indigo, and where a pixel of the seed's density lies within
 * {@link #REACH_UM}, connected by such pixels (hysteresis, Canny 1986). The
 * reach is bounded, so that the area does not depend on blocks.
 */
final class IndigoArea implements StainedArea {

	/** Longest way to a seed, µm: granules are smaller than twice this. */
	private static final double REACH_UM = 3;

	private final SagalSettings settings;
	private final TealScore teal;
	private final int reach;
	private int[] queue = new int[0];

	IndigoArea(final SagalSettings settings, final TealScore teal,
		final double pixelSizeUm)
	{
		this.settings = settings;
		this.teal = teal;
		reach = (int) Math.max(1, Math.round(REACH_UM / pixelSizeUm));
	}

	@Override
	public int marginPx() {
		return reach;
	}

	@Override
	public void mark(final BlockPixels pixels, final float[] plane,
		final byte[] stained)
	{
		final int w = pixels.width(), h = pixels.height(), n = w * h;
		final byte[] rgb = pixels.rgb();
		final float low = (float) settings.stainedPixel(), high = (float) Math.max(
			low, settings.stainedSeed()), tealFrom = (float) settings.tealPixel();
		if (queue.length < n) queue = new int[n];
		int end = 0;
		// 2: may be stained; 1: is
		for (int i = 0; i < n; i++) {
			stained[i] = 0;
			if (plane[i] < low || teal.of(rgb, i) < tealFrom) continue;
			stained[i] = 2;
			if (plane[i] >= high) {
				stained[i] = 1;
				queue[end++] = i;
			}
		}
		int from = 0;
		for (int step = 0; step < reach && from < end; step++)
			for (final int to = end; from < to; from++) {
				final int x = queue[from] % w, y = queue[from] / w;
				for (int v = Math.max(0, y - 1); v <= Math.min(h - 1, y + 1); v++)
					for (int u = Math.max(0, x - 1); u <= Math.min(w - 1, x + 1); u++)
						if (stained[v * w + u] == 2) {
							stained[v * w + u] = 1;
							queue[end++] = v * w + u;
						}
			}
		for (int i = 0; i < n; i++)
			if (stained[i] == 2) stained[i] = 0;
	}
}
