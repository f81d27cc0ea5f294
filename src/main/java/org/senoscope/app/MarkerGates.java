
package org.senoscope.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.senoscope.core.UserException;
import org.senoscope.core.evidence.EvidenceCall;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.evidence.Marker;
import org.senoscope.core.evidence.MarkerState;
import org.senoscope.core.evidence.P53Pattern;
import org.senoscope.core.gate.GateFinder;
import org.senoscope.core.gate.GateReadings;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.phenotype.CellColumnNames;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.protocol.GateMethod;
import org.senoscope.core.run.HistogramScale;
import org.senoscope.io.table.RowBlock;
import org.senoscope.io.table.TableFile;

/**
 * Tells positive from negative cells of a table. Of each marker the first of
 * these decides: a column of states ({@code ki67_positive}), a column of gates
 * ({@code ki67_gate}), a file of gates, for SA-β-gal the 95th percentile of the
 * slide's blanks, a gate found on a sample of the slide's cells where their
 * values are bimodal. A marker without any is not measured.
 */
final class MarkerGates {

	/** Cells of a slide from which gates are found. */
	private static final int SAMPLE = 2000;
	private static final int BINS = 256;
	private static final String ANY_SLIDE = GateFile.ALL;
	private static final String P53 = "p53";
	private static final String SAGAL = "sagal";
	private static final int FEWEST_BLANKS = 20;

	/**
	 * Where a marker stands among the columns read, -1 where it does not.
	 *
	 * @param value its values
	 * @param positive its states
	 * @param gate its gates
	 */
	private record Columns(Marker marker, int value, int positive, int gate) {
	}

	/** Cells drawn from a slide, each as likely as any other. */
	static final class Sample {

		final float[][] rows = new float[SAMPLE][];
		final SplittableRandom random;
		long seen;

		Sample(final String slide) {
			random = new SplittableRandom(slide.hashCode());
		}

		void add(final float[] row) {
			final long at = seen < SAMPLE ? seen : random.nextLong(seen + 1);
			seen++;
			if (at < SAMPLE) rows[(int) at] = row;
		}

		int size() {
			return (int) Math.min(seen, SAMPLE);
		}
	}

	private final List<Columns> columns = new ArrayList<>();
	private final int slideColumn;
	/** Gates of the file by slide and marker. */
	private final Map<String, Map<Marker, Double>> filed = new HashMap<>();
	private final Map<String, Sample> samples = new TreeMap<>();
	private final Map<String, Sample> blanks = new TreeMap<>();
	private final Map<String, double[]> gates = new HashMap<>();
	private final Map<String, P53Pattern> p53 = new HashMap<>();

	/**
	 * Finds the columns.
	 *
	 * @param file file of gates, empty: none
	 * @param slideColumn place of the column that tells slides apart, -1: none
	 */
	MarkerGates(final TableFile table, final TableColumns read,
		final EvidenceDefinition definition, final String file,
		final int slideColumn)
	{
		this.slideColumn = slideColumn;
		final List<String> names = table.columns();
		for (final Marker marker : definition.markers()) {
			final int value = CellColumnNames.valueOf(marker, definition, names);
			final int positive = names.indexOf(marker.id() + "_positive");
			if (value < 0 && positive < 0) continue;
			columns.add(new Columns(marker, value < 0 ? -1 : read.add(names.get(
				value)), positive < 0 ? -1 : read.add(names.get(positive)), value < 0
					? -1 : read.addIfThere(marker.id() + "_gate")));
		}
		if (!file.isEmpty()) readFile(Path.of(file), definition);
	}

	/** Returns the markers of the table. */
	List<Marker> panel() {
		return columns.stream().map(Columns::marker).toList();
	}

	/** Returns whether the table has to be read once before cells are told. */
	boolean needsSample() {
		return columns.stream().anyMatch(c -> c.positive < 0 && c.gate < 0 ||
			c.marker.id().equals(P53));
	}

	private void readFile(final Path file, final EvidenceDefinition definition) {
		GateFile.read(file).bySlide().forEach((slide, gates) -> gates.forEach((name,
			gate) -> {
			final Marker marker = definition.markerOfName(name);
			if (marker != null) filed.computeIfAbsent(slide, s -> new HashMap<>())
				.put(marker, gate);
		}));
		if (filed.isEmpty()) throw new UserException(file + ": names no marker; " +
			GateFile.FORM);
		// a file for one slide is meant for a table of one slide
		if (slideColumn < 0 && !filed.containsKey(ANY_SLIDE) && filed.size() == 1)
			filed.put(ANY_SLIDE, filed.values().iterator().next());
	}

	/** Returns the readings of all markers of a row, for the sample. */
	float[][] sampled(final RowBlock rows) {
		final float[][] values = new float[rows.rows()][columns.size()];
		for (int row = 0; row < values.length; row++)
			for (int m = 0; m < columns.size(); m++) {
				final Columns c = columns.get(m);
				values[row][m] = c.positive >= 0 ? (float) rows.flag(row, c.positive)
					: c.gate >= 0 ? (float) (rows.number(row, c.value) - rows.number(row,
						c.gate)) : (float) rows.number(row, c.value);
			}
		return values;
	}

	/**
	 * Adds rows to the samples of their slides, in the order of the table.
	 *
	 * @param slides slides of the rows, null: all of one
	 * @param roles what rows are controls of, null: of nothing
	 */
	void add(final String[] slides, final ControlRole[] roles,
		final float[][] values)
	{
		for (int row = 0; row < values.length; row++) {
			final boolean blank = roles != null && roles[row] == ControlRole.BLANK;
			(blank ? blanks : samples).computeIfAbsent(slides == null ? ANY_SLIDE
				: slides[row], Sample::new).add(values[row]);
		}
	}

	/**
	 * Finds what gates are still missing, once all rows have been added.
	 *
	 * @param notes receives a sentence for each marker without a gate
	 */
	void find(final List<String> notes) {
		final Map<Marker, List<String>> without = new LinkedHashMap<>();
		samples.forEach((slide, sample) -> {
			final double[] found = new double[columns.size()];
			for (int m = 0; m < found.length; m++) {
				final Columns c = columns.get(m);
				if (c.positive >= 0 || c.gate >= 0) continue;
				final Double given = filed.getOrDefault(slide, filed.getOrDefault(
					ANY_SLIDE, Map.of())).get(c.marker);
				found[m] = given != null ? given : c.marker.id().equals(SAGAL) && blanks
					.containsKey(slide) ? aboveBlank(blanks.get(slide), m) : mixture(
						sample, m);
				if (Double.isNaN(found[m])) without.computeIfAbsent(c.marker,
					k -> new ArrayList<>()).add(slide);
			}
			gates.put(slide, found);
			p53.put(slide, p53(sample, found));
		});
		if (!without.isEmpty()) notes.add(
			"no gate could be found, the values are not bimodal, so not measured: " +
				String.join(", ", without.entrySet().stream().map(e -> e.getKey()
					.label() + (e.getValue().size() == samples.size() ? "" : " on " + e
						.getValue().size() + " of " + samples.size() + " slides"))
					.toList()) + "; give gates");
		// a slide of blanks alone has nothing to be called
		blanks.keySet().forEach(slide -> gates.computeIfAbsent(slide,
			k -> filled()));
		samples.clear();
		blanks.clear();
	}

	private double[] filled() {
		final double[] none = new double[columns.size()];
		Arrays.fill(none, Double.NaN);
		return none;
	}

	/** Blanks have no X-gal: what is above nearly all of them is stain. */
	private static double aboveBlank(final Sample blank, final int marker) {
		final double[] sorted = sorted(blank, marker);
		return sorted.length < FEWEST_BLANKS ? Double.NaN : sorted[(int) (0.95 *
			sorted.length)];
	}

	/** Values that were measured, in ascending order. */
	private static double[] sorted(final Sample sample, final int marker) {
		return IntStream.range(0, sample.size()).mapToDouble(
			i -> sample.rows[i][marker]).filter(v -> !Double.isNaN(v)).sorted()
			.toArray();
	}

	/** Finds the valley, NaN where there is none. */
	static double mixture(final Sample sample, final int marker) {
		final double[] sorted = sorted(sample, marker);
		final int n = sorted.length;
		if (n == 0 || sorted[0] == sorted[n - 1]) return Double.NaN;
		// a few extreme cells must not crowd all others into one bin
		final double low = sorted[n / 1000], high = sorted[n - 1 - n / 1000];
		if (!(high > low)) return Double.NaN;
		// readings of other tools may span decades
		final HistogramScale scale = new HistogramScale(0, 1, 2, (high - low) /
			1000);
		final double from = scale.place(low), width = (scale.place(high) - from) /
			BINS;
		final HistogramScale bins = new HistogramScale(from, width, BINS, scale
			.cofactor());
		final long[] counts = new long[BINS];
		for (final double v : sorted)
			counts[bins.bin(v)]++;
		return GateFinder.find(GateMethod.MIXTURE, Double.NaN,
			GateSettings.DEFAULTS, GateReadings.of(bins.histogram(counts)),
			new ArrayList<>()).value();
	}

	private P53Pattern p53(final Sample sample, final double[] found) {
		for (int m = 0; m < found.length; m++) {
			if (!columns.get(m).marker.id().equals(P53)) continue;
			long positive = 0, measured = 0;
			for (int i = 0; i < sample.size(); i++) {
				final float value = sample.rows[i][m];
				if (Float.isNaN(value) || Double.isNaN(found[m])) continue;
				measured++;
				if (columns.get(m).positive >= 0 ? value > 0 : value >= found[m])
					positive++;
			}
			return P53Pattern.of(positive, measured);
		}
		return P53Pattern.UNKNOWN;
	}

	/** Returns the pattern of p53 on a slide. */
	P53Pattern p53Pattern(final String slide) {
		return p53.getOrDefault(slide, P53Pattern.UNKNOWN);
	}

	/** Returns the slide of a row. */
	String slide(final RowBlock rows, final int row) {
		return slideColumn < 0 ? ANY_SLIDE : rows.text(row, slideColumn);
	}

	/**
	 * Tells the states of a row's markers, in the order of the panel.
	 *
	 * @param states receives them
	 * @param clarity receives how far each value lies from its gate
	 */
	void tell(final RowBlock rows, final int row, final String slide,
		final MarkerState[] states, final double[] clarity)
	{
		final double[] found = gates.get(slide);
		for (int m = 0; m < states.length; m++) {
			final Columns c = columns.get(m);
			final double value = c.value < 0 ? Double.NaN : rows.number(row, c.value);
			final double gate = c.gate >= 0 ? rows.number(row, c.gate)
				: c.positive >= 0 ? Double.NaN : found[m];
			clarity[m] = Double.isNaN(value - gate) ? Double.NaN : EvidenceCall
				.clarity(value, gate);
			final double sign = c.positive >= 0 ? rows.flag(row, c.positive) - 0.5
				: value - gate;
			states[m] = Double.isNaN(sign) ? MarkerState.NOT_MEASURED : sign >= 0
				? MarkerState.POSITIVE : MarkerState.NEGATIVE;
		}
	}

	/** Returns a message about a table in which no marker was found. */
	static UserException noMarker(final TableFile table) {
		return new UserException(String.format(Locale.ROOT,
			"%s: none of its columns is named after a marker, such as ki67 or SABGal; its columns are %s",
			table.file(), table.listed()));
	}
}
