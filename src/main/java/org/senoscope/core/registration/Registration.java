
package org.senoscope.core.registration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.senoscope.core.image.ImageInfo;

/**
 * Registers two pictures of one field by translation and rotation of at most
 * {@link #MOST_DEGREES}°: the same things bright in both, or, of X-gal, its
 * product dark: nuclei lie in holes of it. Both are reduced to contrast with
 * the surroundings relative to how much the picture varies there, so that no
 * lamp, scale bar or speck of dirt prevails.
 * <p>
 * The whole picture at a coarse scale gives angle and shift, by phase
 * correlation ({@link Correlation}) at each of a row of angles. Windows spread
 * over the picture, at finer scales down to full resolution, then each give a
 * shift to a fraction of a pixel; the rigid motion that fits them best by least
 * squares (Arun, Huang and Blostein 1987), without those that do not agree, is
 * the result, and how far they still scatter is its residual.
 */
public final class Registration {

	/** Largest rotation looked for, in degrees. */
	public static final double MOST_DEGREES = 5;

	/**
	 * Height of the peak, in standard deviations of the rest of the correlation,
	 * below which two pictures do not show the same field. Phantoms of different
	 * fields reach 4.8 to 5.6, for so many places are looked at, those of one
	 * field 13 and more.
	 */
	static final double LEAST_STANDOUT = 8;
	/** The same for a window, whose few places are looked at near by only. */
	private static final double LEAST_WINDOW_STANDOUT = 5;

	private static final double SAME_DYE_RESIDUAL_PX = 1.5;

	private static final int COARSE = 512;
	private static final int WINDOW = 256;
	private static final int MOST_WINDOWS_A_SIDE = 5;
	/** Ratio of one scale to the next finer one. */
	private static final int REFINEMENT = 4;
	/** Shift looked for in a window, in pixels of its scale. */
	private static final int REACH = 16;
	/** Blurs of what is looked at, its surroundings and its variation. */
	private static final double FINE_PX = 1.5, AROUND_PX = 12, WIDE_PX = 24;
	/** Contrast beyond this, relative to that around, counts no more. */
	private static final float STRONGEST = 2;

	/**
	 * Where the moving picture lies.
	 *
	 * @param transform where places of the fixed picture lie in the moving one
	 * @param residualPx root mean square of what the windows' own shifts differ
	 *          from the transform, in level-0 pixels; NaN where the coarse scale
	 *          alone could be used
	 * @param standout height of the coarse peak in standard deviations
	 * @param windows windows that agree
	 */
	public record Found(RigidTransform transform, double residualPx,
			double standout, int windows) {

		/** Returns whether the pictures match at all. */
		public boolean matches() {
			return standout >= LEAST_STANDOUT;
		}

		/**
		 * Returns whether two pictures of the same dye match: nuclei of different
		 * fields, much alike, reach 11 standard deviations, but then no windows
		 * agree to 3 pixels; those of one field reach 100 and more.
		 */
		public boolean matchesSameDye() {
			return standout >= 2 * LEAST_STANDOUT || matches() &&
				residualPx <= SAME_DYE_RESIDUAL_PX;
		}

		/** Returns the rotation in degrees. */
		public double angleDegrees() {
			return Math.toDegrees(transform.angle());
		}
	}

	private final RegistrationPicture fixed;
	private final RegistrationPicture moving;
	private final int width;
	private final int height;

	private Registration(final RegistrationPicture fixed,
		final RegistrationPicture moving)
	{
		this.fixed = fixed;
		this.moving = moving;
		final ImageInfo f = fixed.source().info(), m = moving.source().info();
		width = Math.max(f.width(), m.width());
		height = Math.max(f.height(), m.height());
	}

	/**
	 * Registers two pictures of like pixel size.
	 *
	 * @param fixed the picture whose places are given
	 * @param moving the picture in which they are sought
	 * @return the best match; {@link Found#matches()} says whether to believe it
	 */
	public static Found find(final RegistrationPicture fixed,
		final RegistrationPicture moving)
	{
		return new Registration(fixed, moving).find();
	}

	private Found find() {
		int factor = (Math.max(width, height) + COARSE - 1) / COARSE;
		Found found = coarse(factor);
		if (!found.matches()) return found;
		do {
			factor = Math.max(1, factor / REFINEMENT);
			found = refine(found, factor);
		}
		while (factor > 1);
		// once more from where full resolution led: windows then overlap wholly
		return refine(found, 1);
	}

	private Found coarse(final int factor) {
		final Correlation correlation = new Correlation(COARSE);
		correlation.first(contrast(fixed.read(0, 0, factor, COARSE, COARSE),
			COARSE));
		final float[] seen = contrast(moving.read(0, 0, factor, COARSE, COARSE),
			COARSE);
		final double cx = 0.5 * width / factor, cy = 0.5 * height / factor;
		double best = 0, step = 0.5;
		Correlation.Peak peak = match(correlation, seen, cx, cy, 0);
		for (double a = -MOST_DEGREES; a <= MOST_DEGREES; a += step) {
			final Correlation.Peak p = match(correlation, seen, cx, cy, a);
			if (p.standout() > peak.standout()) {
				peak = p;
				best = a;
			}
		}
		for (step /= 2; step > 0.05; step /= 2) {
			final double middle = best;
			for (final double a : new double[] { middle - step, middle + step }) {
				final Correlation.Peak p = match(correlation, seen, cx, cy, a);
				if (p.standout() > peak.standout()) {
					peak = p;
					best = a;
				}
			}
		}
		// the moving plane was turned about the centre: its places are those of
		// the fixed one plus the shift, turned
		final RigidTransform turned = RigidTransform.about(cx, cy, Math.toRadians(
			best), 0, 0);
		final double dx = factor * (turned.x(peak.dx(), peak.dy()));
		final double dy = factor * (turned.y(peak.dx(), peak.dy()));
		return new Found(new RigidTransform(turned.angle(), dx, dy), Double.NaN,
			peak.standout(), 0);
	}

	private static Correlation.Peak match(final Correlation correlation,
		final float[] seen, final double cx, final double cy, final double degrees)
	{
		return correlation.match(degrees == 0 ? seen : moved(seen, COARSE,
			RigidTransform.about(cx, cy, Math.toRadians(degrees), 0, 0)), COARSE / 4);
	}

	/** A plane in which each place holds what the plane has where it lies. */
	private static float[] moved(final float[] plane, final int side,
		final RigidTransform t)
	{
		final float[] out = new float[side * side];
		for (int y = 0; y < side; y++)
			for (int x = 0; x < side; x++)
				out[y * side + x] = (float) Bilinear.at(plane, side, side, t.x(x + 0.5,
					y + 0.5), t.y(x + 0.5, y + 0.5));
		return out;
	}

	/** What a window says: a place, where it lies, and how sure that is. */
	private record Match(double x, double y, double toX, double toY) {
	}

	private Found refine(final Found start, final int factor) {
		final int span = WINDOW * factor;
		final Correlation correlation = new Correlation(WINDOW);
		final List<Match> matches = new ArrayList<>();
		final int columns = windows(width, span), rows = windows(height, span);
		for (int r = 0; r < rows; r++)
			for (int c = 0; c < columns; c++) {
				final int x = place(c, columns, width, span), y = place(r, rows, height,
					span);
				final Match m = window(correlation, start.transform(), x, y, factor);
				if (m != null) matches.add(m);
			}
		return matches.isEmpty() ? start : fit(start, matches);
	}

	private static int windows(final int length, final int span) {
		// at least two a side where they may overlap by half, for the angle
		return Math.max(1, Math.min(MOST_WINDOWS_A_SIDE, 2 * length / span - 1));
	}

	private static int place(final int i, final int n, final int length,
		final int span)
	{
		return n == 1 ? (length - span) / 2 : (int) ((long) i * (length - span) /
			(n - 1));
	}

	private Match window(final Correlation correlation, final RigidTransform t,
		final int x, final int y, final int factor)
	{
		correlation.clear();
		addWindow(correlation, t, x, y, factor);
		final double half = WINDOW * factor / 2.0, cx = x + half, cy = y + half;
		final Correlation.Peak peak = correlation.peak(REACH);
		if (peak.standout() < LEAST_WINDOW_STANDOUT) return null;
		final double sx = cx + peak.dx() * factor, sy = cy + peak.dy() * factor;
		return new Match(cx, cy, t.x(sx, sy), t.y(sx, sy));
	}

	/** Correlates a window with what lies there. */
	private void addWindow(final Correlation correlation, final RigidTransform t,
		final int x, final int y, final int factor)
	{
		final double half = WINDOW * factor / 2.0, cx = x + half, cy = y + half;
		// read upright about where the centre lies, then turned: a margin for the
		// corners
		final int margin = WINDOW / 8, side = WINDOW + 2 * margin;
		final int mx = (int) Math.floor(t.x(cx, cy) - half) - margin * factor, my =
			(int) Math.floor(t.y(cx, cy) - half) - margin * factor;
		correlation.first(contrast(fixed.read(x, y, factor, WINDOW, WINDOW),
			WINDOW));
		final float[] around = contrast(moving.read(mx, my, factor, side, side),
			side);
		final float[] plane = new float[WINDOW * WINDOW];
		for (int row = 0; row < WINDOW; row++)
			for (int column = 0; column < WINDOW; column++) {
				final double px = x + (column + 0.5) * factor, py = y + (row + 0.5) *
					factor;
				plane[row * WINDOW + column] = (float) Bilinear.at(around, side, side,
					(t.x(px, py) - mx) / factor, (t.y(px, py) - my) / factor);
			}
		correlation.add(plane);
	}

	/** The rigid motion of least squares without windows that disagree. */
	private static Found fit(final Found start, final List<Match> matches) {
		List<Match> kept = matches;
		// more than a shift is asked of several windows only
		RigidTransform t = null;
		for (int round = 0; round < 4; round++) {
			t = kept.size() < 3 ? shift(start.transform(), kept) : rigid(kept);
			final RigidTransform now = t;
			final double[] off = matches.stream().mapToDouble(m -> off(now, m))
				.sorted().toArray();
			final double most = Math.max(1, 2.5 * off[off.length / 2]);
			final List<Match> next = matches.stream().filter(m -> off(now, m) <= most)
				.toList();
			if (next.size() == kept.size() || next.isEmpty()) break;
			kept = next;
		}
		final RigidTransform last = t;
		final double residual = Math.sqrt(kept.stream().mapToDouble(m -> {
			final double d = off(last, m);
			return d * d;
		}).average().orElse(Double.NaN));
		return new Found(t, residual, start.standout(), kept.size());
	}

	private static double off(final RigidTransform t, final Match m) {
		return Math.hypot(t.x(m.x, m.y) - m.toX, t.y(m.x, m.y) - m.toY);
	}

	private static RigidTransform shift(final RigidTransform t,
		final List<Match> matches)
	{
		final Match m = matches.stream().min(Comparator.comparingDouble(k -> off(t,
			k))).orElseThrow();
		return new RigidTransform(t.angle(), t.dx() + m.toX - t.x(m.x, m.y), t
			.dy() + m.toY - t.y(m.x, m.y));
	}

	private static RigidTransform rigid(final List<Match> matches) {
		final double n = matches.size();
		double ax = 0, ay = 0, bx = 0, by = 0;
		for (final Match m : matches) {
			ax += m.x / n;
			ay += m.y / n;
			bx += m.toX / n;
			by += m.toY / n;
		}
		double along = 0, across = 0;
		for (final Match m : matches) {
			final double px = m.x - ax, py = m.y - ay, qx = m.toX - bx, qy = m.toY -
				by;
			along += px * qx + py * qy;
			across += px * qy - py * qx;
		}
		return RigidTransform.about(ax, ay, Math.atan2(across, along), bx - ax, by -
			ay);
	}

	/**
	 * What is brighter or darker than its surroundings, relative to how much the
	 * picture varies there; 0 outside the picture (NaN) and at its border.
	 */
	private static float[] contrast(final float[] plane, final int side) {
		final float[] fine = plane.clone(), inside = new float[plane.length];
		double sum = 0;
		int n = 0;
		for (int i = 0; i < plane.length; i++)
			if (!Float.isNaN(plane[i])) {
				inside[i] = 1;
				sum += plane[i];
				n++;
			}
		for (int i = 0; i < plane.length; i++)
			if (inside[i] == 0) fine[i] = (float) (sum / n);
		final float[] around = fine.clone(), power = new float[plane.length];
		Bilinear.blur(fine, side, FINE_PX);
		Bilinear.blur(around, side, AROUND_PX);
		Bilinear.blur(inside, side, FINE_PX);
		double all = 0;
		for (int i = 0; i < fine.length; i++) {
			fine[i] = inside[i] < 0.999f ? 0 : fine[i] - around[i];
			all += power[i] = fine[i] * fine[i];
		}
		if (!(all > 0)) return new float[plane.length];
		Bilinear.blur(power, side, WIDE_PX);
		for (int i = 0; i < fine.length; i++)
			fine[i] = Math.max(-STRONGEST, Math.min(STRONGEST, fine[i] / (float) Math
				.sqrt(0.5 * power[i] + 0.5 * all / n)));
		return fine;
	}
}
