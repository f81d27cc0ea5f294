
package org.senoscope.core.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

import org.senoscope.core.assay.MarkerAnalyzer;

/**
 * Keeps of the cells of a control what gates and the report need: the deciding
 * readings, where the cells lie, and how large their nuclei are.
 */
final class ControlCells implements SpillStore {

	/** Side of the squares whose cells are drawn together, µm. */
	private static final double SQUARE_UM = 200;

	/** Cells that are kept whole at most, for what a classifier anchors by. */
	private static final int MOST_WHOLE = 4096;

	/** One block: readings marker by marker, square and nuclear area. */
	private record Block(float[][] readings, long[] squares, float[] areas) {
	}

	private final CellLayout layout;
	private final double squarePx;
	private final Map<Integer, Block> blocks = new ConcurrentSkipListMap<>();
	/** Cells by a random number that their place alone decides. */
	private final TreeMap<Long, SpilledCell> whole = new TreeMap<>();

	ControlCells(final CellLayout layout, final double pixelSizeUm) {
		this.layout = layout;
		squarePx = SQUARE_UM / pixelSizeUm;
	}

	@Override
	public void put(final int block, final byte[] bytes) {
		final List<SpilledCell> cells = SpilledCell.decode(bytes, layout
			.readingColumns().length);
		cells.removeIf(c -> c.artefact() != 0);
		final int markers = layout.markers().size(), n = cells.size();
		final float[][] readings = new float[markers][n];
		final long[] squares = new long[n];
		final float[] areas = new float[n];
		for (int i = 0; i < n; i++) {
			final SpilledCell c = cells.get(i);
			for (int m = 0; m < markers; m++)
				readings[m][i] = (float) layout.value(m, c);
			squares[i] = (long) (c.centroidY() / squarePx) << 32 | (long) (c
				.centroidX() / squarePx);
			areas[i] = (float) c.shape().areaUm2();
		}
		blocks.put(block, new Block(readings, squares, areas));
		sample(cells);
	}

	/** Keeps the cells of the lowest numbers, the same in any order of blocks. */
	private synchronized void sample(final List<SpilledCell> cells) {
		for (final SpilledCell c : cells) {
			whole.put(new SplittableRandom(31 * Double.doubleToLongBits(c
				.centroidX()) + Double.doubleToLongBits(c.centroidY())).nextLong(), c);
			if (whole.size() > MOST_WHOLE) whole.pollLastEntry();
		}
	}

	/**
	 * Returns a sample of the cells if they have the readings that the slide's
	 * have, else none.
	 *
	 * @param slide the table of the slide
	 */
	List<SpilledCell> sample(final CellLayout slide) {
		return names(layout).equals(names(slide)) ? List.copyOf(whole.values())
			: List.of();
	}

	private static List<String> names(final CellLayout of) {
		return Arrays.stream(of.readingColumns()).mapToObj(i -> of.table().columns()
			.get(i).name()).toList();
	}

	@Override
	public byte[] get(final int block) {
		throw new IllegalStateException("cells of a control are not read back");
	}

	int cells() {
		return blocks.values().stream().mapToInt(b -> b.areas.length).sum();
	}

	/**
	 * Returns the readings of a marker, in the order of the blocks; none where
	 * the control lacks its channel.
	 */
	float[] readings(final MarkerAnalyzer marker) {
		int m = 0;
		while (m < layout.markers().size() && !layout.markers().get(m).id().equals(
			marker.id()))
			m++;
		if (m == layout.markers().size()) return new float[0];
		final float[] all = new float[cells()];
		int at = 0;
		for (final Block b : blocks.values()) {
			System.arraycopy(b.readings[m], 0, all, at, b.areas.length);
			at += b.areas.length;
		}
		return all;
	}

	/** Returns the square of each cell. */
	long[] squares() {
		return blocks.values().stream().flatMapToLong(b -> Arrays.stream(b.squares))
			.toArray();
	}

	/** Returns the nuclear areas in µm². */
	float[] areas() {
		final float[] all = new float[cells()];
		int at = 0;
		for (final Block b : blocks.values()) {
			System.arraycopy(b.areas, 0, all, at, b.areas.length);
			at += b.areas.length;
		}
		return all;
	}

	@Override
	public void close() {
		blocks.clear();
	}
}
