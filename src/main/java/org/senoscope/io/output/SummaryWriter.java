
package org.senoscope.io.output;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.senoscope.core.cell.Lineage;
import org.senoscope.core.evidence.SlideEvidence;
import org.senoscope.core.run.Histogram;
import org.senoscope.core.run.MarkerSummary;
import org.senoscope.core.run.SlideSummary;

/**
 * Writes {@code summary.json}: the slide-level numbers that the report shows,
 * under the names of the public interface. What is not known is null.
 */
public final class SummaryWriter {

	private static final List<String> GRADES = List.of("negative", "1+", "2+",
		"3+");

	private SummaryWriter() {}

	/**
	 * Writes the summary.
	 *
	 * @param summary the numbers
	 * @param file where to
	 * @throws org.senoscope.core.UserException if it cannot be written
	 */
	public static void write(final SlideSummary summary, final Path file) {
		JsonText.write(values(summary), file);
	}

	/**
	 * Returns the summary as nested maps with the names and in the order of the
	 * file, for other doors that print it as JSON. Unknown numbers are null.
	 */
	public static Map<String, Object> values(final SlideSummary summary) {
		final Map<String, Object> values = new LinkedHashMap<>();
		values.put("image", summary.image());
		values.put("pixel_size_um", known(summary.pixelSizeUm()));
		values.put("analysed_area_mm2", known(summary.analysedAreaMm2()));
		values.put("cells", summary.cells());
		final Map<String, Object> markers = new LinkedHashMap<>();
		for (final MarkerSummary marker : summary.markers())
			markers.put(marker.id(), values(marker));
		values.put("markers", markers);
		final Map<String, Object> phenotypes = new LinkedHashMap<>();
		summary.phenotypes().forEach((id, cells) -> phenotypes.put(id, phenotype(id,
			cells, summary)));
		values.put("phenotypes", phenotypes);
		if (summary.evidence() != null) values.put("evidence", values(summary
			.evidence()));
		summary.numbers().forEach((key, number) -> values.put(key, known(number)));
		if (!summary.assays().isEmpty()) values.put("assays", plain(summary
			.assays()));
		values.put("warnings", summary.warnings());
		return values;
	}

	private static Map<String, Object> phenotype(final String id,
		final long cells, final SlideSummary summary)
	{
		final Map<String, Object> values = new LinkedHashMap<>();
		values.put("cells", cells);
		values.put("percent", summary.cells() == 0 ? null : known(100.0 * cells /
			summary.cells()));
		if (summary.evidence() != null && !id.equals("not_tumour") && !id.equals(
			"indeterminate")) values.put("percent_of_tumour", known(summary.evidence()
				.percentOfTumour(cells)));
		return values;
	}

	private static Map<String, Object> values(final SlideEvidence evidence) {
		final Map<String, Object> values = new LinkedHashMap<>();
		values.put("definition", evidence.definition());
		values.put("version", evidence.version());
		if (!evidence.classifier().isEmpty()) values.put("classifier", evidence
			.classifier());
		final Map<String, Object> lineages = new LinkedHashMap<>();
		for (final Lineage lineage : Lineage.values())
			lineages.put(lineage.id(), evidence.cells(lineage));
		values.put("lineage", lineages);
		final Map<String, Object> axes = new LinkedHashMap<>();
		evidence.axes().forEach(a -> axes.put(a.id(), values(a)));
		values.put("axes", axes);
		values.put("consensus_steps", evidence.consensus().stream().map(
			SummaryWriter::values).toList());
		values.put("missing_hallmarks", evidence.missing());
		final Map<String, Object> states = new LinkedHashMap<>();
		for (final SlideEvidence.StateGrade state : evidence.states()) {
			final Map<String, Object> one = new LinkedHashMap<>();
			one.put("grade", state.grade().id());
			one.put("would_help", state.wouldHelp());
			states.put(state.id(), one);
		}
		values.put("states", states);
		final Map<String, Object> exclusions = new LinkedHashMap<>();
		evidence.exclusions().forEach(e -> exclusions.put(e.id(), e.cells()));
		values.put("not_called", exclusions);
		values.put("senescent_stroma", evidence.senescentStroma());
		values.put("p53_pattern", evidence.p53Pattern().id());
		return values;
	}

	private static Map<String, Object> values(final SlideEvidence.Counts c) {
		final Map<String, Object> values = new LinkedHashMap<>();
		values.put("met", c.met());
		values.put("not_met", c.notMet());
		values.put("not_measured", c.notMeasured());
		return values;
	}

	private static Map<String, Object> values(final MarkerSummary marker) {
		final Map<String, Object> values = new LinkedHashMap<>();
		values.put("measured", count(marker.measured()));
		values.put("positive", count(marker.positive()));
		values.put("positive_percent", known(marker.positivePercent()));
		values.put("ci_low_percent", known(marker.ciLowPercent()));
		values.put("ci_high_percent", known(marker.ciHighPercent()));
		values.put("area_percent", known(marker.areaPercent()));
		values.put("gate", known(marker.gate()));
		values.put("gate_origin", marker.gateOrigin());
		values.put("h_score", known(marker.hScore()));
		values.put("allred_proportion", count(marker.allredProportion()));
		values.put("allred_intensity", count(marker.allredIntensity()));
		values.put("label", marker.label());
		values.put("statement", marker.statement());
		values.put("reading", marker.reading());
		values.put("counting_low_percent", known(marker.countingLowPercent()));
		values.put("counting_high_percent", known(marker.countingHighPercent()));
		values.put("stained_area_mm2", known(marker.stainedAreaMm2()));
		values.put("mean_od", known(marker.meanOd()));
		if (marker.classCounts() != null) values.put("classes", classes(marker
			.classCounts()));
		if (marker.histogram() != null) values.put("histogram", histogram(marker
			.histogram()));
		marker.more().forEach((key, value) -> values.put(key, plain(value)));
		return values;
	}

	private static Map<String, Object> classes(final long[] counts) {
		final Map<String, Object> values = new LinkedHashMap<>();
		for (int i = 0; i < Math.min(counts.length, GRADES.size()); i++)
			values.put(GRADES.get(i), counts[i]);
		return values;
	}

	private static Map<String, Object> histogram(final Histogram histogram) {
		// empty bins at the ends say nothing
		final long[] counts = histogram.counts();
		int first = 0, last = counts.length;
		while (first < last && counts[first] == 0)
			first++;
		while (last > first && counts[last - 1] == 0)
			last--;
		final Map<String, Object> values = new LinkedHashMap<>();
		values.put("from", known(histogram.from() + first * histogram.binWidth()));
		values.put("bin_width", known(histogram.binWidth()));
		// bins of asinh(value / cofactor)
		if (histogram.cofactor() > 0) values.put("cofactor", histogram.cofactor());
		values.put("counts", Arrays.copyOfRange(counts, first, last));
		return values;
	}

	/** Nested values with unknown numbers as null. */
	private static Object plain(final Object value) {
		if (value instanceof final Double number) return known(number);
		if (value instanceof final Map<?, ?> map) {
			final Map<String, Object> values = new LinkedHashMap<>();
			map.forEach((key, one) -> values.put((String) key, plain(one)));
			return values;
		}
		if (value instanceof final List<?> list) {
			final List<Object> values = new ArrayList<>();
			list.forEach(one -> values.add(plain(one)));
			return values;
		}
		return value;
	}

	private static Object known(final Double number) {
		return number == null || number.isNaN() || number.isInfinite() ? null
			: number;
	}

	private static Object count(final long number) {
		return number < 0 ? null : number;
	}
}
