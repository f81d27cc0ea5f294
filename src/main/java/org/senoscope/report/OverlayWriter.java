
package org.senoscope.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;

import org.senoscope.core.image.Display;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.Overview;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.CellClass;
import org.senoscope.core.run.CellClasses;
import org.senoscope.core.run.SlideResult;
import org.senoscope.io.output.OutputErrors;

/**
 * Writes {@code overlay.png}: what was found, over the picture. A picture up to
 * 4,000 px long is shown whole at full resolution with the outlines of nuclei
 * (for SA-β-gal of cells too, thinner) in the colour of their class; of a slide
 * the overview is shown with the border of the analysed area and each cell as a
 * dot. Legend and scale bar are part of the picture.
 */
public final class OverlayWriter {

	/** Longest side of a picture that is shown at full resolution. */
	public static final int LONGEST_FULL_PX = 4000;

	private OverlayWriter() {}

	/**
	 * Writes the overlay.
	 *
	 * @param result the slide
	 * @param pixels its pixels
	 * @param file where to
	 * @param cancellation checked between cells
	 * @throws org.senoscope.core.UserException if pixels cannot be read or the
	 *           file cannot be written
	 */
	public static void write(final SlideResult result, final PixelSource pixels,
		final Path file, final Cancellation cancellation)
	{
		final ImageInfo info = result.image();
		final BufferedImage picture = Math.max(info.width(), info
			.height()) <= LONGEST_FULL_PX ? full(result, pixels) : map(result,
				cancellation);
		try (ImageOutputStream out = ImageIO.createImageOutputStream(Files
			.newOutputStream(file)))
		{
			ImageIO.write(picture, "png", out);
		}
		catch (final IOException e) {
			throw OutputErrors.of(file, e);
		}
	}

	private static BufferedImage full(final SlideResult result,
		final PixelSource pixels)
	{
		final ImageInfo info = result.image();
		final int longest = Math.max(info.width(), info.height());
		// a small picture is enlarged, so that lines do not hide nuclei
		final double scale = longest <= 600 ? 2 : 1;
		final BufferedImage picture = Picture.of(Display.of(pixels), info, info
			.bounds(), scale);
		final Graphics2D g = Picture.smooth(picture);
		final OutlinePainter painter = new OutlinePainter(result, result.protocol()
			.assay() == AssayKind.SAGAL);
		painter.draw(g, info.bounds(), scale, 1.6);
		final Overview overview = result.overview();
		if (TissueOutline.isNeeded(overview)) TissueOutline.draw(g, overview,
			scale * overview.downsample(), 2);
		scaleBar(result, g, picture, scale);
		g.dispose();
		final List<Legend.Entry> entries = new ArrayList<>();
		for (final CellClass c : painter.classes().classes())
			if (painter.drawn(c) > 0) entries.add(new Legend.Entry(c.rgb(), c.name() +
				" (" + Words.count(painter.drawn(c)) + ")"));
		return finish(result, picture, entries, overview);
	}

	private static BufferedImage map(final SlideResult result,
		final Cancellation cancellation)
	{
		final Overview overview = result.overview();
		final BufferedImage picture = CellMap.draw(result, Picture.of(overview),
			cancellation);
		final Graphics2D g = Picture.smooth(picture);
		if (TissueOutline.isNeeded(overview)) TissueOutline.draw(g, overview, 1,
			1.5);
		scaleBar(result, g, picture, 1 / overview.downsample());
		g.dispose();
		final List<Legend.Entry> entries = new ArrayList<>();
		for (final CellClass c : CellClasses.graded(result).shown())
			entries.add(new Legend.Entry(c.rgb(), c.name()));
		return finish(result, picture, entries, overview);
	}

	private static void scaleBar(final SlideResult result, final Graphics2D g,
		final BufferedImage picture, final double pxPerLevel0Px)
	{
		final double pxPerUm = pxPerLevel0Px / result.summary().pixelSizeUm();
		ScaleBar.forWidth(picture.getWidth() / pxPerUm).draw(g, picture.getWidth(),
			picture.getHeight(), pxPerUm);
	}

	private static BufferedImage finish(final SlideResult result,
		final BufferedImage picture, final List<Legend.Entry> entries,
		final Overview overview)
	{
		if (TissueOutline.isNeeded(overview)) entries.add(new Legend.Entry(
			TissueOutline.COLOUR.getRGB() & 0xffffff, "analysed area"));
		return Legend.below(picture, result.summary().image() +
			"  ·  research use only", entries);
	}
}
