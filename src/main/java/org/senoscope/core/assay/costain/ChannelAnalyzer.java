
package org.senoscope.core.assay.costain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.senoscope.core.assay.BlockPixels;
import org.senoscope.core.assay.MarkerAnalyzer;
import org.senoscope.core.assay.ReadingUnit;
import org.senoscope.core.cell.Column;
import org.senoscope.core.cell.Compartment;
import org.senoscope.core.cell.CompartmentReadings;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.gate.GateFinder;
import org.senoscope.core.gate.GateReadings;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.run.HistogramScale;

/**
 * A marker in a fluorescence channel: intensity above background, free of the
 * light of other channels, in the compartments of each cell.
 */
public final class ChannelAnalyzer implements MarkerAnalyzer {

	/** Area of a typical compartment in µm², for the scale of sums over it. */
	private static final double TYPICAL_UM2 = 80;

	/**
	 * A channel that goes into the reading.
	 *
	 * @param channel index of the channel
	 * @param background its background
	 * @param weight share of it in the reading
	 */
	record Part(int channel, ChannelBackground background, float weight) {
	}

	private final String id;
	private final String label;
	private final PanelMarker marker;
	private final List<Part> parts;
	private final Gate given;
	private final GateMethod method;
	private final GateSettings gates;
	private final double saturation;
	private final double noise;
	private final HistogramScale scale;

	/**
	 * Makes the analyzer of a slide.
	 *
	 * @param id marker id
	 * @param label name for people
	 * @param marker compartments, reading, gate; the compartments not empty
	 * @param parts the marker's channel first, then those whose light is in it
	 * @param given gate that was brought along, null where there is none
	 * @param method where the gate comes from else
	 * @param gates what all gates have in common
	 * @param maximum largest sample of the channel, NaN where there is none
	 */
	ChannelAnalyzer(final String id, final String label, final PanelMarker marker,
		final List<Part> parts, final Gate given, final GateMethod method,
		final GateSettings gates, final double maximum)
	{
		this.id = id;
		this.label = label;
		this.marker = marker;
		this.parts = List.copyOf(parts);
		this.given = given;
		this.method = method;
		this.gates = gates;
		final ChannelBackground own = parts.get(0).background;
		// what was taken off a pixel that is full
		saturation = Double.isNaN(maximum) || parts.size() > 1
			? Double.POSITIVE_INFINITY : maximum - own.range()[1];
		noise = Math.max(own.noise(), Double.isNaN(maximum) ? 1e-6 : 0.5);
		scale = HistogramScale.intensity(marker
			.statistic() == CompartmentReadings.INTEGRATED ? noise * TYPICAL_UM2
				: noise);
	}

	@Override
	public String id() {
		return id;
	}

	@Override
	public String label() {
		return label;
	}

	@Override
	public String reading() {
		return switch (marker.statistic()) {
			case CompartmentReadings.MEAN -> "mean intensity";
			case CompartmentReadings.INTEGRATED -> "integrated intensity (times µm²)";
			case CompartmentReadings.P05 -> "5th percentile of the intensity";
			default -> "granularity of the intensity";
		} + " of the " + decidingCompartment().id() + " above background";
	}

	@Override
	public List<Compartment> compartments() {
		return marker.compartments();
	}

	@Override
	public Compartment decidingCompartment() {
		return marker.compartments().get(0);
	}

	@Override
	public boolean readsSpill() {
		return marker.statistic() == CompartmentReadings.MEAN;
	}

	@Override
	public boolean readsError() {
		return id.equals("ki67") && marker.statistic() == CompartmentReadings.MEAN;
	}

	@Override
	public List<Column> nucleusColumns() {
		final List<Column> columns = new ArrayList<>();
		if (readsSpill()) columns.add(new Column(id + "_without_spill",
			Column.Type.NUMBER, label + ": mean intensity of the " +
				decidingCompartment().id() +
				" without what lies within 1.5 µm of a brighter touching cell; empty where no neighbour is brighter"));
		if (readsError()) columns.add(new Column(id + "_error", Column.Type.NUMBER,
			label +
				": standard error of the mean, from the spread of the pixels of the " +
				decidingCompartment().id()));
		return columns;
	}

	/** Returns the intensity from which a pixel counts as signal: 3 noise. */
	public double floor() {
		return 3 * noise;
	}

	@Override
	public double value(final double[] readings, final int first) {
		return readings[first + marker.statistic()];
	}

	@Override
	public double saturation() {
		return saturation;
	}

	@Override
	public ReadingUnit unit() {
		return ReadingUnit.INTENSITY;
	}

	@Override
	public HistogramScale scale() {
		return scale;
	}

	@Override
	public void plane(final BlockPixels pixels, final float[] out) {
		final int w = pixels.width(), x = pixels.region().x(), y = pixels.region()
			.y();
		for (int p = 0; p < parts.size(); p++) {
			final Part part = parts.get(p);
			float[] from = out;
			// a channel that stands alone is read once and need not be kept
			if (parts.size() == 1) pixels.channel(part.channel, out);
			else from = pixels.channel(part.channel);
			for (int row = 0; row < pixels.height(); row++)
				part.background.take(y + row, x, w, from, row * w, part.weight, out,
					p > 0);
		}
	}

	@Override
	public Gate gate(final GateReadings readings, final List<String> warnings) {
		if (given != null) return given;
		final List<String> said = new ArrayList<>();
		final Gate gate = GateFinder.find(method, marker.gate(), gates, readings,
			said);
		if (!Double.isNaN(gate.value())) {
			said.forEach(s -> warnings.add(label + ": " + s));
			return gate;
		}
		final String why = said.isEmpty() ? "no gate is written for it" : said.get(
			0).replaceFirst("^Gate: ", "").replaceFirst("; the fixed gate.*$", "");
		warnings.add(String.format(Locale.ROOT,
			"%s: %s: no cell is called positive or negative; write a gate (panel.markers \"%s:...:NUMBER\") or give a negative control.",
			label, why, id));
		return new Gate(Double.NaN, "no gate: " + why);
	}

	@Override
	public String statement(final boolean tumourSelected) {
		return label + "-positive cells" + (tumourSelected ? " among tumour cells"
			: ", all cells in the region (tumour not selected)");
	}
}
