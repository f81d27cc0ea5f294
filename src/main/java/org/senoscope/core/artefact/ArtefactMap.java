
package org.senoscope.core.artefact;

import java.util.EnumSet;
import java.util.Set;

import org.senoscope.core.image.Region;

/**
 * Where artefacts lie on a slide: one byte a pixel of a small picture, looked
 * up in level-0 pixels. Immutable, thread-safe.
 */
public final class ArtefactMap {

	/** No artefact, and none was sought. */
	public static final ArtefactMap NONE = new ArtefactMap(1, 1,
		Integer.MAX_VALUE, Integer.MAX_VALUE, new byte[1], EnumSet.noneOf(
			ArtefactKind.class));

	private final int width, height;
	private final double perColumn, perRow;
	private final byte[] kinds;
	/** Column, and first pixel of the row, by level-0 column and row. */
	private final int[] columnOf, rowOf;
	private final Set<ArtefactKind> sought;
	private final boolean empty;

	/**
	 * Makes a map.
	 *
	 * @param width width of the small picture
	 * @param height its height
	 * @param fullWidth width of the slide at level 0
	 * @param fullHeight its height
	 * @param kinds 0 for none, else 1 + ordinal of the kind, row by row; not
	 *          copied
	 * @param sought the kinds that were looked for
	 */
	public ArtefactMap(final int width, final int height, final int fullWidth,
		final int fullHeight, final byte[] kinds, final Set<ArtefactKind> sought)
	{
		this.width = width;
		this.height = height;
		perColumn = (double) fullWidth / width;
		perRow = (double) fullHeight / height;
		this.kinds = kinds;
		this.sought = Set.copyOf(sought);
		boolean none = true;
		for (final byte k : kinds)
			none &= k == 0;
		empty = none;
		columnOf = places(none ? 0 : fullWidth, perColumn, width, 1);
		rowOf = places(none ? 0 : fullHeight, perRow, height, width);
	}

	private static int[] places(final int n, final double step, final int most,
		final int stride)
	{
		final int[] places = new int[n];
		for (int i = 0; i < n; i++)
			places[i] = Math.min(most - 1, (int) (i / step)) * stride;
		return places;
	}

	/** Returns the kinds that were looked for. */
	public Set<ArtefactKind> sought() {
		return sought;
	}

	/** Returns whether no artefact was found. */
	public boolean isEmpty() {
		return empty;
	}

	/** Returns the width of the small picture. */
	public int width() {
		return width;
	}

	/** Returns the height of the small picture. */
	public int height() {
		return height;
	}

	/** Returns the level-0 pixels a column. */
	public double perColumn() {
		return perColumn;
	}

	/** Returns the level-0 pixels a row. */
	public double perRow() {
		return perRow;
	}

	/** Returns 0 or 1 + ordinal of the kind at a pixel of the small picture. */
	public int kind(final int column, final int row) {
		return kinds[row * width + column];
	}

	/** Returns 0 or 1 + ordinal of the kind at a level-0 pixel. */
	public int at(final int x, final int y) {
		return empty ? 0 : kinds[rowOf[y] + columnOf[x]];
	}

	/**
	 * Writes what lies on a region.
	 *
	 * @param level0 rectangle inside the slide
	 * @param out receives 0 or 1 + ordinal of each pixel, row by row; untouched
	 *          where there is none
	 * @return whether any pixel is an artefact
	 */
	public boolean read(final Region level0, final byte[] out) {
		if (!any(level0)) return false;
		for (int y = level0.y(), i = 0; y < level0.bottom(); y++)
			for (int x = level0.x(); x < level0.right(); x++)
				out[i++] = kinds[rowOf[y] + columnOf[x]];
		return true;
	}

	private boolean any(final Region r) {
		if (empty || r.isEmpty()) return false;
		for (int row = rowOf[r.y()]; row <= rowOf[r.bottom() - 1]; row += width)
			for (int x = columnOf[r.x()]; x <= columnOf[r.right() - 1]; x++)
				if (kinds[row + x] != 0) return true;
		return false;
	}
}
