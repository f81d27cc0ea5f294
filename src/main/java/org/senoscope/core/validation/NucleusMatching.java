
package org.senoscope.core.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;
import org.locationtech.jts.index.strtree.STRtree;

/**
 * Finds which predicted nucleus is which reference nucleus. Two outlines may be
 * the same if they overlap enough, a point and an outline if the outline holds
 * the point, two points if they are near enough. Pairs are taken from the best
 * down (largest overlap, least distance of the centres), each nucleus once.
 */
public final class NucleusMatching {

	/**
	 * A nucleus.
	 *
	 * @param geometry outline or point in level-0 pixels
	 * @param kind its class ("positive"), empty if it has none
	 */
	public record Nucleus(Geometry geometry, String kind) {

		private boolean isPoint() {
			return geometry instanceof Point;
		}
	}

	/** Predicted and reference nucleus by their numbers. */
	public record Pair(int predicted, int reference) {
	}

	private record Rated(Pair pair, double worth) {
	}

	private NucleusMatching() {}

	/**
	 * Matches.
	 *
	 * @param predicted predicted nuclei
	 * @param reference reference nuclei
	 * @param iou least intersection over union of two outlines
	 * @param distancePx largest distance of two points
	 * @return the pairs, the best first
	 */
	public static List<Pair> match(final List<Nucleus> predicted,
		final List<Nucleus> reference, final double iou, final double distancePx)
	{
		final STRtree tree = new STRtree();
		for (int r = 0; r < reference.size(); r++)
			tree.insert(reference.get(r).geometry().getEnvelopeInternal(), r);
		final List<Rated> rated = new ArrayList<>();
		for (int p = 0; p < predicted.size(); p++) {
			final Nucleus one = predicted.get(p);
			final Envelope around = new Envelope(one.geometry()
				.getEnvelopeInternal());
			if (one.isPoint()) around.expandBy(distancePx);
			for (final Object found : tree.query(around)) {
				final int r = (Integer) found;
				final double worth = worth(one, reference.get(r), iou, distancePx);
				if (!Double.isNaN(worth)) rated.add(new Rated(new Pair(p, r), worth));
			}
		}
		rated.sort(Comparator.comparingDouble((final Rated x) -> -x.worth())
			.thenComparingInt(x -> x.pair().predicted()).thenComparingInt(x -> x
				.pair().reference()));
		final boolean[] usedPredicted = new boolean[predicted.size()];
		final boolean[] usedReference = new boolean[reference.size()];
		final List<Pair> pairs = new ArrayList<>();
		for (final Rated x : rated) {
			if (usedPredicted[x.pair().predicted()] || usedReference[x.pair()
				.reference()]) continue;
			usedPredicted[x.pair().predicted()] = true;
			usedReference[x.pair().reference()] = true;
			pairs.add(x.pair());
		}
		return pairs;
	}

	/** The higher the better; NaN: not the same nucleus. */
	private static double worth(final Nucleus a, final Nucleus b,
		final double iou, final double distancePx)
	{
		if (!a.isPoint() && !b.isPoint()) {
			final double common = a.geometry().intersection(b.geometry()).getArea();
			final double share = common / (a.geometry().getArea() + b.geometry()
				.getArea() - common);
			return share >= iou ? share : Double.NaN;
		}
		final double distance = a.geometry().getCentroid().distance(b.geometry()
			.getCentroid());
		final boolean same = a.isPoint() && b.isPoint() ? distance <= distancePx : a
			.geometry().intersects(b.geometry());
		return same ? -distance : Double.NaN;
	}
}
