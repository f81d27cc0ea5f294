
package org.senoscope.fiji;

import java.awt.Rectangle;
import java.awt.Window;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.senoscope.app.SlideOutcome;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideSummary;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GUI;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.io.RoiDecoder;
import ij.measure.ResultsTable;

/**
 * Shows in ImageJ what a run has written: outlines over the image, the table of
 * cells, one line a slide in a summary table and the path of the report.
 */
final class ResultViews {

	/** More outlines than this make ImageJ's display crawl. */
	private static final int MOST_OUTLINES = 100_000;
	/** More rows than this make its tables crawl. */
	private static final int MOST_ROWS = 100_000;

	/** Thick enough to be seen where the whole image fits the screen. */
	private static final double OUTLINE_PX = 2;

	private static final int SUMMARY_HEIGHT = 160;
	private static final int TABLE_WIDTH = 640;
	private static final int TABLE_HEIGHT = 300;

	private static final String LOG = "Log";
	private static final String SUMMARY_TABLE = "Senoscope summary";

	private ResultViews() {}

	/**
	 * Shows the result of one image.
	 *
	 * @param outcome the finished run
	 * @param image the image that was analysed; null if it is not open, then the
	 *          overlay picture is opened
	 */
	static void show(final SlideOutcome outcome, final ImagePlus image)
		throws IOException
	{
		final boolean firstLine = WindowManager.getWindow(LOG) == null;
		IJ.log(logLine(outcome));
		outcome.summary().warnings().forEach(warning -> IJ.log("  Note: " +
			warning));
		if (outcome.summary().cells() <= MOST_OUTLINES && image != null) image
			.setOverlay(overlay(outcome.folder().resolve("rois.zip")));
		else {
			final ImagePlus picture = IJ.openImage(outcome.folder().resolve(
				"overlay.png").toString());
			if (picture != null) {
				picture.setTitle(outcome.image() + " overlay");
				picture.show();
			}
		}
		final Rectangle screen = GUI.getMaxWindowBounds(IJ.getInstance());
		final int right = screen.x + screen.width - TABLE_WIDTH;
		final int bottom = screen.y + screen.height;
		if (outcome.summary().cells() <= MOST_ROWS) {
			final String title = "Cells of " + outcome.image();
			ResultsTable.open(outcome.folder().resolve("cells.csv").toString()).show(
				title);
			place(title, new Rectangle(right, bottom - TABLE_HEIGHT, TABLE_WIDTH,
				TABLE_HEIGHT));
		}
		else IJ.log("  " + outcome.summary().cells() +
			" cells are too many for a table here: see cells.csv");
		if (firstLine) place(LOG, new Rectangle(screen.x, bottom - SUMMARY_HEIGHT,
			screen.width - TABLE_WIDTH, SUMMARY_HEIGHT));
		summaryRow(outcome).show(SUMMARY_TABLE);
		place(SUMMARY_TABLE, new Rectangle(right, bottom - TABLE_HEIGHT -
			SUMMARY_HEIGHT, TABLE_WIDTH, SUMMARY_HEIGHT));
	}

	/** Out of the way of the image, which ImageJ itself would cover. */
	private static void place(final String title, final Rectangle bounds) {
		final Window window = WindowManager.getWindow(title);
		if (window != null) window.setBounds(bounds);
	}

	/**
	 * Reads outlines from a zip of ImageJ ROIs, which carry the colour of their
	 * class.
	 */
	static Overlay overlay(final Path zip) throws IOException {
		final Overlay overlay = new Overlay();
		try (ZipInputStream in = new ZipInputStream(new BufferedInputStream(Files
			.newInputStream(zip))))
		{
			for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in
				.getNextEntry())
			{
				final byte[] content = in.readAllBytes();
				removeGroup(content);
				final Roi roi = new RoiDecoder(content, entry.getName()).getRoi();
				if (roi == null) continue;
				roi.setStrokeWidth(OUTLINE_PX);
				overlay.add(roi);
			}
		}
		return overlay;
	}

	/**
	 * Makes an encoded ROI forget its group: while decoding, ImageJ replaces the
	 * colour of an ROI by that of its group, and complains once an ROI where the
	 * table of those colours is not installed.
	 */
	private static void removeGroup(final byte[] content) {
		final int header = ByteBuffer.wrap(content).getInt(
			RoiDecoder.HEADER2_OFFSET);
		if (header > 0) content[header + RoiDecoder.GROUP] = 0;
	}

	private static ResultsTable summaryRow(final SlideOutcome outcome) {
		final SlideSummary summary = outcome.summary();
		final ResultsTable open = ResultsTable.getResultsTable(SUMMARY_TABLE);
		final ResultsTable table = open == null ? new ResultsTable() : open;
		table.incrementCounter();
		table.addValue("Image", outcome.image());
		table.addValue("Cells", summary.cells());
		table.addValue("Area (mm2)", rounded(summary.analysedAreaMm2(), 3));
		for (final MarkerSummary marker : summary.markers()) {
			final String name = marker.label();
			table.addValue(name + " read", marker.measured());
			table.addValue(name + " positive", marker.positive());
			table.addValue(name + " positive (%)", rounded(marker.positivePercent(),
				1));
			table.addValue(name + " 95% low", rounded(marker.ciLowPercent(), 1));
			table.addValue(name + " 95% high", marker.ciHighPercent());
			if (!Double.isNaN(marker.areaPercent())) table.addValue(name +
				" stained area (%)", rounded(marker.areaPercent(), 2));
			table.addValue(name + " gate", marker.gate());
		}
		table.addValue("Report", outcome.report().toString());
		return table;
	}

	private static String rounded(final double value, final int decimals) {
		return Double.isNaN(value) ? "" : IJ.d2s(value, decimals);
	}

	/**
	 * Returns what was found in one line, and the path of the report in another.
	 */
	static String logLine(final SlideOutcome outcome) {
		final SlideSummary summary = outcome.summary();
		final StringBuilder line = new StringBuilder(String.format(Locale.ROOT,
			"%s: %,d cells", outcome.image(), summary.cells()));
		for (final MarkerSummary marker : summary.markers()) {
			if (marker.measured() > 0) {
				line.append(String.format(Locale.ROOT, "; %s %.1f %%", marker
					.statement(), marker.positivePercent()));
				if (!Double.isNaN(marker.ciLowPercent())) line.append(String.format(
					Locale.ROOT, " (95 %% interval %.1f to %.1f)", marker.ciLowPercent(),
					marker.ciHighPercent()));
			}
			if (!Double.isNaN(marker.areaPercent())) line.append(String.format(
				Locale.ROOT, "; %s stained area %.2f %%", marker.label(), marker
					.areaPercent()));
		}
		if (outcome.partial()) line.append("; PARTIAL, see the report");
		return line.append("\n  Report: ").append(outcome.report()).toString();
	}
}
