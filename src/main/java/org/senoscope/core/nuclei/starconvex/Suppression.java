
package org.senoscope.core.nuclei.starconvex;

import java.util.Arrays;

/**
 * Of polygons that overlap too much only the best stays. By falling score, a
 * polygon goes if it shares more than a threshold of the smaller one's area
 * with one that stayed: StarDist's non-maximum suppression, which looks at the
 * same pairs from the other side. One object a thread; buffers are reused.
 */
final class Suppression {

	/** Side of the squares that know which polygons that stayed touch them. */
	private static final int SQUARE = 16;

	private final PolygonOverlap overlap;
	private final PolygonOverlap.Shape candidate;
	private PolygonOverlap.Shape[] stayed = new PolygonOverlap.Shape[64];
	private int[] kept = new int[64];
	private int count;
	private int originX, originY, columns, rows;
	private int[] first = new int[0];
	private int[] entry = new int[256];
	private int[] next = new int[256];
	private int entries;
	private int[] seen = new int[64];

	Suppression(final int rays) {
		overlap = new PolygonOverlap(rays);
		candidate = new PolygonOverlap.Shape(rays);
	}

	/**
	 * Chooses polygons.
	 *
	 * @param c the candidates
	 * @param threshold share of the smaller area
	 * @return numbers of those that stay, by falling score
	 */
	int[] keep(final Candidates c, final double threshold) {
		count = 0;
		if (c.n == 0) return new int[0];
		layOut(c);
		for (final int i : c.byScore()) {
			candidate.set(c, i);
			if (!isSuppressed(i, threshold)) stay(c, i);
		}
		return Arrays.copyOf(kept, count);
	}

	private void layOut(final Candidates c) {
		int left = Integer.MAX_VALUE, top = left, right = Integer.MIN_VALUE,
				bottom = right;
		for (int i = 0; i < c.n; i++) {
			left = Math.min(left, c.x[i]);
			right = Math.max(right, c.x[i]);
			top = Math.min(top, c.y[i]);
			bottom = Math.max(bottom, c.y[i]);
		}
		originX = left;
		originY = top;
		columns = (right - left) / SQUARE + 1;
		rows = (bottom - top) / SQUARE + 1;
		if (first.length < columns * rows) first = new int[columns * rows];
		Arrays.fill(first, 0, columns * rows, -1);
		entries = 0;
	}

	// what reaches beyond the outermost centres meets in the outermost squares
	private int column(final int x) {
		return Math.max(0, Math.min(columns - 1, Math.floorDiv(x - originX,
			SQUARE)));
	}

	private int row(final int y) {
		return Math.max(0, Math.min(rows - 1, Math.floorDiv(y - originY, SQUARE)));
	}

	private boolean isSuppressed(final int i, final double threshold) {
		final int x0 = column(candidate.left), x1 = column(candidate.right);
		final int y0 = row(candidate.top), y1 = row(candidate.bottom);
		for (int y = y0; y <= y1; y++)
			for (int x = x0; x <= x1; x++)
				for (int e = first[y * columns + x]; e >= 0; e = next[e]) {
					final int k = entry[e];
					if (seen[k] == i + 1) continue;
					seen[k] = i + 1;
					final PolygonOverlap.Shape s = stayed[k];
					final double smaller = Math.min(s.area, candidate.area) + 1e-10;
					if (s.box(candidate) > threshold * smaller && overlap.area(s,
						candidate) > threshold * smaller) return true;
				}
		return false;
	}

	private void stay(final Candidates c, final int i) {
		if (count == kept.length) {
			kept = Arrays.copyOf(kept, 2 * count);
			seen = Arrays.copyOf(seen, 2 * count);
			stayed = Arrays.copyOf(stayed, 2 * count);
		}
		if (stayed[count] == null) stayed[count] = new PolygonOverlap.Shape(c.rays);
		final PolygonOverlap.Shape s = stayed[count];
		s.set(c, i);
		seen[count] = 0;
		kept[count] = i;
		for (int y = row(s.top); y <= row(s.bottom); y++)
			for (int x = column(s.left); x <= column(s.right); x++) {
				if (entries == entry.length) {
					entry = Arrays.copyOf(entry, 2 * entries);
					next = Arrays.copyOf(next, 2 * entries);
				}
				entry[entries] = count;
				next[entries] = first[y * columns + x];
				first[y * columns + x] = entries++;
			}
		count++;
	}
}
