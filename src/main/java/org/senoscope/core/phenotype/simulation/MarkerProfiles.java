
package org.senoscope.core.phenotype.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.senoscope.core.evidence.Axis;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.evidence.Marker;
import org.senoscope.core.evidence.MarkerState;
import org.senoscope.core.evidence.Role;

/**
 * How the intensity of each marker differs between states of a cell, as the
 * evidence definition has it: a role gives the direction, its weight how far
 * and how often. Distances are in standard deviations of the logarithm of the
 * intensity among cells of one state, a spread of real stains
 * ({@link CellSimulation#LOG_SD}).
 */
public final class MarkerProfiles {

	/** The states, in the order of all arrays here. */
	public static final List<String> STATES = List.of("senescent", "dormant",
		"csc", "proliferating");

	/** Shift of a marker of weight 1, well apart though overlapping. */
	private static final double SHIFT_OF_WEIGHT_1 = 3;

	/**
	 * What is left of a downward shift where cells of no state lack the marker
	 * anyway: a resting cell is as Ki-67-negative as an arrested one, nearly.
	 */
	private static final double SHIFT_BELOW_NONE = 0.2;

	/**
	 * One thing that a marker says.
	 *
	 * @param axis position of the axis in {@link #axes()}
	 * @param shift by how much the marker moves where the axis shows
	 * @param prevalence share of the cells with the axis in which it does
	 */
	record Effect(int axis, double shift, double prevalence) {
	}

	/**
	 * A marker.
	 *
	 * @param id its id
	 * @param constitutive whether cells of no state have it
	 * @param gate distance from cells without the marker's effect at which it is
	 *          gated
	 * @param effects what it says
	 */
	record Profile(String id, boolean constitutive, double gate,
			List<Effect> effects) {
	}

	/**
	 * An axis.
	 *
	 * @param id its id
	 * @param states for each of {@link #STATES} whether it speaks for it
	 * @param shown share of the cells of such a state that show it
	 */
	record SimulatedAxis(String id, boolean[] states, double shown) {
	}

	private final List<SimulatedAxis> axes;
	private final List<Profile> profiles;

	private MarkerProfiles(final List<SimulatedAxis> axes,
		final List<Profile> profiles)
	{
		this.axes = List.copyOf(axes);
		this.profiles = List.copyOf(profiles);
	}

	/**
	 * Returns the profiles of all markers that a definition gives weight on an
	 * axis of one of the states.
	 */
	public static MarkerProfiles of(final EvidenceDefinition definition) {
		final List<SimulatedAxis> axes = new ArrayList<>();
		final Map<String, Integer> places = new HashMap<>();
		for (final Axis axis : definition.axes()) {
			if (axis.kind() != Axis.Kind.EVIDENCE) continue;
			final boolean[] states = new boolean[STATES.size()];
			for (int s = 0; s < states.length; s++)
				states[s] = axis.states().contains(STATES.get(s));
			places.put(axis.id(), axes.size());
			// what says nothing by its absence is often absent, as is what supports
			axes.add(new SimulatedAxis(axis.id(), states, axis.absenceSaysNothing() ||
				axis.supportsOnly() ? 0.55 : 0.88));
		}
		final List<Profile> profiles = new ArrayList<>();
		for (final Marker marker : definition.markers()) {
			final List<Effect> effects = new ArrayList<>();
			boolean up = false;
			double largest = 0;
			for (final Role role : marker.roles()) {
				if (role.weight() <= 0 || !places.containsKey(role.axis())) continue;
				final double shift = SHIFT_OF_WEIGHT_1 * Math.sqrt(Math.min(1, role
					.weight()));
				final boolean positive = role.when() == MarkerState.POSITIVE;
				effects.add(new Effect(places.get(role.axis()), positive ? shift
					: -shift, 0.55 + 0.35 * Math.min(1, role.weight())));
				up |= positive;
				largest = Math.max(largest, shift);
			}
			if (up) effects.replaceAll(e -> e.shift() > 0 ? e : new Effect(e.axis(), e
				.shift() * SHIFT_BELOW_NONE, e.prevalence()));
			if (!effects.isEmpty()) profiles.add(new Profile(marker.id(), !up, up
				? largest / 2 : -largest / 2, effects));
		}
		return new MarkerProfiles(axes, profiles);
	}

	/**
	 * Returns other profiles: every weight is multiplied by a random factor, and
	 * some directions are reversed. A model trained on the profiles as they are
	 * is tested on these, since a test on its own profiles would be circular.
	 *
	 * @param logSd standard deviation of the logarithm of the factors
	 * @param reversedShare share of the roles whose direction is reversed
	 * @param seed the same seed gives the same profiles
	 */
	public MarkerProfiles perturbed(final double logSd,
		final double reversedShare, final long seed)
	{
		final SplittableRandom random = new SplittableRandom(seed);
		final List<Profile> changed = new ArrayList<>();
		for (final Profile profile : profiles)
			changed.add(new Profile(profile.id(), profile.constitutive(), profile
				.gate(), profile.effects().stream().map(e -> new Effect(e.axis(), e
					.shift() * Math.exp(logSd * random.nextGaussian()) * (random
						.nextDouble() < reversedShare ? -1 : 1), Math.min(0.97, e
							.prevalence() * Math.exp(logSd / 2 * random.nextGaussian()))))
					.toList()));
		return new MarkerProfiles(axes, changed);
	}

	/** Returns the ids of the markers. */
	public List<String> markers() {
		return profiles.stream().map(Profile::id).toList();
	}

	/** Returns the ids of the axes. */
	public List<String> axes() {
		return axes.stream().map(SimulatedAxis::id).toList();
	}

	/** Returns the markers that speak on an axis. */
	public List<String> markersOf(final String axis) {
		final int place = axes().indexOf(axis);
		return profiles.stream().filter(p -> p.effects().stream().anyMatch(e -> e
			.axis() == place)).map(Profile::id).toList();
	}

	List<Profile> profiles() {
		return profiles;
	}

	List<SimulatedAxis> simulatedAxes() {
		return axes;
	}
}
