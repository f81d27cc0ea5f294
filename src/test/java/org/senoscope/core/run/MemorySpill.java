
package org.senoscope.core.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps spilled cells in memory, for tests. */
final class MemorySpill implements SpillStore {

	private final Map<Integer, byte[]> kept = new ConcurrentHashMap<>();

	@Override
	public void put(final int block, final byte[] bytes) {
		kept.put(block, bytes);
	}

	@Override
	public byte[] get(final int block) {
		return kept.getOrDefault(block, new byte[0]);
	}

	@Override
	public void close() {
		kept.clear();
	}
}
