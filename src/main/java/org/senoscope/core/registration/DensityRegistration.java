
package org.senoscope.core.registration;

/**
 * Registers two sections of one block by where cells lie densely, for the cells
 * themselves are others: shift and any rotation, no reflection, no bending.
 * <p>
 * Maps of cell density are matched by phase correlation ({@link Correlation})
 * at every few degrees; the best by the correlation of the densities (Pearson,
 * over what both pictures show) is then improved step by step. All lengths are
 * µm.
 */
public final class DensityRegistration {

	/** Correlation of densities in tissue below which sections do not match. */
	public static final double LEAST_CORRELATION = 0.5;
	/** Tissue of both over tissue of either, below which they do not match. */
	public static final double LEAST_TISSUE = 0.6;

	private static final int SIDE = 256;
	private static final double STEP_DEGREES = 3;
	private static final double FINEST_UM = 20;
	/** Share of the smaller section's tissue that must lie on the other's. */
	private static final double LEAST_OVERLAP = 0.5;

	/** A section: its cells and its picture, from 0, 0. */
	public record Section(double[] x, double[] y, double widthUm,
			double heightUm) {
	}

	/**
	 * How the sections lie.
	 *
	 * @param transform where places of the first section lie in the second, µm
	 * @param correlation of their cell densities over what both show
	 * @param inTissue the same within the tissue of both, where outlines say
	 *          nothing
	 * @param tissueShared tissue of both over tissue of either
	 */
	public record Found(RigidTransform transform, double correlation,
			double inTissue, double tissueShared) {

		/** Returns whether to believe it. */
		public boolean matches() {
			return inTissue >= LEAST_CORRELATION && tissueShared >= LEAST_TISSUE;
		}
	}

	private final Section first;
	private final Section second;
	private final double pixelUm;
	private final float[] a;
	private final float[] b;
	/** Density from which a place is tissue, and how many pixels are. */
	private final double tissueA, tissueB;
	private final long pixelsA, pixelsB;

	private DensityRegistration(final Section first, final Section second) {
		this.first = first;
		this.second = second;
		final double longest = Math.max(Math.hypot(first.widthUm, first.heightUm),
			Math.hypot(second.widthUm, second.heightUm));
		// turned about its centre each fits into the plane
		pixelUm = Math.max(FINEST_UM, longest / (SIDE - 16));
		a = density(first, 0);
		b = density(second, 0);
		tissueA = tissue(a);
		tissueB = tissue(b);
		pixelsA = count(a, tissueA);
		pixelsB = count(b, tissueB);
	}

	/** Finds how two sections lie to each other. */
	public static Found find(final Section first, final Section second) {
		return new DensityRegistration(first, second).find();
	}

	private Found find() {
		final Correlation correlation = new Correlation(SIDE);
		correlation.first(a);
		final int n = (int) (360 / STEP_DEGREES);
		RigidTransform best = null;
		double highest = 0;
		for (int k = 0; k < n; k++) {
			final double angle = Math.toRadians(k * STEP_DEGREES);
			final Correlation.Peak peak = correlation.match(density(second, -angle),
				SIDE / 3);
			// the second section was turned back about its centre
			final RigidTransform turn = new RigidTransform(angle, 0, 0);
			final double mx = pixelUm * peak.dx() - 0.5 * first.widthUm, my =
				pixelUm * peak.dy() - 0.5 * first.heightUm;
			final RigidTransform t = new RigidTransform(angle, 0.5 * second.widthUm +
				turn.x(mx, my), 0.5 * second.heightUm + turn.y(mx, my));
			final double score = score(t);
			if (best == null || score > highest) {
				highest = score;
				best = t;
			}
		}
		best = improve(best);
		final double[] said = compare(best);
		return new Found(best, said[0], said[1], said[2]);
	}

	/** Steps in angle and shift, halved when none is better. */
	private RigidTransform improve(final RigidTransform start) {
		RigidTransform best = start;
		double score = score(best), degrees = STEP_DEGREES / 2, um = 2 * pixelUm;
		final double cx = 0.5 * first.widthUm, cy = 0.5 * first.heightUm;
		while (um > pixelUm / 16) {
			boolean better = false;
			for (final double[] s : new double[][] { { degrees, 0, 0 }, { -degrees, 0,
				0 }, { 0, um, 0 }, { 0, -um, 0 }, { 0, 0, um }, { 0, 0, -um } })
			{
				// turned about the middle of the first section
				final double angle = best.angle() + Math.toRadians(s[0]);
				final RigidTransform turn = new RigidTransform(angle, 0, 0);
				final RigidTransform t = new RigidTransform(angle, best.x(cx, cy) +
					s[1] - turn.x(cx, cy), best.y(cx, cy) + s[2] - turn.y(cx, cy));
				final double now = score(t);
				if (now > score) {
					score = now;
					best = t;
					better = true;
				}
			}
			if (!better) {
				degrees /= 2;
				um /= 2;
			}
		}
		return best;
	}

	/**
	 * Correlation of the densities over what both pictures show; -1: too little.
	 */
	private double score(final RigidTransform t) {
		return compare(t)[0];
	}

	/**
	 * Compares the densities over what both pictures show: their correlation,
	 * that within tissue of both, and the tissue of both over that of either.
	 */
	private double[] compare(final RigidTransform t) {
		final Sums all = new Sums(), inner = new Sums();
		double either = 0;
		for (int y = 0; y < SIDE; y++)
			for (int x = 0; x < SIDE; x++) {
				final double ux = (x + 0.5 - SIDE / 2) * pixelUm + 0.5 * first.widthUm,
						uy = (y + 0.5 - SIDE / 2) * pixelUm + 0.5 * first.heightUm;
				if (ux < 0 || uy < 0 || ux > first.widthUm || uy > first.heightUm)
					continue;
				final double vx = t.x(ux, uy), vy = t.y(ux, uy);
				if (vx < 0 || vy < 0 || vx > second.widthUm || vy > second.heightUm)
					continue;
				final double p = a[y * SIDE + x], q = Bilinear.at(b, SIDE, SIDE, (vx -
					0.5 * second.widthUm) / pixelUm + SIDE / 2, (vy - 0.5 *
						second.heightUm) / pixelUm + SIDE / 2);
				all.add(p, q);
				if (p > tissueA && q > tissueB) inner.add(p, q);
				if (p > tissueA || q > tissueB) either++;
			}
		return new double[] { inner.n < LEAST_OVERLAP * Math.min(pixelsA, pixelsB)
			? -1 : all.correlation(), inner.correlation(), inner.n / either };
	}

	/** Sums for a correlation (Pearson). */
	private static final class Sums {

		private double n, a, b, aa, bb, ab;

		void add(final double p, final double q) {
			n++;
			a += p;
			b += q;
			aa += p * p;
			bb += q * q;
			ab += p * q;
		}

		double correlation() {
			final double va = aa - a * a / n, vb = bb - b * b / n;
			return va > 0 && vb > 0 ? (ab - a * b / n) / Math.sqrt(va * vb) : -1;
		}
	}

	/**
	 * Root of the cell density, so that dense places do not prevail, of a section
	 * turned about its centre, which lies in the middle of the plane.
	 */
	private float[] density(final Section s, final double angle) {
		final float[] plane = new float[SIDE * SIDE];
		final double cos = Math.cos(angle), sin = Math.sin(angle);
		for (int i = 0; i < s.x.length; i++) {
			final double dx = s.x[i] - 0.5 * s.widthUm, dy = s.y[i] - 0.5 *
				s.heightUm;
			final int x = (int) Math.floor((cos * dx - sin * dy) / pixelUm + SIDE /
				2), y = (int) Math.floor((sin * dx + cos * dy) / pixelUm + SIDE / 2);
			if (x >= 0 && y >= 0 && x < SIDE && y < SIDE) plane[y * SIDE + x]++;
		}
		Bilinear.blur(plane, SIDE, 1.5);
		for (int i = 0; i < plane.length; i++)
			plane[i] = (float) Math.sqrt(Math.max(0, plane[i]));
		return plane;
	}

	/** Density from which a place is tissue: a third of the median of cells'. */
	private static double tissue(final float[] plane) {
		double sum = 0, squares = 0;
		for (final float v : plane) {
			sum += v;
			squares += v * v;
		}
		return sum == 0 ? 0 : squares / sum / 3;
	}

	private static long count(final float[] plane, final double from) {
		long n = 0;
		for (final float v : plane)
			if (v > from) n++;
		return n;
	}
}
