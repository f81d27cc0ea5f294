
package org.senoscope.io.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.senoscope.core.assay.FocusRecord;
import org.senoscope.core.cell.Cell;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.SlideResult;

/**
 * Writes {@code foci.csv}: one row a focus, in the order of the cells; the
 * format is that of {@code cells.csv}. Partners are foci of other markers that
 * lie on this one, as {@code marker:focus_id}, separated by semicolons.
 */
public final class FociCsvWriter {

	/** Width at half height of a Gaussian over its standard deviation. */
	private static final double FWHM = 2 * Math.sqrt(2 * Math.log(2));

	private static final List<String> NAMES = List.of("image", "cell_id",
		"cell_uuid", "focus_id", "marker", "x_px", "y_px", "x_um", "y_um",
		"size_um", "contrast", "snr", "score", "area_um2", "partners",
		"partner_distance_um");

	private FociCsvWriter() {}

	/**
	 * Writes the foci.
	 *
	 * @param result the slide
	 * @param file where to
	 * @param cancellation checked between cells
	 * @throws org.senoscope.core.UserException if it cannot be written
	 */
	public static void write(final SlideResult result, final Path file,
		final Cancellation cancellation)
	{
		OutputFile.write(file, stream -> {
			try (Utf8Output out = new Utf8Output(stream)) {
				final CsvRow row = new CsvRow(out);
				for (final String name : NAMES)
					row.text(name);
				row.end();
				result.forEachCell(cell -> {
					cancellation.check();
					try {
						write(result, cell, row);
					}
					catch (final IOException e) {
						throw new UncheckedIOException(e);
					}
				});
			}
		});
	}

	private static void write(final SlideResult result, final Cell cell,
		final CsvRow row) throws IOException
	{
		final List<String> markers = result.focusMarkers();
		final double um = result.summary().pixelSizeUm();
		final int n = cell.foci().length / FocusRecord.size(markers.size());
		for (int i = 0; i < n; i++) {
			final FocusRecord f = FocusRecord.of(cell.foci(), i, markers.size());
			final List<String> partners = new ArrayList<>();
			double nearest = Double.NaN;
			for (int m = 0; m < markers.size(); m++) {
				if (f.partners()[m] < 0) continue;
				final FocusRecord p = FocusRecord.of(cell.foci(), f.partners()[m],
					markers.size());
				partners.add(markers.get(m) + ":" + (f.partners()[m] + 1));
				final double d = um * Math.hypot(p.x() - f.x(), p.y() - f.y());
				if (!(d >= nearest)) nearest = d;
			}
			row.text(result.summary().image());
			row.integer(cell.id());
			row.text(cell.uuid().toString());
			row.integer(i + 1);
			row.text(markers.get(f.marker()));
			row.number(f.x());
			row.number(f.y());
			row.number(f.x() * um);
			row.number(f.y() * um);
			row.number(FWHM * f.sigmaPx() * um);
			row.number(f.contrast());
			row.number(f.snr());
			row.number(f.score());
			row.number(f.areaPx() * um * um);
			row.text(partners.isEmpty() ? null : String.join(";", partners));
			row.number(nearest);
			row.end();
		}
	}
}
