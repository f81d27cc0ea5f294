
package org.senoscope.core.phenotype.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.senoscope.core.cell.Lineage;
import org.senoscope.core.phenotype.CellFeatures;
import org.senoscope.core.phenotype.simulation.MarkerProfiles.Effect;
import org.senoscope.core.phenotype.simulation.MarkerProfiles.Profile;
import org.senoscope.core.protocol.ControlRole;

/**
 * Draws cells. A cell has a state or several, more or less deeply (intensities
 * of senescent and of quiescent cells grow with the time since they left the
 * cycle, Ashraf, Nat Commun 2023); it shows most axes of its state, and on each
 * most markers; intensities are log-normal, scaled by the gain of the marker on
 * the slide, over an offset, with noise of the camera.
 */
public final class CellSimulation {

	/** Standard deviation of the logarithm of intensities in one state. */
	public static final double LOG_SD = 0.45;

	/** Share of the senescent cells that still show Ki-67, which decays. */
	private static final double LATE_KI67 = 0.06;

	/** Mixes of states: bits in the order of the states, treated, untreated. */
	// @formatter:off
	private static final double[][] MIXES = {
		{ 0b0000, 0.22, 0.36 }, // resting between two divisions
		{ 0b1000, 0.24, 0.50 }, // proliferating
		{ 0b0001, 0.17, 0.02 }, // senescent
		{ 0b0101, 0.06, 0.00 }, // senescent, stem-like
		{ 0b0010, 0.12, 0.02 }, // dormant
		{ 0b0110, 0.06, 0.00 }, // dormant, stem-like
		{ 0b1100, 0.08, 0.06 }, // stem-like, proliferating
		{ 0b0100, 0.05, 0.04 }, // stem-like, resting
	};
	// @formatter:on

	private final MarkerProfiles profiles;
	private final SimulationSettings settings;
	private final SplittableRandom random;

	private CellSimulation(final MarkerProfiles profiles,
		final SimulationSettings settings)
	{
		this.profiles = profiles;
		this.settings = settings;
		random = new SplittableRandom(settings.seed());
	}

	/** Draws cells; every marker of the profiles is a feature. */
	public static SimulatedCells run(final MarkerProfiles profiles,
		final SimulationSettings settings)
	{
		return new CellSimulation(profiles, settings).run();
	}

	private SimulatedCells run() {
		final int markers = profiles.profiles().size();
		final int cells = settings.slides() * settings.cellsPerSlide();
		final float[] values = new float[cells * markers];
		final float[] gates = new float[cells * markers];
		final boolean[] truth = new boolean[cells * MarkerProfiles.STATES.size()];
		final String[] labels = new String[cells], slides = new String[cells];
		final ControlRole[] controls = new ControlRole[cells];
		final Lineage[] lineages = new Lineage[cells];
		for (int slide = 0, cell = 0; slide < settings.slides(); slide++) {
			final boolean[] measured = panel();
			final double[] gains = new double[markers], offsets = new double[markers];
			for (int m = 0; m < markers; m++) {
				final double level = 100 * Math.pow(2, 3 * jitter(m));
				gains[m] = level * Math.pow(settings.fold(), 2 * random.nextDouble() -
					1);
				offsets[m] = level * (0.05 + 0.2 * random.nextDouble());
			}
			// slides differ in their mix, too
			final double[] mix = mix(1), untreated = mix(2);
			final boolean controlled = random.nextDouble() < settings
				.controlledSlides();
			for (int i = 0; i < settings.cellsPerSlide(); i++, cell++) {
				final boolean control = controlled && i < settings.controlShare() *
					settings.cellsPerSlide();
				slides[cell] = "slide" + (slide + 1);
				controls[cell] = control ? ControlRole.NEGATIVE : null;
				lineages[cell] = random.nextDouble() >= settings.otherLineageShare()
					? Lineage.TUMOUR : random.nextBoolean() ? Lineage.STROMA
						: Lineage.IMMUNE;
				final int states = lineages[cell] == Lineage.TUMOUR ? draw(control
					? untreated : mix) : 0;
				labels[cell] = label(states, truth, cell);
				readings(states, measured, gains, offsets, values, gates, cell *
					markers);
			}
		}
		return new SimulatedCells(new CellFeatures(profiles.markers(), values,
			labels, slides, slides, controls), truth, lineages, gates);
	}

	/** A level of each marker that is the same on all slides. */
	private double jitter(final int marker) {
		return new SplittableRandom(0x5e5c0L + marker).nextDouble();
	}

	private boolean[] panel() {
		final List<String> names = profiles.markers();
		final boolean[] measured = new boolean[names.size()];
		if (!settings.panel().isEmpty()) {
			for (final String name : settings.panel())
				measured[names.indexOf(name)] = true;
			return measured;
		}
		if (random.nextDouble() < settings.complete()) {
			Arrays.fill(measured, true);
			return measured;
		}
		final List<String> axes = new ArrayList<>(profiles.axes());
		final int wanted = 1 + random.nextInt(axes.size());
		while (axes.size() > wanted)
			axes.remove(random.nextInt(axes.size()));
		for (final String axis : axes) {
			final List<String> of = profiles.markersOf(axis);
			for (int n = 1 + random.nextInt(3); n > 0; n--)
				measured[names.indexOf(of.get(random.nextInt(of.size())))] = true;
		}
		return measured;
	}

	private double[] mix(final int column) {
		final double[] mix = Arrays.stream(MIXES).mapToDouble(m -> m[column] * Math
			.exp(0.4 * random.nextGaussian())).toArray();
		final double sum = Arrays.stream(mix).sum();
		return Arrays.stream(mix).map(m -> m / sum).toArray();
	}

	private int draw(final double[] mix) {
		double u = random.nextDouble();
		for (int i = 0; i < mix.length; i++)
			if ((u -= mix[i]) < 0) return (int) MIXES[i][0];
		return (int) MIXES[0][0];
	}

	private static String label(final int states, final boolean[] truth,
		final int cell)
	{
		final StringBuilder label = new StringBuilder();
		for (int s = 0; s < MarkerProfiles.STATES.size(); s++) {
			if ((states >> s & 1) == 0) continue;
			truth[cell * MarkerProfiles.STATES.size() + s] = true;
			label.append(label.isEmpty() ? "" : ";").append(MarkerProfiles.STATES.get(
				s));
		}
		return label.isEmpty() ? "none" : label.toString();
	}

	private void readings(final int states, final boolean[] measured,
		final double[] gains, final double[] offsets, final float[] values,
		final float[] gates, final int at)
	{
		final List<MarkerProfiles.SimulatedAxis> axes = profiles.simulatedAxes();
		final double[] shown = new double[axes.size()];
		final double[] depth = IntStream.range(0, MarkerProfiles.STATES.size())
			.mapToDouble(s -> (states >> s & 1) == 0 ? 0 : 0.55 + 0.6 * random
				.nextDouble()).toArray();
		for (int a = 0; a < shown.length; a++)
			for (int s = 0; s < depth.length; s++)
				if (axes.get(a).states()[s] && depth[s] > 0 && random
					.nextDouble() < axes.get(a).shown()) shown[a] = Math.max(shown[a],
						depth[s]);
		if (depth[0] > 0 && random.nextDouble() < LATE_KI67) shown[profiles.axes()
			.indexOf("cycling")] = 0.5;
		for (int m = 0; m < measured.length; m++) {
			final Profile profile = profiles.profiles().get(m);
			double z = random.nextGaussian();
			for (final Effect effect : profile.effects())
				if (shown[effect.axis()] > 0 && random.nextDouble() < effect
					.prevalence()) z += effect.shift() * shown[effect.axis()];
			final double noise = random.nextGaussian(), lost = random.nextDouble();
			final double level = gains[m] / Math.exp(LOG_SD * 0.5);
			values[at + m] = !measured[m] || lost < settings.missing() ? Float.NaN
				: (float) Math.max(0, level * Math.exp(LOG_SD * z) + offsets[m] + 0.04 *
					level * noise);
			gates[at + m] = (float) (level * Math.exp(LOG_SD * profile.gate()) +
				offsets[m]);
		}
	}
}
