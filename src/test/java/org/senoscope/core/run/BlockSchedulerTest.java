
package org.senoscope.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Test;

class BlockSchedulerTest {

	/**
	 * 20 x 5 blocks, some without tissue: each is segmented and measured once,
	 * and measured only after all its neighbours are segmented.
	 */
	@Test
	void aBlockIsMeasuredOnceItAndItsNeighboursAreSegmented()
		throws InterruptedException
	{
		final BlockGrid grid = BlockGrid.of(20 * 1024, 5 * 1024, 1, 48, 1024);
		final BitSet active = new BitSet();
		for (int i = 0; i < grid.count(); i++)
			if (i % 7 != 3) active.set(i);
		final BlockScheduler scheduler = new BlockScheduler(grid, active, 1);
		final Set<Integer> segmented = new HashSet<>(), measured = new HashSet<>(),
				freed = new HashSet<>();
		BlockScheduler.Task task;
		while ((task = scheduler.next()) != null)
			if (task.measure()) {
				for (final int other : grid.neighbourhood(task.block()))
					assertTrue(!active.get(other) || segmented.contains(other));
				assertTrue(measured.add(task.block()));
				for (final int free : scheduler.measured(task.block())) {
					assertTrue(freed.add(free));
					for (final int other : grid.neighbourhood(free))
						assertTrue(!active.get(other) || measured.contains(other),
							"freed too early");
				}
			}
			else {
				assertFalse(measured.contains(task.block()));
				assertTrue(segmented.add(task.block()));
				scheduler.segmented(task.block());
			}
		assertEquals(active.cardinality(), measured.size());
		assertEquals(measured, freed);
		assertEquals(scheduler.total(), scheduler.done());
	}

	@Test
	void aStoppedRunHandsOutNothingMore() throws InterruptedException {
		final BitSet active = new BitSet();
		active.set(0);
		final BlockScheduler scheduler = new BlockScheduler(BlockGrid.of(100, 100,
			1, 16), active, 1);
		scheduler.stop();
		assertNull(scheduler.next());
	}
}
