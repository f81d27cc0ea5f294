
package org.senoscope.core.run;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Hands out the work of a run: first a block is segmented, and once it and its
 * neighbours are, its cells are measured. Blocks go strip by strip (a few
 * blocks wide, from top to bottom), so that pixels read for a block are still
 * cached when its neighbours need them. Measuring comes before segmenting
 * further, so that little waits in memory.
 */
final class BlockScheduler {

	/** Blocks side by side in a strip, at most and at least. */
	private static final int WIDEST = 8, NARROWEST = 2;

	/**
	 * Blocks side by side times channels: of many channels the tiles of a wide
	 * strip would not stay cached until the row below needs them.
	 */
	private static final int KEPT = 64;

	/** A piece of work. */
	record Task(int block, boolean measure) {
	}

	private final BlockGrid grid;
	private final BitSet active;
	private final int[] order;
	private final int[] waitingFor;
	private final int[] neededBy;
	private final ArrayDeque<Integer> ready = new ArrayDeque<>();
	private int nextSegment;
	private int unfinished;
	private boolean stopped;

	/**
	 * Plans a run.
	 *
	 * @param grid the grid
	 * @param active blocks that hold something to analyse
	 * @param channels channels that are read of each block
	 */
	BlockScheduler(final BlockGrid grid, final BitSet active,
		final int channels)
	{
		final int width = Math.max(NARROWEST, Math.min(WIDEST, KEPT / Math.max(1,
			channels)));
		this.grid = grid;
		this.active = active;
		order = new int[active.cardinality()];
		waitingFor = new int[grid.count()];
		neededBy = new int[grid.count()];
		int n = 0;
		for (int strip = 0; strip < grid.columns(); strip += width)
			for (int row = 0; row < grid.rows(); row++)
				for (int column = strip; column < Math.min(grid.columns(), strip +
					width); column++)
				{
					final int block = row * grid.columns() + column;
					if (active.get(block)) order[n++] = block;
				}
		for (final int block : order)
			for (final int other : grid.neighbourhood(block))
				if (active.get(other)) {
					waitingFor[block]++;
					neededBy[other]++;
				}
		unfinished = order.length;
	}

	/**
	 * Returns the next piece of work, waiting for one if need be; null when
	 * everything is done or handed out and failed.
	 */
	synchronized Task next() throws InterruptedException {
		while (!stopped) {
			if (!ready.isEmpty()) return new Task(ready.poll(), true);
			if (nextSegment < order.length) return new Task(order[nextSegment++],
				false);
			if (unfinished == 0) return null;
			wait();
		}
		return null;
	}

	/** A block is segmented. */
	synchronized void segmented(final int block) {
		for (final int other : grid.neighbourhood(block))
			if (active.get(other) && --waitingFor[other] == 0) ready.add(other);
		notifyAll();
	}

	/**
	 * A block is measured.
	 *
	 * @return blocks whose candidates nobody needs any more
	 */
	synchronized int[] measured(final int block) {
		unfinished--;
		int n = 0;
		final int[] free = new int[9];
		for (final int other : grid.neighbourhood(block))
			if (active.get(other) && --neededBy[other] == 0) free[n++] = other;
		notifyAll();
		return Arrays.copyOf(free, n);
	}

	/** Ends the run early: nothing more is handed out. */
	synchronized void stop() {
		stopped = true;
		notifyAll();
	}

	/** Returns the number of active blocks. */
	int total() {
		return order.length;
	}

	/** Returns how many blocks are finished. */
	synchronized int done() {
		return order.length - unfinished;
	}
}
