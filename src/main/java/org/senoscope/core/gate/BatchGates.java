
package org.senoscope.core.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

import org.senoscope.core.run.Histogram;
import org.senoscope.core.run.HistogramScale;

/**
 * What the slides of a batch read of each marker, for one gate over all of
 * them. Immutable.
 *
 * @param slides by name of the slide and id of the marker
 */
public record BatchGates(SortedMap<String, Map<String, Slide>> slides) {

	/**
	 * What one slide reads of a marker.
	 *
	 * @param cells its cells that count
	 * @param gate the gate that the slide has by itself
	 */
	public record Slide(Histogram cells, Gate gate) {
	}

	/** Copies the slides. */
	public BatchGates {
		slides = Collections.unmodifiableSortedMap(new TreeMap<>(slides));
	}

	/**
	 * Returns the batch with the readings of a slide, in place of earlier ones.
	 */
	public BatchGates with(final String slide, final Map<String, Slide> markers) {
		final SortedMap<String, Map<String, Slide>> all = new TreeMap<>(slides);
		all.put(slide, Map.copyOf(markers));
		return new BatchGates(all);
	}

	/**
	 * Returns the gate of a marker. Where the slides' own gates rest on negative
	 * controls it is their median: every slide read its controls by its own stain
	 * vectors. Else it is taken from the cells of all slides together.
	 *
	 * @param marker id of the marker
	 * @param find takes a gate from readings, with lines for the reader
	 * @param warnings receives what a reader should know
	 * @return null if no slide has readings of the marker
	 */
	public Gate gate(final String marker,
		final BiFunction<GateReadings, List<String>, Gate> find,
		final List<String> warnings)
	{
		final List<Slide> all = slides.values().stream().map(s -> s.get(marker))
			.filter(s -> s != null).toList();
		if (all.isEmpty()) return null;
		final String of = String.format(Locale.ROOT,
			"gate of the batch, %d slide%s: ", all.size(), all.size() == 1 ? ""
				: "s");
		final List<Gate> anchored = all.stream().map(Slide::gate).filter(
			Gate::anchored).toList();
		if (!anchored.isEmpty()) return new Gate(median(anchored.stream()
			.mapToDouble(Gate::value).toArray()), median(anchored.stream()
				.mapToDouble(Gate::low).toArray()), median(anchored.stream()
					.mapToDouble(Gate::high).toArray()), of + "median of " + anchored
						.size() + " gates from negative controls", true);
		final List<String> said = new ArrayList<>();
		final Gate pooled = find.apply(GateReadings.of(pool(all.stream().map(
			Slide::cells).toList())), said);
		said.forEach(s -> warnings.add("Batch: " + s));
		return new Gate(pooled.value(), pooled.low(), pooled.high(), of + pooled
			.origin().replace("the cells of this slide", "the cells of all of them"),
			pooled.anchored());
	}

	/**
	 * Adds up histograms. Intensities have bins by the noise of each slide: the
	 * median slide's hold for all.
	 */
	private static Histogram pool(final List<Histogram> all) {
		final Histogram first = all.get(0);
		final HistogramScale scale = new HistogramScale(first.from(), first
			.binWidth(), first.counts().length, median(all.stream().mapToDouble(
				Histogram::cofactor).toArray()));
		final long[] counts = new long[first.counts().length];
		for (final Histogram h : all)
			for (int i = 0; i < h.counts().length; i++)
				if (h.counts()[i] > 0) counts[h.cofactor() == scale.cofactor() ? i
					: scale.bin(h.value(i + 0.5))] += h.counts()[i];
		return scale.histogram(counts);
	}

	private static double median(final double[] values) {
		final double[] sorted = values.clone();
		Arrays.sort(sorted);
		final int n = sorted.length;
		return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
	}
}
