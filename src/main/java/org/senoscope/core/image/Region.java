
package org.senoscope.core.image;

/**
 * An axis-aligned rectangle of whole pixels on one pyramid level.
 *
 * @param x left edge in pixels, inclusive; may be negative before clipping
 * @param y top edge in pixels, inclusive; may be negative before clipping
 * @param width width in pixels, not negative
 * @param height height in pixels, not negative
 */
public record Region(int x, int y, int width, int height) {

	/** Checks that no side is negative. */
	public Region {
		if (width < 0 || height < 0) throw new IllegalArgumentException(
			"negative size " + width + " x " + height);
	}

	/** Returns the first column right of the region. */
	public int right() {
		return x + width;
	}

	/** Returns the first row below the region. */
	public int bottom() {
		return y + height;
	}

	/** Returns the number of pixels. */
	public long size() {
		return (long) width * height;
	}

	/** Returns whether the region holds no pixel. */
	public boolean isEmpty() {
		return width == 0 || height == 0;
	}

	/** Returns whether the pixel lies inside. */
	public boolean contains(final int px, final int py) {
		return px >= x && py >= y && px < right() && py < bottom();
	}

	/** Returns the common part, empty where there is none. */
	public Region intersect(final Region o) {
		final int x0 = Math.max(x, o.x), y0 = Math.max(y, o.y);
		final int x1 = Math.min(right(), o.right()), y1 = Math.min(bottom(), o
			.bottom());
		return new Region(x0, y0, Math.max(0, x1 - x0), Math.max(0, y1 - y0));
	}

	/** Returns this region grown by a margin on every side, not clipped. */
	public Region expand(final int margin) {
		return new Region(x - margin, y - margin, width + 2 * margin, height + 2 *
			margin);
	}

	@Override
	public String toString() {
		return x + "," + y + "," + width + "," + height;
	}
}
