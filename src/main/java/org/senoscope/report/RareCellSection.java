
package org.senoscope.report;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

import org.senoscope.core.cell.Cell;
import org.senoscope.core.cell.CellTable;
import org.senoscope.core.cell.Lineage;
import org.senoscope.core.image.Display;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.Region;
import org.senoscope.core.protocol.SpecimenKind;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.SlideResult;

/**
 * The part of the report on disseminated tumour cells: each of the first of
 * them with its picture, and how many are NR2F1-high, as a fraction of cells
 * since there are seldom enough for a percentage (Borgen and others, Breast
 * Cancer Res 2018).
 */
final class RareCellSection {

	private static final String NR2F1 = "nr2f1_positive";
	private static final int MOST_LISTED = 48;
	private static final double SIDE_UM = 40;
	private static final int SIDE_PX = 160;
	private static final float QUALITY = 0.86f;

	private final Html page;
	private final SlideResult result;
	private final CellTable table;
	private final List<Cell> listed = new ArrayList<>();
	private long tumour, measured, high;

	private RareCellSection(final Html page, final SlideResult result) {
		this.page = page;
		this.result = result;
		table = result.table();
	}

	/** Adds the section, nothing where the specimen is of another kind. */
	static void add(final Html page, final SlideResult result,
		final Display display, final Cancellation cancellation)
	{
		if (result.protocol().specimen().kind() != SpecimenKind.DTC) return;
		final RareCellSection section = new RareCellSection(page, result);
		result.forEachCell(cell -> {
			cancellation.check();
			section.count(cell);
		});
		page.raw("<section aria-labelledby=\"dtc\">\n").element("h2 id=\"dtc\"",
			"Disseminated tumour cells");
		section.words();
		section.gallery(display);
		page.raw("</section>\n");
	}

	private void count(final Cell cell) {
		if (!Lineage.TUMOUR.id().equals(table.text(cell, "lineage"))) return;
		tumour++;
		if (listed.size() < MOST_LISTED) listed.add(cell);
		final double positive = nr2f1(cell);
		if (Double.isNaN(positive)) return;
		measured++;
		if (positive > 0) high++;
	}

	private double nr2f1(final Cell cell) {
		return table.index(NR2F1) < 0 ? Double.NaN : table.number(cell, NR2F1);
	}

	private void words() {
		if (tumour == 0) page.element("p",
			"No cell is known to be a tumour cell: state the lineage, annotate the cells, or stain a tumour marker.");
		else if (measured == 0) page.element("p", Words.count(tumour) +
			" tumour cells; NR2F1 was not measured.");
		else page.element("p", "NR2F1-high in " + Words.count(high) + " of " + Words
			.count(measured) + " disseminated tumour cells" + (measured < result
				.protocol().phenotype().minCells() ? ": too few for a percentage"
					: " (" + Words.percent(100.0 * high / measured) + ")") +
			". A research cut of 50 % of the cells is published (Borgen 2018); it is no decision on a patient.");
	}

	private void gallery(final Display display) {
		if (listed.isEmpty()) return;
		final ImageInfo info = result.image();
		final double um = result.summary().pixelSizeUm();
		final int side = Math.max(1, (int) Math.min(Math.round(SIDE_UM / um), Math
			.min(info.width(), info.height())));
		page.raw(
			"<table class=\"evidence\"><thead><tr><th scope=\"col\">Cell</th><th scope=\"col\">Picture, " +
				Math.round(side * um) +
				"\u00a0µm wide</th><th scope=\"col\">At, µm</th><th scope=\"col\">NR2F1</th><th scope=\"col\">Called</th></tr></thead><tbody>\n");
		for (final Cell cell : listed) {
			final Region around = new Region(place(table.number(cell,
				"centroid_x_px"), side, info.width()), place(table.number(cell,
					"centroid_y_px"), side, info.height()), side, side);
			final double scale = (double) SIDE_PX / side;
			final BufferedImage image = Picture.of(display, info, around, scale);
			final Graphics2D g = Picture.smooth(image);
			new OutlinePainter(result, false).draw(g, around, scale, 1);
			g.dispose();
			final double positive = nr2f1(cell);
			page.raw("<tr>").element("th scope=\"row\"", Words.count((long) table
				.number(cell, "cell_id"))).raw("<td><img width=\"" + SIDE_PX +
					"\" height=\"" + SIDE_PX + "\" alt=\"Cell " + (long) table.number(
						cell, "cell_id") + "\" src=\"" + Picture.dataUri(image, QUALITY) +
					"\"></td>").element("td", Words.plain(table.number(cell,
						"centroid_x_um"), 4) + ", " + Words.plain(table.number(cell,
							"centroid_y_um"), 4)).element("td", Double.isNaN(positive)
								? "not measured" : positive > 0 ? "high" : "not high").element(
									"td", table.text(cell, "phenotype_reason")).raw("</tr>\n");
		}
		page.raw("</tbody></table>\n");
		if (tumour > listed.size()) page.element("p class=\"small\"", "The first " +
			listed.size() + " of " + Words.count(tumour) +
			"; all stand in the table of cells.");
	}

	/** Where a square around a cell begins, so that it lies in the picture. */
	private static int place(final double centre, final int side,
		final int length)
	{
		return (int) Math.max(0, Math.min(length - side, Math.round(centre - side /
			2.0)));
	}
}
