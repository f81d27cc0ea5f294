
package org.senoscope.core.image;

import java.util.ArrayList;
import java.util.List;

import org.senoscope.core.UserException;

/**
 * A tiled source over a picture that may have several planes in depth and
 * several time points, of which one plane (or the maximum projection of all)
 * and one time point are read.
 */
public abstract class StackPixelSource extends TiledPixelSource {

	/** Stands for a maximum projection in place of a plane. */
	private static final int PROJECTION = -1;

	private int sizeZ = 1;
	private int z;

	/**
	 * Sets up an empty cache.
	 *
	 * @param cacheBytes bytes of pixels that are kept at most; 0: a quarter of
	 *          the Java heap
	 */
	protected StackPixelSource(final long cacheBytes) {
		super(cacheBytes);
	}

	/**
	 * Decides, once, what is read; to be called before the first tile is.
	 *
	 * @param known what is known of the picture
	 * @param plane "best" (the sharpest one), "max" (maximum projection) or a
	 *          number from 1
	 * @param time time point from 1
	 * @return what is known, with a warning where planes were chosen from
	 * @throws UserException if there is no such plane or time point, or the file
	 *           fails to give pixels
	 */
	protected final ImageInfo choose(final ImageInfo known, final String plane,
		final int time)
	{
		if (time > known.sizeT()) throw new UserException(known.name() +
			": time point " + time + " asked for, the image has " + known.sizeT() +
			"; choose t from 1 to " + known.sizeT());
		sizeZ = known.sizeZ();
		z = 0;
		final List<String> warnings = new ArrayList<>(known.warnings());
		if (plane.equals("max")) {
			if (sizeZ > 1) z = PROJECTION;
		}
		else if (plane.equals("best")) {
			if (sizeZ > 1) {
				z = FocusPlane.find(known, sizeZ, this::loadTile);
				warnings.add("stack of " + sizeZ + " planes: plane " + (z + 1) +
					" is the sharpest and is the one that is read");
			}
		}
		else {
			final int number = Integer.parseInt(plane);
			if (number > sizeZ) throw new UserException(known.name() + ": plane " +
				number + " asked for, the image has " + sizeZ +
				"; choose z from 1 to " + sizeZ);
			z = number - 1;
		}
		return new ImageInfo(known.name(), known.series(), known.seriesName(), known
			.format(), known.type(), known.rgb(), known.channels(), known.levels(),
			known.sizeZ(), known.sizeT(), known.pixelSizeXUm(), known.pixelSizeYUm(),
			warnings);
	}

	/**
	 * Reads a tile of one plane, at the time point that was chosen.
	 *
	 * @param level pyramid level
	 * @param channel channel index, {@link #RGB} for an RGB image
	 * @param plane plane in depth, from 0
	 * @param region the tile, in pixels of the level
	 * @return an array as {@link TiledPixelSource} says, not written to
	 */
	protected abstract Object loadTile(int level, int channel, int plane,
		Region region);

	@Override
	protected final Object loadTile(final int level, final int channel,
		final Region region)
	{
		if (z != PROJECTION) return loadTile(level, channel, z, region);
		final Object first = loadTile(level, channel, 0, region);
		final Object projection = first instanceof byte[] bytes ? bytes.clone()
			: first instanceof short[] shorts ? shorts.clone() : ((float[]) first)
				.clone();
		for (int plane = 1; plane < sizeZ; plane++) {
			maximum(projection, loadTile(level, channel, plane, region));
		}
		return projection;
	}

	/** Replaces each sample by the larger one of two planes, in place. */
	private static void maximum(final Object into, final Object other) {
		if (into instanceof byte[] a) {
			final byte[] b = (byte[]) other;
			for (int i = 0; i < a.length; i++) {
				if ((b[i] & 0xff) > (a[i] & 0xff)) a[i] = b[i];
			}
		}
		else if (into instanceof short[] a) {
			final short[] b = (short[]) other;
			for (int i = 0; i < a.length; i++) {
				if ((b[i] & 0xffff) > (a[i] & 0xffff)) a[i] = b[i];
			}
		}
		else {
			final float[] a = (float[]) into, b = (float[]) other;
			for (int i = 0; i < a.length; i++) {
				if (b[i] > a[i]) a[i] = b[i];
			}
		}
	}
}
