
package org.senoscope.core.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.gate.ControlSample;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.gate.GateReadings;
import org.senoscope.core.protocol.ControlRole;

/**
 * What the controls of a run read: samples for the gates, the floor of the
 * blank, and what a reader should know of each.
 */
final class ControlReadings {

	/** Percentile of a blank above which something is above background. */
	static final double FLOOR = 0.95;

	/** Share of a pH 7 control above the gate from which it is a warning. */
	private static final double MOST_NEUTRAL = 0.1;

	/** Share of a positive or pH 4 control above the gate that is expected. */
	private static final double LEAST_STAINED = 0.5;

	/** Ratio of nuclear areas beyond which a blank does not match. */
	private static final double UNLIKE = 1.25;

	/** One control picture. */
	record Measured(ControlRole role, String name, ControlCells cells,
			double areaPercent, List<String> warnings) {
	}

	private final List<Measured> measured;

	ControlReadings(final List<Measured> measured) {
		this.measured = List.copyOf(measured);
	}

	boolean isEmpty() {
		return measured.isEmpty();
	}

	boolean has(final ControlRole role) {
		return measured.stream().anyMatch(m -> m.role == role);
	}

	/** Returns what a gate of a marker can be taken from. */
	GateReadings readings(final MarkerAnalyzer marker, final Histogram cells) {
		final Map<ControlRole, ControlSample> samples = new EnumMap<>(
			ControlRole.class);
		for (final ControlRole role : ControlRole.values())
			if (has(role)) samples.put(role, sample(role, marker));
		return new GateReadings(cells, samples);
	}

	/** The cells of all pictures of a role that have a reading. */
	private ControlSample sample(final ControlRole role,
		final MarkerAnalyzer marker)
	{
		return sample(measured.stream().filter(m -> m.role == role).toList(),
			marker);
	}

	private static ControlSample sample(final List<Measured> pictures,
		final MarkerAnalyzer marker)
	{
		final List<String> names = new ArrayList<>();
		float[] values = new float[0];
		int[] places = new int[0];
		final Map<List<Object>, Integer> numbers = new HashMap<>();
		for (final Measured m : pictures) {
			names.add(m.name);
			final float[] read = m.cells.readings(marker);
			final long[] squares = m.cells.squares();
			int n = values.length;
			values = Arrays.copyOf(values, n + read.length);
			places = Arrays.copyOf(places, n + read.length);
			for (int i = 0; i < read.length; i++) {
				if (Float.isNaN(read[i])) continue;
				values[n] = read[i];
				places[n++] = numbers.computeIfAbsent(List.of(m.name, squares[i]),
					k -> numbers.size());
			}
			values = Arrays.copyOf(values, n);
			places = Arrays.copyOf(places, n);
		}
		return new ControlSample(String.join(", ", names), values, places);
	}

	/**
	 * Returns the optical floor of a marker: the 95th percentile of the blanks;
	 * NaN without.
	 */
	double floor(final MarkerAnalyzer marker) {
		return has(ControlRole.BLANK) ? sample(ControlRole.BLANK, marker).quantile(
			FLOOR) : Double.NaN;
	}

	/**
	 * Gives a classifier what it anchors the slide by: its blanks and negative
	 * controls.
	 */
	void addTo(final CellFinisher finisher, final CellLayout slide) {
		for (final Measured m : measured)
			if (m.role == ControlRole.BLANK || m.role == ControlRole.NEGATIVE)
				finisher.addToAnchors(m.cells.sample(slide), m.role);
	}

	/** Returns what summary and report say of the controls. */
	List<Object> summary(final List<MarkerAnalyzer> markers, final Gate[] gates) {
		final List<Object> all = new ArrayList<>();
		for (final Measured m : measured) {
			final Map<String, Object> one = new LinkedHashMap<>();
			one.put("role", m.role.name().toLowerCase(Locale.ROOT));
			one.put("image", m.name);
			one.put("cells", (long) m.cells.cells());
			one.put("nucleus_area_mean_um2", mean(m.cells.areas()));
			one.put("area_percent", m.areaPercent);
			final Map<String, Object> byMarker = new LinkedHashMap<>();
			for (int k = 0; k < gates.length; k++) {
				final MarkerAnalyzer marker = markers.get(k);
				final ControlSample read = sample(List.of(m), marker);
				final Map<String, Object> values = new LinkedHashMap<>();
				values.put("median", read.quantile(0.5));
				values.put("above_gate_percent", 100 * read.shareAbove(gates[k]
					.value()));
				byMarker.put(marker.id(), values);
			}
			one.put("markers", byMarker);
			all.add(one);
		}
		return all;
	}

	/**
	 * Adds what a reader should know of the controls.
	 *
	 * @param areaUm2 mean area on the slide
	 * @param what of what: nuclei, or cells where no nuclei are seen
	 */
	void warn(final List<MarkerAnalyzer> markers, final Gate[] gates,
		final double areaUm2, final String what, final List<String> warnings)
	{
		for (final Measured m : measured) {
			final String who = "Control " + m.name + " (" + m.role.name().toLowerCase(
				Locale.ROOT) + "): ";
			m.warnings.forEach(w -> warnings.add(who + w));
			if (m.cells.cells() == 0) {
				warnings.add(who +
					"no cell was measured in it; it sets no gate and proves nothing.");
				continue;
			}
			final double ratio = mean(m.cells.areas()) / areaUm2;
			if (m.role == ControlRole.BLANK && (ratio > UNLIKE || ratio < 1 / UNLIKE))
				warnings.add(String.format(Locale.ROOT,
					"%sits %s have %.0f %% of the area of this slide's: a blank must match in treatment, for larger cells are darker without any stain.",
					who, what, 100 * ratio));
			for (int k = 0; k < gates.length; k++) {
				final MarkerAnalyzer marker = markers.get(k);
				final double above = sample(List.of(m), marker).shareAbove(gates[k]
					.value());
				final String figure = String.format(Locale.ROOT,
					"%s%.1f %% of its cells are above the gate of %s", who, 100 * above,
					marker.label());
				if (m.role == ControlRole.PH7 && above > MOST_NEUTRAL) warnings.add(
					figure +
						": enzyme that works at neutral pH (bacteria, lysosomal leak) may stain the slide as well.");
				if ((m.role == ControlRole.POSITIVE || m.role == ControlRole.PH4) &&
					above < LEAST_STAINED) warnings.add(figure +
						": the staining may not have worked, and negative cells prove nothing.");
				if (m.role == ControlRole.BLANK && above > MOST_NEUTRAL) warnings.add(
					figure +
						": the gate lies inside the background; raise it or take a negative control.");
			}
		}
	}

	private static double mean(final float[] values) {
		double sum = 0;
		for (final float v : values)
			sum += v;
		return sum / values.length;
	}
}
