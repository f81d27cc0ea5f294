
package org.senoscope.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

import org.senoscope.core.cell.Outline;
import org.senoscope.core.image.Region;
import org.senoscope.core.run.CellClass;
import org.senoscope.core.run.CellClasses;
import org.senoscope.core.run.SlideResult;

/**
 * Draws outlines of cells in the colour of their class: a bright line on a
 * wider dark one, which is seen on brown, blue, white and black alike.
 */
final class OutlinePainter {

	private static final Color CASING = new Color(0, 0, 0, 150);
	private static final int CELL_ALPHA = 190;

	private final SlideResult result;
	private final CellClasses classes;
	private final boolean wholeCells;
	private final long[] counts;

	/**
	 * Prepares to draw.
	 *
	 * @param result the slide
	 * @param wholeCells whether the outlines of cells are drawn as well, thinner
	 */
	OutlinePainter(final SlideResult result, final boolean wholeCells) {
		this.result = result;
		this.wholeCells = wholeCells;
		classes = CellClasses.graded(result);
		counts = new long[classes.classes().size()];
	}

	/**
	 * Draws all cells of a region.
	 *
	 * @param g where to
	 * @param region rectangle in level-0 pixels, whose corner is the picture's
	 * @param scale pixels of the picture a level-0 pixel
	 * @param lineWidth width of the bright line in pixels of the picture
	 */
	void draw(final Graphics2D g, final Region region, final double scale,
		final double lineWidth)
	{
		final BasicStroke casing = stroke(lineWidth + Math.max(1.2, lineWidth *
			0.9));
		final BasicStroke line = stroke(lineWidth);
		final BasicStroke thin = stroke(Math.max(0.7, lineWidth * 0.5));
		result.forEachCell(region, cell -> {
			final CellClass c = classes.of(cell);
			counts[c.index()]++;
			final Color colour = new Color(c.rgb());
			if (wholeCells && cell.cell() != null) {
				final Path2D whole = path(cell.cell(), region, scale);
				g.setStroke(thin);
				g.setColor(new Color(colour.getRed(), colour.getGreen(), colour
					.getBlue(), CELL_ALPHA));
				g.draw(whole);
			}
			final Path2D nucleus = path(cell.nucleus(), region, scale);
			g.setStroke(casing);
			g.setColor(CASING);
			g.draw(nucleus);
			g.setStroke(line);
			g.setColor(colour);
			g.draw(nucleus);
		});
	}

	/** Returns how many cells of a class were drawn. */
	long drawn(final CellClass c) {
		return counts[c.index()];
	}

	/** Returns the classes. */
	CellClasses classes() {
		return classes;
	}

	private static BasicStroke stroke(final double width) {
		return new BasicStroke((float) width, BasicStroke.CAP_ROUND,
			BasicStroke.JOIN_ROUND);
	}

	private static Path2D path(final Outline outline, final Region region,
		final double scale)
	{
		final Path2D path = new Path2D.Double(Path2D.WIND_EVEN_ODD, outline
			.corners() + 1);
		for (int i = 0; i < outline.corners(); i++) {
			final double x = (outline.x()[i] - region.x()) * scale;
			final double y = (outline.y()[i] - region.y()) * scale;
			if (i == 0) path.moveTo(x, y);
			else path.lineTo(x, y);
		}
		path.closePath();
		return path;
	}
}
