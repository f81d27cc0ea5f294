
package org.senoscope.core.phantom;

/**
 * The padded drawing area of a field, so that what lies just outside the
 * picture casts its blur and its halo into it. Pixel (0, 0) of the picture is
 * pixel (margin, margin) of the canvas.
 */
final class Canvas {

	final int width, height, margin, w, h;
	final double pixelSizeUm;

	Canvas(final int width, final int height, final int margin,
		final double pixelSizeUm)
	{
		this.width = width;
		this.height = height;
		this.margin = margin;
		this.pixelSizeUm = pixelSizeUm;
		w = width + 2 * margin;
		h = height + 2 * margin;
	}

	float[] map() {
		return new float[w * h];
	}

	/** What is done with a pixel near a contour. */
	@FunctionalInterface
	interface Visitor {

		/**
		 * @param i index of the pixel on the canvas
		 * @param dx offset from the centre in µm
		 * @param dy offset from the centre in µm
		 * @param d distance from the centre in µm
		 * @param r radius of the contour in that direction in µm
		 */
		void pixel(int i, float dx, float dy, float d, float r);
	}

	/**
	 * Visits the pixels within {@code beyondUm} outside a contour, row by row.
	 *
	 * @param x centre in µm from the picture's corner
	 * @param y centre in µm
	 */
	void visit(final double x, final double y, final Contour contour,
		final double beyondUm, final Visitor visitor)
	{
		final double reach = contour.largestRadius() + beyondUm;
		final float px = (float) pixelSizeUm;
		final int x0 = clamp((x - reach) / pixelSizeUm, w), x1 = clamp((x + reach) /
			pixelSizeUm + 1, w);
		final int y0 = clamp((y - reach) / pixelSizeUm, h), y1 = clamp((y + reach) /
			pixelSizeUm + 1, h);
		for (int cy = y0; cy < y1; cy++) {
			final float dy = (float) (cy - margin + 0.5 - y / pixelSizeUm) * px;
			for (int cx = x0; cx < x1; cx++) {
				final float dx = (float) (cx - margin + 0.5 - x / pixelSizeUm) * px;
				final float d = (float) Math.sqrt(dx * dx + dy * dy);
				final float r = contour.radius(dx, dy);
				if (d <= r + beyondUm) visitor.pixel(cy * w + cx, dx, dy, d, r);
			}
		}
	}

	private int clamp(final double v, final int limit) {
		return (int) Math.max(0, Math.min(limit, Math.floor(v) + margin));
	}
}
