
package org.senoscope.core.phantom;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Positions by random sequential adsorption whose order is a hash: candidates
 * sit one to a cell of a jittered lattice, and a candidate stays if no retained
 * candidate of higher priority lies too close. Whether it stays follows from
 * its neighbourhood alone, so every window of an endless plane gives the same
 * cells.
 */
abstract class HardCoreProcess {

	private final double pitchUm;
	private final int reach;
	private final double closest;
	private final double farthest;

	/**
	 * @param pitchUm lattice constant in µm
	 * @param largestUm largest semi-axis of a candidate in µm
	 * @param closest smallest factor on the sum of radii that two neighbours keep
	 * @param farthest largest such factor
	 */
	HardCoreProcess(final double pitchUm, final double largestUm,
		final double closest, final double farthest)
	{
		this.pitchUm = pitchUm;
		this.closest = closest;
		this.farthest = farthest;
		// Jitter lets two candidates be one lattice cell nearer than their cells.
		reach = (int) Math.ceil(2 * largestUm * farthest / pitchUm) + 1;
	}

	/** Returns the candidate of a lattice cell, null where there is none. */
	abstract Seedling candidate(int ix, int iy);

	/** Returns the lattice constant in µm. */
	final double pitchUm() {
		return pitchUm;
	}

	/**
	 * Returns the retained cells whose centre lies in the window, row by row of
	 * the lattice.
	 */
	final List<Seedling> within(final double x0, final double y0, final double x1,
		final double y1)
	{
		final Window window = new Window(x0, y0, x1, y1);
		final List<Seedling> cells = new ArrayList<>();
		for (int iy = (int) Math.floor(y0 / pitchUm); iy <= Math.floor(y1 /
			pitchUm); iy++)
		{
			for (int ix = (int) Math.floor(x0 / pitchUm); ix <= Math.floor(x1 /
				pitchUm); ix++)
			{
				final Seedling s = window.candidateAt(ix, iy);
				if (s == null || s.x() < x0 || s.x() >= x1 || s.y() < y0 || s.y() >= y1)
					continue;
				if (window.retained(ix, iy)) cells.add(s);
			}
		}
		return cells;
	}

	/** Remembers candidates and decisions in and around one window. */
	private final class Window {

		private static final byte UNKNOWN = 0, STAYS = 1, GOES = 2;

		private final int ix0, iy0, columns, rows;
		private final Seedling[] candidates;
		private final boolean[] made;
		private final byte[] decisions;
		private final Map<Long, Seedling> farCandidates = new HashMap<>();
		private final Map<Long, Boolean> farDecisions = new HashMap<>();

		Window(final double x0, final double y0, final double x1, final double y1) {
			final int margin = 2 * reach;
			ix0 = (int) Math.floor(x0 / pitchUm) - margin;
			iy0 = (int) Math.floor(y0 / pitchUm) - margin;
			columns = (int) Math.floor(x1 / pitchUm) + margin + 1 - ix0;
			rows = (int) Math.floor(y1 / pitchUm) + margin + 1 - iy0;
			candidates = new Seedling[columns * rows];
			made = new boolean[candidates.length];
			decisions = new byte[candidates.length];
		}

		Seedling candidateAt(final int ix, final int iy) {
			final int i = index(ix, iy);
			if (i < 0) {
				final long key = (long) iy << 32 | ix & 0xffffffffL;
				if (farCandidates.containsKey(key)) return farCandidates.get(key);
				final Seedling s = candidate(ix, iy);
				farCandidates.put(key, s);
				return s;
			}
			if (!made[i]) {
				candidates[i] = candidate(ix, iy);
				made[i] = true;
			}
			return candidates[i];
		}

		boolean retained(final int ix, final int iy) {
			final int i = index(ix, iy);
			if (i < 0) {
				final long key = (long) iy << 32 | ix & 0xffffffffL;
				final Boolean known = farDecisions.get(key);
				if (known != null) return known;
				final boolean stays = decide(ix, iy);
				farDecisions.put(key, stays);
				return stays;
			}
			if (decisions[i] == UNKNOWN) decisions[i] = decide(ix, iy) ? STAYS : GOES;
			return decisions[i] == STAYS;
		}

		private int index(final int ix, final int iy) {
			final int cx = ix - ix0, cy = iy - iy0;
			return cx >= 0 && cy >= 0 && cx < columns && cy < rows ? cy * columns + cx
				: -1;
		}

		/** Priorities rise along the recursion, so it ends. */
		private boolean decide(final int ix, final int iy) {
			final Seedling s = candidateAt(ix, iy);
			if (s == null) return false;
			for (int jy = iy - reach; jy <= iy + reach; jy++) {
				for (int jx = ix - reach; jx <= ix + reach; jx++) {
					final Seedling o = candidateAt(jx, jy);
					if (o == null || o == s || Long.compareUnsigned(o.bits(), s
						.bits()) <= 0) continue;
					if (s.conflicts(o, closest, farthest) && retained(jx, jy))
						return false;
				}
			}
			return true;
		}
	}
}
