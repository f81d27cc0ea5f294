
package org.senoscope.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

import org.senoscope.core.cell.CellTable;
import org.senoscope.core.image.ImageInfo;
import org.senoscope.core.image.Region;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.CellClasses;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideResult;

/**
 * Picks the parts of a slide that the report shows enlarged, by rule and never
 * by chance: the slide is divided into squares, and each rule takes the square
 * that fits it best among those not taken yet (the upper left one of equals).
 * Squares with few cells are left out. Holds counts by square, not cells.
 */
final class FieldPicks {

	/** Width of a field; on small pictures half of the shorter side. */
	static final double FIELD_UM = 250;
	/** A reading this close to the gate, as a share of the gate, is near it. */
	static final double NEAR = 0.2;
	/** Cells that a field of full width needs, and a narrower one at least. */
	private static final int FEWEST_CELLS = 10, FEWEST_AT_ALL = 3;
	/** A square needs this share of the mean number of cells a square. */
	private static final double FEWEST_SHARE = 0.25;

	private final SlideResult result;
	private final int side, across, down, left, top;
	private final long[] cells, positive, near;
	private final double[] nucleusArea;
	private final boolean[] taken;
	private final List<ReportField> fields = new ArrayList<>();

	private FieldPicks(final SlideResult result,
		final Cancellation cancellation)
	{
		this.result = result;
		final ImageInfo info = result.image();
		final int shorter = Math.min(info.width(), info.height());
		side = Math.max(1, (int) Math.min(FIELD_UM / result.summary().pixelSizeUm(),
			shorter / 2));
		across = Math.max(1, info.width() / side);
		down = Math.max(1, info.height() / side);
		left = (info.width() - across * side) / 2;
		top = (info.height() - down * side) / 2;
		final int n = Math.multiplyExact(across, down);
		cells = new long[n];
		positive = new long[n];
		near = new long[n];
		nucleusArea = new double[n];
		taken = new boolean[n];
		count(cancellation);
	}

	/** Picks the fields. */
	static List<ReportField> of(final SlideResult result,
		final Cancellation cancellation)
	{
		final FieldPicks picks = new FieldPicks(result, cancellation);
		picks.pick();
		return List.copyOf(picks.fields);
	}

	private void count(final Cancellation cancellation) {
		final CellTable table = result.table();
		final int xColumn = table.index("centroid_x_px"), yColumn = table.index(
			"centroid_y_px"), areaColumn = table.index("nucleus_area_um2");
		final CellClasses classes = CellClasses.ofMarkers(result);
		final MarkerSummary marker = first();
		final int value = marker == null ? -1 : table.index(marker.id() + "_value");
		result.forEachCell(cell -> {
			cancellation.check();
			final int x = (int) Math.floor((cell.numbers()[xColumn] - left) / side);
			final int y = (int) Math.floor((cell.numbers()[yColumn] - top) / side);
			if (x < 0 || y < 0 || x >= across || y >= down) return;
			final int i = y * across + x;
			cells[i]++;
			if (areaColumn >= 0) nucleusArea[i] += cell.numbers()[areaColumn];
			if (classes.of(cell).positive()) positive[i]++;
			if (value >= 0 && Math.abs(cell.numbers()[value] - marker
				.gate()) <= NEAR * marker.gate()) near[i]++;
		});
	}

	private MarkerSummary first() {
		final List<MarkerSummary> markers = result.summary().markers();
		return markers.isEmpty() ? null : markers.get(0);
	}

	private void pick() {
		if (first() != null) {
			final double share = result.summary().markers().get(0).positivePercent() /
				100;
			best("highest density of positive cells", i -> positive[i]);
			best("share of positive cells closest to that of the whole area",
				i -> -Math.abs(share(i) - share));
			best("most cells close to the gate: the hardest to call", i -> near[i]);
			best("lowest share of positive cells", i -> -share(i));
			best("most crowded: the hardest to separate", i -> cells[i]);
			return;
		}
		final double mean = mean();
		best("most crowded: the hardest to separate", i -> cells[i]);
		best("density closest to the mean", i -> -Math.abs(cells[i] - mean));
		best("largest nuclei on average", i -> nucleusArea[i] / cells[i]);
		best("fewest nuclei", i -> -cells[i]);
	}

	private double share(final int square) {
		return (double) positive[square] / cells[square];
	}

	/** Mean number of cells of the squares that hold any. */
	private double mean() {
		long sum = 0, squares = 0;
		for (final long n : cells)
			if (n > 0) {
				sum += n;
				squares++;
			}
		return squares == 0 ? 0 : (double) sum / squares;
	}

	private void best(final String reason, final IntToDoubleFunction score) {
		final double full = side * result.summary().pixelSizeUm() / FIELD_UM;
		final double fewest = Math.max(Math.max(FEWEST_AT_ALL, FEWEST_CELLS * full),
			FEWEST_SHARE * mean());
		int best = -1;
		double highest = Double.NEGATIVE_INFINITY;
		for (int i = 0; i < cells.length; i++) {
			if (taken[i] || cells[i] < fewest) continue;
			final double s = score.applyAsDouble(i);
			if (s > highest) {
				highest = s;
				best = i;
			}
		}
		if (best < 0) return;
		taken[best] = true;
		fields.add(new ReportField((char) ('A' + fields.size()), reason, new Region(
			left + best % across * side, top + best / across * side, side, side),
			cells[best], positive[best], near[best]));
	}
}
