
package org.senoscope.io.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.senoscope.core.UserException;
import org.senoscope.core.gate.BatchGates;
import org.senoscope.core.gate.Gate;
import org.senoscope.core.run.Histogram;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideSummary;

/**
 * {@code batch-gates.json}: what the slides of a batch read, from which one
 * gate over all of them is taken. Written slide by slide by runs with
 * {@code gates.scope: collect}, read by those with {@code batch}.
 */
public final class BatchGatesFile {

	/** Its name in the output folder of a run over several images. */
	public static final String NAME = "batch-gates.json";

	private BatchGatesFile() {}

	/**
	 * Reads a batch.
	 *
	 * @throws UserException if it cannot be read
	 */
	public static BatchGates read(final Path file) {
		if (!Files.exists(file)) throw new UserException(file +
			": is not there; run all images with --gates-scope collect first, or several at once with --gates-scope batch alone");
		try {
			final TreeMap<String, Map<String, BatchGates.Slide>> slides =
				new TreeMap<>();
			final JsonNode all = new ObjectMapper().readTree(file.toFile()).get(
				"slides");
			all.fields().forEachRemaining(slide -> {
				final Map<String, BatchGates.Slide> markers = new HashMap<>();
				slide.getValue().fields().forEachRemaining(m -> markers.put(m.getKey(),
					slide(m.getValue())));
				slides.put(slide.getKey(), markers);
			});
			return new BatchGates(slides);
		}
		catch (final IOException | RuntimeException e) {
			throw new UserException(UserException.Kind.INPUT, file +
				": is no file of batch gates; remove it and run with --gates-scope collect again",
				e);
		}
	}

	private static BatchGates.Slide slide(final JsonNode of) {
		final long[] counts = new long[of.get("bins").asInt()];
		of.get("counts").forEach(pair -> counts[pair.get(0).asInt()] = pair.get(1)
			.asLong());
		final JsonNode g = of.get("gate");
		return new BatchGates.Slide(new Histogram(of.get("from").asDouble(), of.get(
			"bin_width").asDouble(), counts, of.get("cofactor").asDouble()), new Gate(
				number(g.get("value")), number(g.get("low")), number(g.get("high")), g
					.get("origin").asText(), g.get("anchored").asBoolean()));
	}

	private static double number(final JsonNode of) {
		return of.isNumber() ? of.asDouble() : Double.NaN;
	}

	/**
	 * Adds a slide to a batch, in place of earlier readings of it; the file is
	 * made where there is none.
	 *
	 * @throws UserException if it cannot be read or written
	 */
	public static void add(final SlideSummary summary, final Path file) {
		final Map<String, BatchGates.Slide> markers = new HashMap<>();
		for (final MarkerSummary m : summary.markers())
			if (m.histogram() != null) markers.put(m.id(), new BatchGates.Slide(m
				.histogram(), new Gate(m.gate(), limit(m, "gate_low"), limit(m,
					"gate_high"), m.gateOrigin(), (boolean) m.more().get(
						"gate_anchored"))));
		final BatchGates before = Files.exists(file) ? read(file) : new BatchGates(
			new TreeMap<>());
		final Map<String, Object> slides = new LinkedHashMap<>();
		before.with(summary.image(), markers).slides().forEach((name, of) -> {
			final Map<String, Object> one = new LinkedHashMap<>();
			new TreeMap<>(of).forEach((id, s) -> one.put(id, values(s)));
			slides.put(name, one);
		});
		try (StagedFile staged = new StagedFile(file)) {
			JsonText.write(Map.of("slides", slides), staged.path());
			staged.commit();
		}
	}

	private static double limit(final MarkerSummary m, final String key) {
		return m.more().get(key) instanceof final Number n ? n.doubleValue()
			: Double.NaN;
	}

	private static Map<String, Object> values(final BatchGates.Slide s) {
		final Map<String, Object> values = new LinkedHashMap<>(), gate =
			new LinkedHashMap<>();
		values.put("from", s.cells().from());
		values.put("bin_width", s.cells().binWidth());
		values.put("bins", s.cells().counts().length);
		values.put("cofactor", s.cells().cofactor());
		final List<List<Long>> counts = new ArrayList<>();
		for (int i = 0; i < s.cells().counts().length; i++)
			if (s.cells().counts()[i] > 0) counts.add(List.of((long) i, s.cells()
				.counts()[i]));
		values.put("counts", counts);
		gate.put("value", s.gate().value());
		gate.put("low", s.gate().low());
		gate.put("high", s.gate().high());
		gate.put("origin", s.gate().origin());
		gate.put("anchored", s.gate().anchored());
		values.put("gate", gate);
		return values;
	}
}
