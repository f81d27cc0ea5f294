
package org.senoscope.io.output;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.Outline;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.Region;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.SlideResult;

/**
 * Writes {@code nuclei-labels.ome.tif}: the size of the image at level 0, value
 * = {@code cell_id}, 0 = no nucleus; 16 bit, or 32 bit above 65,535 nuclei,
 * which ImageJ and Bio-Formats read as unsigned.
 * <p>
 * A pixel belongs to the nucleus whose outline holds the pixel's centre; a
 * centre on the outline counts if the inside lies to its right or below. Where
 * outlines overlap, the lower id keeps the pixel. A nucleus too small to hold
 * any centre gets the one pixel in which the middle of its corners lies, so
 * that reading the picture again gives every nucleus once.
 * <p>
 * Painted in squares of 2,048 px; the raster is never whole in memory.
 */
public final class LabelsWriter {

	/** Above this many pixels the label image is only written on request. */
	public static final long LARGEST_UNASKED_PX = 100_000_000;

	private static final int LARGEST_16_BIT = 65535;
	private static final int SQUARE = 4 * TiledTiff.TILE;
	/** Nuclei above this area hold a pixel centre unless they are slivers. */
	private static final double SURELY_SEEN_PX2 = 16;

	private LabelsWriter() {}

	/**
	 * Returns whether the label image belongs to the outputs.
	 *
	 * @param image the image
	 * @param asked whether the user asked for it
	 */
	public static boolean isWanted(final ImageInfo image, final boolean asked) {
		return asked || image.bounds().size() <= LARGEST_UNASKED_PX;
	}

	/**
	 * Writes the label image.
	 *
	 * @param result the slide
	 * @param file where to
	 * @param cancellation checked between squares
	 * @throws org.senoscope.core.UserException if it cannot be written
	 */
	public static void write(final SlideResult result, final Path file,
		final Cancellation cancellation)
	{
		final ImageInfo image = result.image();
		final boolean wide = result.summary().cells() > LARGEST_16_BIT;
		final double pixelUm = result.summary().pixelSizeUm();
		try (TiledTiff tiff = new TiledTiff(file, image.width(), image.height(),
			wide ? 4 : 2, OmeXml.labels(image, pixelUm, wide)))
		{
			final int[] labels = new int[SQUARE * SQUARE];
			for (int y = 0; y < image.height(); y += SQUARE)
				for (int x = 0; x < image.width(); x += SQUARE) {
					cancellation.check();
					final Region square = new Region(x, y, SQUARE, SQUARE);
					paint(result, square, labels);
					for (int ty = y; ty < Math.min(y + SQUARE, image.height()); ty +=
						TiledTiff.TILE)
						for (int tx = x; tx < Math.min(x + SQUARE, image.width()); tx +=
							TiledTiff.TILE)
							tiff.tile(tx, ty, labels, (ty - y) * SQUARE + tx - x, SQUARE);
				}
			tiff.finish();
		}
		catch (final IOException e) {
			throw OutputErrors.of(file, e);
		}
	}

	/**
	 * Paints the nuclei of one part of the picture.
	 *
	 * @param result the slide
	 * @param square the part, in level-0 pixels; what lies outside the picture
	 *          stays 0
	 * @param labels receives the label of every pixel of the part, row by row
	 */
	public static void paint(final SlideResult result, final Region square,
		final int[] labels)
	{
		Arrays.fill(labels, 0);
		final Region inside = square.intersect(result.image().bounds());
		final PolygonScan scan = new PolygonScan();
		result.forEachCell(inside, cell -> paint(cell, square, inside, labels,
			scan));
	}

	private static void paint(final Cell cell, final Region square,
		final Region inside, final int[] labels, final PolygonScan scan)
	{
		final int id = (int) cell.id();
		final long painted = scan.visit(cell.nucleus(), inside.x(), inside.y(),
			inside.right(), inside.bottom(), (y, from, to) -> {
				final int row = (y - square.y()) * square.width() - square.x();
				for (int i = row + from; i < row + to; i++)
					if (labels[i] == 0) labels[i] = id;
			});
		if (painted == 0 && isUnseen(cell.nucleus(), scan)) paintMiddle(cell
			.nucleus(), id, square, inside, labels);
	}

	/** Whether no pixel centre of the whole plane lies in the outline. */
	private static boolean isUnseen(final Outline nucleus,
		final PolygonScan scan)
	{
		return nucleus.area() < SURELY_SEEN_PX2 && scan.visit(nucleus,
			Integer.MIN_VALUE / 2, Integer.MIN_VALUE / 2, Integer.MAX_VALUE / 2,
			Integer.MAX_VALUE / 2, (y, from, to) -> {}) == 0;
	}

	private static void paintMiddle(final Outline nucleus, final int id,
		final Region square, final Region inside, final int[] labels)
	{
		double x = 0, y = 0;
		for (int i = 0; i < nucleus.corners(); i++) {
			x += nucleus.x()[i];
			y += nucleus.y()[i];
		}
		final int px = (int) Math.floor(x / nucleus.corners());
		final int py = (int) Math.floor(y / nucleus.corners());
		if (inside.contains(px, py)) labels[(py - square.y()) * square.width() +
			px - square.x()] = id;
	}
}
