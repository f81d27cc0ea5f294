
package org.senoscope.io.output;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.senoscope.core.cell.Cell;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.CellClass;
import org.senoscope.core.run.CellClasses;
import org.senoscope.core.run.SlideResult;

import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.io.RoiEncoder;
import ij.process.FloatPolygon;

/**
 * Writes {@code rois.zip}, which ImageJ's ROI Manager opens: the outline of
 * every nucleus as a polygon with fractional coordinates (whole ones end at
 * 32,767), named by cell id, grouped and coloured by class, with the properties
 * {@code cell_id, cell_uuid, class}. The group is the position of the class
 * among those that the markers allow, at most 255; plain nuclei have none. An
 * ROI of a stack lies on the plane and time point that were analysed.
 */
public final class RoiZipWriter {

	private static final int LARGEST_GROUP = 255;
	/** A fixed time keeps the bytes the same in every run. */
	private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2000, 1, 1,
		0, 0);

	/**
	 * A polygon that knows its group by itself: setGroup looks for a colour table
	 * of an ImageJ installation and complains on standard output without one.
	 */
	private static final class GroupedPolygon extends PolygonRoi {

		private static final long serialVersionUID = 1L;

		private final int cellGroup;

		GroupedPolygon(final FloatPolygon corners, final int cellGroup) {
			super(corners, Roi.POLYGON);
			this.cellGroup = cellGroup;
		}

		@Override
		public int getGroup() {
			return cellGroup;
		}
	}

	private RoiZipWriter() {}

	/**
	 * Writes the outlines.
	 *
	 * @param result the slide
	 * @param file where to
	 * @param cancellation checked between cells
	 * @throws org.senoscope.core.UserException if it cannot be written
	 */
	public static void write(final SlideResult result, final Path file,
		final Cancellation cancellation)
	{
		final CellClasses classes = CellClasses.of(result);
		final int plane = plane(result);
		final int time = result.image().sizeT() > 1 ? result.protocol().t() : 0;
		OutputFile.write(file, stream -> {
			try (ZipOutputStream zip = new ZipOutputStream(stream,
				StandardCharsets.UTF_8))
			{
				// packing each small entry by itself takes longer than finding it
				zip.setMethod(ZipOutputStream.STORED);
				final CRC32 sum = new CRC32();
				final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
				final RoiEncoder encoder = new RoiEncoder(bytes);
				result.forEachCell(cell -> {
					cancellation.check();
					try {
						bytes.reset();
						encoder.write(roi(cell, classes.of(cell), plane, time));
						final byte[] content = bytes.toByteArray();
						sum.reset();
						sum.update(content);
						final ZipEntry entry = new ZipEntry(name(cell) + ".roi");
						entry.setTimeLocal(ENTRY_TIME);
						entry.setSize(content.length);
						entry.setCrc(sum.getValue());
						zip.putNextEntry(entry);
						zip.write(content);
						zip.closeEntry();
					}
					catch (final IOException e) {
						throw new UncheckedIOException(e);
					}
				});
			}
		});
	}

	private static Roi roi(final Cell cell, final CellClass c, final int plane,
		final int time)
	{
		// the ROI may keep the arrays, hence copies
		final Roi roi = new GroupedPolygon(new FloatPolygon(cell.nucleus().x()
			.clone(), cell.nucleus().y().clone()), Math.min(LARGEST_GROUP, c
				.index()));
		roi.setName(name(cell));
		if (plane > 0 || time > 0) roi.setPosition(0, plane, time);
		roi.setStrokeColor(new Color(c.rgb()));
		roi.setProperty("cell_id", Long.toString(cell.id()));
		roi.setProperty("cell_uuid", cell.uuid().toString());
		roi.setProperty("class", c.name());
		return roi;
	}

	private static String name(final Cell cell) {
		return "cell-" + cell.id();
	}

	/** Returns the plane from 1, or 0 where one number does not say it. */
	private static int plane(final SlideResult result) {
		final Protocol protocol = result.protocol();
		if (result.image().sizeZ() <= 1) return 0;
		try {
			return Integer.parseInt(protocol.z());
		}
		catch (final NumberFormatException e) {
			// best or max
			return 0;
		}
	}
}
