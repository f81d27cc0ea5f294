
package org.senoscope.io.image;

import org.senoscope.core.UserException;

/**
 * Which picture of a file is read, and how.
 *
 * @param series picture among those of the file that may be analysed, from 1
 * @param z plane of a stack: "best" (the sharpest one, decided once for the
 *          whole picture), "max" (maximum projection) or its number from 1
 * @param t time point, from 1
 * @param tileSize side in pixels of the tiles in which pixels are read, about
 *          (files have tiles of their own)
 * @param cacheBytes bytes of pixels that are kept at most; 0: a share of the
 *          Java heap
 * @param threads readers that may be open at once; 0: one a processor
 */
public record OpenOptions(int series, String z, int t, int tileSize,
		long cacheBytes, int threads) {

	/** First picture, sharpest plane, first time point. */
	public static final OpenOptions DEFAULTS = new OpenOptions(1, "best", 1, 1024,
		0, 0);

	/**
	 * Checks the values that do not depend on the file.
	 *
	 * @throws UserException if one of them cannot be
	 */
	public OpenOptions {
		if (series < 1) throw new UserException("series " + series +
			": series are counted from 1");
		if (t < 1) throw new UserException("t " + t +
			": time points are counted from 1");
		if (z == null || !z.matches("best|max|[1-9][0-9]{0,8}"))
			throw new UserException("z \"" + z +
				"\": give best, max or the number of a plane from 1");
		if (tileSize < 16) throw new UserException("tile size " + tileSize +
			": give 64 pixels or more");
		if (threads == 0) threads = Runtime.getRuntime().availableProcessors();
	}

	/** Returns the same for another picture of the file. */
	public OpenOptions withSeries(final int other) {
		return new OpenOptions(other, z, t, tileSize, cacheBytes, threads);
	}
}
