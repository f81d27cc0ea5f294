
package org.senoscope.core.run;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.senoscope.core.image.Region;
import org.senoscope.core.phenotype.PhenotypeCalls;

/**
 * The cells of a slide in the order of the table (block by block, from top to
 * bottom within a block), read back from the spill.
 */
final class StoredCells {

	private final SpillStore spill;
	private final BlockGrid grid;
	private final long[] firstId;
	private final int readings;
	private final CellFinisher finisher;
	/** Calls that name classes and features; null: no classifier. */
	private PhenotypeCalls like;
	private final RegionLineages regions;

	/**
	 * Cells of a slide.
	 *
	 * @param finisher makes rows of them; null: they are only visited by block
	 * @param regions what the region classifier tells of them; null for nothing
	 */
	StoredCells(final SpillStore spill, final BlockGrid grid, final int[] counts,
		final CellLayout layout, final CellFinisher finisher,
		final RegionLineages regions)
	{
		this.regions = regions;
		this.spill = spill;
		this.grid = grid;
		this.finisher = finisher;
		readings = layout.readingColumns().length;
		firstId = new long[counts.length + 1];
		firstId[0] = 1;
		for (int block = 0; block < counts.length; block++)
			firstId[block + 1] = firstId[block] + counts[block];
	}

	long count() {
		return firstId[firstId.length - 1] - 1;
	}

	private List<SpilledCell> block(final int block) {
		if (firstId[block + 1] == firstId[block]) return List.of();
		final List<SpilledCell> cells = SpilledCell.decode(spill.get(block),
			readings);
		if (regions != null) for (int i = 0; i < cells.size(); i++)
			cells.set(i, cells.get(i).told(regions.of(firstId[block] - 1 + i)));
		return cells;
	}

	/** Visits the cells block by block, before any is called. */
	void forEachBlock(final Consumer<List<SpilledCell>> visitor,
		final Cancellation cancellation)
	{
		for (int block = 0; block < grid.count(); block++) {
			cancellation.check();
			visitor.accept(block(block));
		}
	}

	/**
	 * Asks the classifier, if there is one, once for every cell, and keeps what
	 * it says for all that read the cells later.
	 */
	void call(final BiConsumer<List<SpilledCell>, PhenotypeCalls> visitor,
		final Cancellation cancellation)
	{
		for (int block = 0; block < grid.count(); block++) {
			cancellation.check();
			final List<SpilledCell> cells = block(block);
			final PhenotypeCalls calls = finisher.classify(cells);
			if (calls != null) {
				spill.put(grid.count() + block, SpilledCalls.encode(calls));
				like = calls;
			}
			visitor.accept(cells, calls);
		}
	}

	void forEachCell(final CellVisitor visitor) {
		for (int block = 0; block < grid.count(); block++)
			visit(block, c -> true, visitor);
	}

	private void visit(final int block, final Predicate<SpilledCell> wanted,
		final CellVisitor visitor)
	{
		final List<SpilledCell> cells = block(block);
		final PhenotypeCalls calls = like == null || cells.isEmpty() ? null
			: SpilledCalls.decode(spill.get(grid.count() + block), like);
		for (int i = 0; i < cells.size(); i++)
			if (wanted.test(cells.get(i))) visitor.visit(finisher.finish(
				firstId[block] + i, cells.get(i), calls, i));
	}

	void forEachCell(final Region region, final CellVisitor visitor) {
		final int f = grid.downsample();
		// an outline reaches beyond its block by less than a margin and an
		// expansion, and both are smaller than a core
		final int around = grid.core() * f;
		final Region wide = region.expand(around);
		for (int block = 0; block < grid.count(); block++) {
			final Region core = grid.level0(grid.core(block));
			if (wide.intersect(core).isEmpty()) continue;
			visit(block, c -> reaches(c, region), visitor);
		}
	}

	private static boolean reaches(final SpilledCell c, final Region region) {
		float x0 = Float.MAX_VALUE, y0 = Float.MAX_VALUE, x1 = -1, y1 = -1;
		for (int i = 0; i < c.cell().corners(); i++) {
			x0 = Math.min(x0, c.cell().x()[i]);
			x1 = Math.max(x1, c.cell().x()[i]);
			y0 = Math.min(y0, c.cell().y()[i]);
			y1 = Math.max(y1, c.cell().y()[i]);
		}
		return x0 <= region.right() && x1 >= region.x() && y0 <= region.bottom() &&
			y1 >= region.y();
	}
}
