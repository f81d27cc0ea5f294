
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.senoscope.core.image.Region;

/**
 * Chooses the fields from which stains, scale and thresholds of a slide are
 * found: spread over what is analysed, always the same ones.
 */
final class SampleFields {

	/** Side of a field in level-0 pixels. */
	private static final int SIDE = 512;

	/** Fields of a slide. */
	private static final int MOST = 9;

	/** A picture up to this many pixels is taken whole. */
	private static final long WHOLE = 1600L * 1600;

	private SampleFields() {}

	static List<Region> choose(final AnalysedArea area, final Region bounds) {
		final Region region = area.region().intersect(bounds);
		if (region.size() <= WHOLE) return List.of(region);
		record Field(Region region, long analysed) {
		}
		final List<Field> fields = new ArrayList<>();
		for (int y = region.y(); y < region.bottom(); y += SIDE)
			for (int x = region.x(); x < region.right(); x += SIDE) {
				final Region r = new Region(x, y, SIDE, SIDE).intersect(region);
				final long n = area.count(r);
				if (n > 0) fields.add(new Field(r, n));
			}
		// the fullest half, so that fields hold tissue rather than its edge; then
		// evenly over the slide
		final List<Field> fullest = new ArrayList<>(fields);
		fullest.sort(Comparator.comparingLong(f -> -f.analysed()));
		final long enough = fullest.isEmpty() ? 0 : fullest.get((fullest.size() -
			1) / 2).analysed();
		fields.removeIf(f -> f.analysed() < enough);
		final List<Region> chosen = new ArrayList<>();
		final int n = Math.min(MOST, fields.size());
		for (int i = 0; i < n; i++)
			chosen.add(fields.get((int) ((i + 0.5) * fields.size() / n)).region());
		return chosen;
	}
}
