
package org.senoscope.core.assay.costain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.senoscope.core.cell.Compartment;
import org.senoscope.core.cell.CompartmentReadings;
import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.protocol.Nearest;
import org.senoscope.core.protocol.ProtocolKey;

/**
 * One marker of a panel, as {@link PanelSettings#markers()} says it.
 *
 * @param name the marker as it was written
 * @param channel the channel that was named for it, empty where none was
 * @param compartments where it is read, the first decides; empty: where the
 *          evidence definition reads it
 * @param statistic what decides, an index of {@link CompartmentReadings}
 * @param background what is taken off, null: as for all
 * @param gating where its gate comes from, null: as for all
 * @param gate gate that was written, NaN where none was
 */
public record PanelMarker(String name, String channel,
		List<Compartment> compartments, int statistic, BackgroundMethod background,
		GateMethod gating, double gate) {

	private static final List<String> READINGS = List.of("mean", "integrated",
		"p05", "granularity");

	/** Copies the list. */
	public PanelMarker {
		compartments = List.copyOf(compartments);
	}

	/** Returns a marker of which nothing is said. */
	static PanelMarker of(final String name, final String channel) {
		return new PanelMarker(name, channel, List.of(), CompartmentReadings.MEAN,
			null, null, Double.NaN);
	}

	/** Returns the word of the reading that decides, as in column names. */
	String reading() {
		return READINGS.get(statistic);
	}

	/**
	 * Reads the markers of a panel.
	 *
	 * @throws IllegalArgumentException if they are not written as they should be;
	 *           the message says what is wrong
	 */
	public static List<PanelMarker> parse(final String text) {
		final List<PanelMarker> markers = new ArrayList<>();
		final Set<String> names = new LinkedHashSet<>();
		for (final String part : text.split("[;\\n]")) {
			if (part.isBlank()) continue;
			final PanelMarker marker = one(part.strip());
			if (!names.add(marker.name.toLowerCase(Locale.ROOT)))
				throw new IllegalArgumentException("the marker " + marker.name +
					" is listed twice");
			markers.add(marker);
		}
		return List.copyOf(markers);
	}

	private static PanelMarker one(final String text) {
		final String[] words = text.split(":");
		final String[] head = words[0].split("=", 2);
		final String name = head[0].strip();
		if (name.isEmpty() || head.length > 1 && head[1].isBlank())
			throw new IllegalArgumentException("'" + text +
				"' is not MARKER or MARKER=CHANNEL");
		PanelMarker m = of(name, head.length > 1 ? head[1].strip() : "");
		for (int i = 1; i < words.length; i++)
			m = m.with(words[i].strip().toLowerCase(Locale.ROOT));
		return m;
	}

	private PanelMarker with(final String word) {
		if (word.matches("-?\\d+(\\.\\d+)?(e[+-]?\\d+)?")) return new PanelMarker(
			name, channel, compartments, statistic, background, GateMethod.FIXED,
			Double.parseDouble(word));
		if (READINGS.contains(word)) return new PanelMarker(name, channel,
			compartments, READINGS.indexOf(word), background, gating, gate);
		for (final GateMethod g : GateMethod.values())
			if (ProtocolKey.word(g).equals(word)) return new PanelMarker(name,
				channel, compartments, statistic, background, g, gate);
		for (final BackgroundMethod b : BackgroundMethod.values())
			if (ProtocolKey.word(b).equals(word)) return new PanelMarker(name,
				channel, compartments, statistic, b, gating, gate);
		final List<Compartment> found = new ArrayList<>();
		for (final String w : word.split(",")) {
			final Compartment c = Arrays.stream(Compartment.values()).filter(k -> k
				.id().equals(w.strip())).findFirst().orElseThrow(() -> unknown(w
					.strip()));
			if (!found.contains(c)) found.add(c);
		}
		return new PanelMarker(name, channel, found, statistic, background, gating,
			gate);
	}

	private IllegalArgumentException unknown(final String word) {
		final List<String> known = new ArrayList<>(READINGS);
		for (final Compartment c : Compartment.values())
			known.add(c.id());
		for (final GateMethod g : GateMethod.values())
			known.add(ProtocolKey.word(g));
		for (final BackgroundMethod b : BackgroundMethod.values())
			known.add(ProtocolKey.word(b));
		return new IllegalArgumentException("marker " + name + ": '" + word +
			"' is no compartment, reading, background or gate" + Nearest.hint(word,
				known));
	}
}
