
package org.senoscope.core.phantom;

/**
 * A slow field evaluated on a coarse lattice aligned to the whole picture and
 * interpolated bilinearly, so that neighbouring rectangles agree.
 */
final class Lattice {

	/** A field at a place in pixels of the whole picture. */
	interface Field {

		float at(double x, double y);
	}

	private final int shift, mask;
	private final float perStep;
	private final int columns;
	private final int offsetX, offsetY;
	private final float[] values;

	/**
	 * @param x0 left edge of the rectangle in pixels
	 * @param y0 top edge
	 * @param w width of the rectangle
	 * @param h height of the rectangle
	 * @param step lattice constant in pixels, a power of two
	 * @param field what is interpolated
	 */
	Lattice(final int x0, final int y0, final int w, final int h, final int step,
		final Field field)
	{
		shift = Integer.numberOfTrailingZeros(step);
		mask = step - 1;
		perStep = 1f / step;
		final int ix = Math.floorDiv(x0, step), iy = Math.floorDiv(y0, step);
		offsetX = x0 - ix * step;
		offsetY = y0 - iy * step;
		columns = (offsetX + w) / step + 2;
		final int rows = (offsetY + h) / step + 2;
		values = new float[columns * rows];
		for (int r = 0; r < rows; r++) {
			for (int c = 0; c < columns; c++) {
				values[r * columns + c] = field.at((double) (ix + c) * step,
					(double) (iy + r) * step);
			}
		}
	}

	/** Returns the largest value on the lattice. */
	float largest() {
		float max = Float.NEGATIVE_INFINITY;
		for (final float v : values) {
			max = Math.max(max, v);
		}
		return max;
	}

	/** Returns the field at pixel (x, y) of the rectangle. */
	float value(final int x, final int y) {
		final int gx = x + offsetX, gy = y + offsetY;
		final int c = gx >> shift, r = gy >> shift;
		final float fx = (gx & mask) * perStep, fy = (gy & mask) * perStep;
		final int i = r * columns + c;
		final float top = values[i] + fx * (values[i + 1] - values[i]);
		final float bottom = values[i + columns] + fx * (values[i + columns + 1] -
			values[i + columns]);
		return top + fy * (bottom - top);
	}
}
