
package org.senoscope.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.UserException;
import org.senoscope.core.gate.GateDrift;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideSummary;

/**
 * The gates of all slides of a run over several, {@code gates.csv}: gate, where
 * it comes from, median reading and share of positive cells, and how far each
 * lies from the others, so that drift of staining or scanner shows.
 */
public final class GateTable {

	/** Name of the file. */
	public static final String NAME = "gates.csv";

	private GateTable() {}

	/**
	 * Writes the table.
	 *
	 * @param slides numbers of the slides, in order
	 * @param folder output folder of the run
	 * @return what a reader should know, one line each
	 * @throws UserException if it cannot be written
	 */
	public static List<String> write(final List<SlideSummary> slides,
		final Path folder)
	{
		final Map<String, List<SlideSummary>> byMarker = new LinkedHashMap<>();
		for (final SlideSummary slide : slides)
			for (final MarkerSummary m : slide.markers())
				byMarker.computeIfAbsent(m.id(), id -> new ArrayList<>()).add(slide);
		if (byMarker.isEmpty()) return List.of();
		final List<String> notes = new ArrayList<>();
		final StringBuilder rows = new StringBuilder(
			"image,marker,gate,gate_low,gate_high,gate_anchored,gate_origin,reading_median,positive_percent,gate_distance,median_distance,own_gate\n");
		byMarker.forEach((id, of) -> {
			final List<MarkerSummary> markers = of.stream().map(s -> s.markers()
				.stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow())
				.toList();
			final double[] medians = markers.stream().mapToDouble(m -> m
				.histogram() == null ? Double.NaN : m.histogram().quantile(0.5))
				.toArray(), gateFar = GateDrift.distances(markers.stream().mapToDouble(
					GateTable::own).toArray()), medianFar = GateDrift.distances(medians);
			for (int i = 0; i < markers.size(); i++) {
				final MarkerSummary m = markers.get(i);
				rows.append(quoted(of.get(i).image())).append(',').append(id).append(
					',').append(text(m.gate())).append(',').append(text(m.more().get(
						"gate_low"))).append(',').append(text(m.more().get("gate_high")))
					.append(',').append(m.more().getOrDefault("gate_anchored", ""))
					.append(',').append(quoted(m.gateOrigin())).append(',').append(text(
						medians[i])).append(',').append(text(m.positivePercent())).append(
							',').append(text(gateFar[i])).append(',').append(text(
								medianFar[i])).append(',').append(text(m.more().get(
									"own_gate"))).append('\n');
			}
			final List<String> names = of.stream().map(SlideSummary::image).toList();
			note(notes, markers.get(0).label() + " gate", GateDrift.far(names,
				gateFar));
			note(notes, markers.get(0).label() + " median reading", GateDrift.far(
				names, medianFar));
		});
		write(folder, NAME, rows);
		return notes;
	}

	/** Writes a table of a batch, complete or not at all. */
	static void write(final Path folder, final String name,
		final CharSequence rows)
	{
		// where nothing was written there is no batch to describe
		if (!Files.isDirectory(folder)) return;
		final Path file = folder.resolve(name), partial = folder.resolve("." +
			name + ".partial");
		try {
			Files.writeString(partial, rows, StandardCharsets.UTF_8);
			Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.FAILURE, file +
				": cannot be written (" + e.getMessage() + ")", e);
		}
	}

	/**
	 * The gate by which a slide drifts: its own, also where the batch has one.
	 */
	private static double own(final MarkerSummary m) {
		return m.more().get("own_gate") instanceof final Number n ? n.doubleValue()
			: m.gate();
	}

	private static void note(final List<String> notes, final String what,
		final List<String> far)
	{
		if (!far.isEmpty()) notes.add(what + " stands out from the batch on " +
			String.join(", ", far) + "; look at these before comparing (" + NAME +
			")");
	}

	static String text(final Object number) {
		return number instanceof final Number n && Double.isFinite(n.doubleValue())
			? String.format(Locale.ROOT, "%.6g", n.doubleValue()) : "";
	}

	private static String quoted(final String text) {
		return text.matches("[^,\"\n]*") ? text : '"' + text.replace("\"", "\"\"") +
			'"';
	}
}
