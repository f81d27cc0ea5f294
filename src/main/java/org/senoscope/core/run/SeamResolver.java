
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.List;

import org.senoscope.core.cell.CellRaster;
import org.senoscope.core.image.Region;

/**
 * Makes neighbouring blocks agree. Nuclei whose clump lies inside both blocks
 * are the same in both; where a clump reaches further than the margin the
 * blocks may see it differently, and of two nuclei that claim the same pixels
 * one is dropped. The rule looks at one pair at a time and is symmetric, so
 * that both blocks come to the same answer without talking to each other.
 */
final class SeamResolver {

	/**
	 * Share of the smaller nucleus that two nuclei may have in common before one
	 * is dropped.
	 */
	private static final double MAX_SHARED = 0.3;

	private SeamResolver() {}

	/**
	 * Returns the nuclei that stand in and around a block, in the order of the
	 * table.
	 *
	 * @param grid the grid
	 * @param candidates candidates of the block and its eight neighbours
	 * @param reach the block with everything around it that matters to its cells,
	 *          in working pixels
	 */
	static List<NucleusCandidate> resolve(final BlockGrid grid,
		final List<NucleusCandidate> candidates, final Region reach)
	{
		final List<NucleusCandidate> near = new ArrayList<>();
		for (final NucleusCandidate c : candidates)
			if (c.x0() < reach.right() + grid.margin() && c.x1() > reach.x() - grid
				.margin() && c.y0() < reach.bottom() + grid.margin() && c.y1() > reach
					.y() - grid.margin()) near.add(c);
		near.sort(null);
		final List<NucleusCandidate> seam = new ArrayList<>();
		for (final NucleusCandidate c : near)
			if (nearSeam(grid, c)) seam.add(c);
		final boolean[] dropped = new boolean[seam.size()];
		for (int i = 0; i < seam.size(); i++)
			for (int j = i + 1; j < seam.size(); j++) {
				final NucleusCandidate a = seam.get(i), b = seam.get(j);
				if (a.block() != b.block() && a.boxMeets(b) && a.overlap(
					b) > MAX_SHARED * Math.min(a.area(), b.area())) dropped[a.precedes(b)
						? j : i] = true;
			}
		final List<NucleusCandidate> standing = new ArrayList<>(near.size());
		int next = 0;
		for (final NucleusCandidate c : near) {
			final boolean onSeam = next < seam.size() && seam.get(next) == c;
			if ((!onSeam || !dropped[next]) && c.x0() < reach.right() && c
				.x1() > reach.x() && c.y0() < reach.bottom() && c.y1() > reach.y())
				standing.add(c);
			if (onSeam) next++;
		}
		return standing;
	}

	/**
	 * Whether another block may have seen the nucleus, or one that overlaps it,
	 * too.
	 */
	private static boolean nearSeam(final BlockGrid grid,
		final NucleusCandidate c)
	{
		final Region core = grid.core(c.block());
		final Region inner = new Region(core.x() + grid.margin(), core.y() + grid
			.margin(), Math.max(0, core.width() - 2 * grid.margin()), Math.max(0, core
				.height() - 2 * grid.margin()));
		return !(c.x0() >= inner.x() && c.y0() >= inner.y() && c.x1() <= inner
			.right() && c.y1() <= inner.bottom());
	}

	/**
	 * Paints the standing nuclei, label = position in the list + 1; a pixel that
	 * two claim goes to the one that precedes.
	 *
	 * @param standing nuclei in the order of the table
	 * @param reach region of the raster in working pixels
	 * @param raster receives the labels
	 */
	static void paint(final List<NucleusCandidate> standing, final Region reach,
		final CellRaster raster)
	{
		raster.reset(reach.width(), reach.height());
		final int[] labels = raster.nuclei();
		for (int k = 0; k < standing.size(); k++) {
			final NucleusCandidate c = standing.get(k);
			final int[] runs = c.runs();
			for (int i = 0; i < runs.length; i += 3) {
				if (runs[i] < reach.y() || runs[i] >= reach.bottom()) continue;
				final int row = (runs[i] - reach.y()) * reach.width() - reach.x();
				final int to = Math.min(reach.right(), runs[i + 2]);
				for (int x = Math.max(reach.x(), runs[i + 1]); x < to; x++) {
					final int other = labels[row + x];
					if (other == 0 || c.precedes(standing.get(other - 1))) labels[row +
						x] = k + 1;
				}
			}
		}
	}
}
