
package org.senoscope.core.image;

/**
 * Pixels of one series at any pyramid level: a file, an open image, or an
 * array. Thread-safe: many threads read at once.
 * <p>
 * Coordinates are whole pixels of the level that is read, origin at the top
 * left. A region must lie inside the level. Regions are assembled from a
 * bounded cache of tiles; the size of those tiles is a matter of speed only and
 * never changes a value.
 */
public interface PixelSource extends AutoCloseable {

	/** Returns what is known of the image. */
	ImageInfo info();

	/**
	 * Reads a region of an RGB image.
	 *
	 * @param level pyramid level, 0 = full resolution
	 * @param region rectangle in pixels of that level
	 * @param rgb receives red, green, blue interleaved, row by row; at least
	 *          {@code 3 * region.size()} long
	 * @throws org.senoscope.core.UserException if the file fails to give the
	 *           pixels
	 * @throws IllegalStateException if the image is not RGB
	 */
	void readRgb(int level, Region region, byte[] rgb);

	/**
	 * Reads a region of one channel (for an RGB image: 0 red, 1 green, 2 blue) as
	 * the file's own numbers.
	 *
	 * @param level pyramid level, 0 = full resolution
	 * @param channel channel index
	 * @param region rectangle in pixels of that level
	 * @param values receives the samples row by row; at least
	 *          {@code region.size()} long
	 * @throws org.senoscope.core.UserException if the file fails to give the
	 *           pixels
	 */
	void readChannel(int level, int channel, Region region, float[] values);

	/** Releases readers and cache. */
	@Override
	void close();
}
