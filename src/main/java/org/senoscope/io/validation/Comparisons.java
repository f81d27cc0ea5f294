
package org.senoscope.io.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.senoscope.core.UserException;
import org.senoscope.core.nuclei.LabelMatching;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.core.validation.Agreement;
import org.senoscope.core.validation.NucleusMatching;
import org.senoscope.core.validation.NucleusMatching.Nucleus;
import org.senoscope.io.annotation.NucleusReader;
import org.senoscope.io.image.ImageNames;
import org.senoscope.io.table.TableFile;

/**
 * Compares results, ours or another tool's, with a reference, image by image
 * and all together. Images belong together by their names without extension. In
 * place of a file or folder of the form that is asked for, the output folder of
 * a run can be given.
 */
public final class Comparisons {

	private static final String OWN_NUCLEI = "cells.geojson";
	private static final String OWN_SUMMARY = "summary.json";
	private static final String NO_CLASS = "all nuclei";

	private Comparisons() {}

	/**
	 * Compares label images by their objects.
	 *
	 * @param ious least intersections over union
	 * @throws UserException if the folders cannot be read or do not belong
	 *           together
	 */
	public static Comparison labels(final Path predicted, final Path reference,
		final double... ious)
	{
		final LabelFolderValidation.Result r = LabelFolderValidation.compare(
			predicted, reference, ious);
		final List<List<Object>> rows = new ArrayList<>();
		for (final LabelFolderValidation.ImageResult image : r.images())
			for (final LabelMatching.Score s : image.scores())
				rows.add(row(image.name(), s));
		for (final LabelMatching.Score s : r.scores())
			rows.add(row(Comparison.ALL, s));
		return new Comparison(List.of("image", "iou", "images", "predicted",
			"reference", "true_positives", "false_positives", "false_negatives",
			"precision", "recall", "f1", "average_precision", "panoptic_quality",
			"mean_image_average_precision", "mean_image_f1"), rows, Map.of(), missing(
				r.missingPredicted(), r.missingReference()), !r.missingPredicted()
					.isEmpty());
	}

	private static List<Object> row(final String name,
		final LabelMatching.Score s)
	{
		return List.of(name, s.iou(), s.images(), s.truePositives() + s
			.falsePositives(), s.truePositives() + s.falseNegatives(), s
				.truePositives(), s.falsePositives(), s.falseNegatives(), s.precision(),
			s.recall(), s.f1(), s.averagePrecision(), s.panopticQuality(), s
				.meanImageAp(), s.meanImageF1());
	}

	private static List<String> missing(final List<String> missingPredicted,
		final List<String> missingReference)
	{
		final List<String> notes = new ArrayList<>();
		if (!missingPredicted.isEmpty()) notes.add("no prediction for " +
			missingPredicted.size() +
			" images of the reference, which do not count: " + some(
				missingPredicted));
		if (!missingReference.isEmpty()) notes.add("no reference for " +
			missingReference.size() + " predicted images, which do not count: " +
			some(missingReference));
		return notes;
	}

	private static String some(final List<String> names) {
		return String.join(", ", names.subList(0, Math.min(10, names.size()))) +
			(names.size() > 10 ? ", ..." : "");
	}

	/** Names that both have, of two maps; the others go into notes. */
	private record Common(List<String> names, List<String> notes,
			boolean incomplete) {

		static Common of(final Map<String, ?> predicted,
			final Map<String, ?> reference, final Path a, final Path b)
		{
			final List<String> names = predicted.keySet().stream().filter(
				reference::containsKey).toList();
			if (names.isEmpty()) throw new UserException("no image of " + a +
				" is in " + b + " (" + first(predicted) + " against " + first(
					reference) + "): images belong together by their names");
			final List<String> missing = reference.keySet().stream().filter(
				n -> !predicted.containsKey(n)).toList();
			return new Common(names, missing(missing, predicted.keySet().stream()
				.filter(n -> !reference.containsKey(n)).toList()), !missing.isEmpty());
		}

		private static String first(final Map<String, ?> map) {
			return map.isEmpty() ? "nothing" : map.keySet().iterator().next();
		}
	}

	/** Counts of one class. */
	private static final class Tally {

		private long predicted;
		private long reference;
		private long matched;

		List<Object> row(final String image, final String kind,
			final String criterion)
		{
			final long wrong = predicted - matched, missed = reference - matched;
			return List.of(image, kind, criterion, predicted, reference, matched,
				wrong, missed, ratio(matched, predicted), ratio(matched, reference),
				ratio(2 * matched, predicted + reference));
		}

		private static double ratio(final long part, final long all) {
			return all == 0 ? 1 : part / (double) all;
		}
	}

	/**
	 * Compares nuclei given as outlines or points, all together and by class.
	 *
	 * @param ious least intersections over union where both are outlines
	 * @param distancePx largest distance in pixels where both are points
	 * @throws UserException if the files cannot be read or do not belong together
	 */
	public static Comparison nuclei(final Path predicted, final Path reference,
		final double distancePx, final double... ious)
	{
		final Map<String, Path> a = files(predicted, reference);
		final Map<String, Path> b = files(reference, predicted);
		final Common common = Common.of(a, b, predicted, reference);
		final List<List<Object>> rows = new ArrayList<>();
		final Map<String, Map<String, Tally>> all = new LinkedHashMap<>();
		for (final String name : common.names()) {
			final List<Nucleus> p = NucleusReader.read(a.get(name));
			final List<Nucleus> r = NucleusReader.read(b.get(name));
			for (final double iou : criteria(p, r, ious)) {
				final String criterion = criterion(p, r, iou, distancePx);
				final Map<String, Tally> one = tally(p, r, NucleusMatching.match(p, r,
					iou, distancePx));
				one.forEach((kind, t) -> {
					rows.add(t.row(name, kind, criterion));
					final Tally sum = all.computeIfAbsent(criterion,
						c -> new LinkedHashMap<>()).computeIfAbsent(kind, k -> new Tally());
					sum.predicted += t.predicted;
					sum.reference += t.reference;
					sum.matched += t.matched;
				});
			}
		}
		all.forEach((criterion, kinds) -> kinds.forEach((kind, t) -> rows.add(t.row(
			Comparison.ALL, kind, criterion))));
		return new Comparison(List.of("image", "class", "same_if", "predicted",
			"reference", "true_positives", "false_positives", "false_negatives",
			"precision", "recall", "f1"), rows, Map.of(), common.notes(), common
				.incomplete());
	}

	/** One pass where IoU does not matter. */
	private static double[] criteria(final List<Nucleus> p, final List<Nucleus> r,
		final double[] ious)
	{
		return areOutlines(p) && areOutlines(r) ? ious : Arrays.copyOf(ious, 1);
	}

	private static String criterion(final List<Nucleus> p, final List<Nucleus> r,
		final double iou, final double distancePx)
	{
		if (areOutlines(p) && areOutlines(r)) return "iou " + iou;
		return areOutlines(p) || areOutlines(r) ? "point inside" : "within " +
			distancePx + " px";
	}

	private static boolean areOutlines(final List<Nucleus> nuclei) {
		return nuclei.stream().allMatch(n -> n.geometry().getDimension() == 2);
	}

	private static Map<String, Tally> tally(final List<Nucleus> p,
		final List<Nucleus> r, final List<NucleusMatching.Pair> pairs)
	{
		final Map<String, Tally> tallies = new LinkedHashMap<>();
		final TreeSet<String> kinds = new TreeSet<>();
		r.forEach(n -> kinds.add(n.kind()));
		p.forEach(n -> kinds.add(n.kind()));
		kinds.remove("");
		final boolean classed = p.stream().anyMatch(n -> !n.kind().isEmpty()) && r
			.stream().anyMatch(n -> !n.kind().isEmpty());
		final Tally whole = new Tally();
		whole.predicted = p.size();
		whole.reference = r.size();
		whole.matched = pairs.size();
		tallies.put(NO_CLASS, whole);
		if (classed) for (final String kind : kinds) {
			final Tally t = new Tally();
			t.predicted = p.stream().filter(n -> n.kind().equals(kind)).count();
			t.reference = r.stream().filter(n -> n.kind().equals(kind)).count();
			t.matched = pairs.stream().filter(x -> p.get(x.predicted()).kind().equals(
				kind) && r.get(x.reference()).kind().equals(kind)).count();
			tallies.put(kind, t);
		}
		return tallies;
	}

	/** A lone file belongs to a lone file, whatever both are called. */
	private static Map<String, Path> files(final Path given, final Path other) {
		if (Files.isRegularFile(given)) return Map.of(Files.isRegularFile(other)
			? "image" : ImageNames.outputName(given.getFileName().toString()), given);
		final Map<String, Path> files = new TreeMap<>();
		try (Stream<Path> list = Files.list(given)) {
			list.sorted().forEach(file -> {
				final String name = file.getFileName().toString();
				final Path inside = file.resolve(OWN_NUCLEI);
				if (Files.isRegularFile(inside)) files.putIfAbsent(name, inside);
				else if (name.toLowerCase(Locale.ROOT).matches(
					".+\\.(geojson|json|csv)")) files.putIfAbsent(ImageNames.outputName(
						name), file);
			});
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, given +
				": cannot be listed; give a file or folder of GeoJSON or CSV", e);
		}
		return files;
	}

	/**
	 * Compares counts of positive and negative nuclei.
	 *
	 * @param marker marker whose counts are taken from the output folder of a
	 *          run; empty: the only one
	 * @throws UserException if the tables cannot be read or do not belong
	 *           together
	 */
	public static Comparison counts(final Path predicted, final Path reference,
		final String marker)
	{
		final Map<String, double[]> a = numbers(predicted, marker, "positive",
			"negative");
		final Map<String, double[]> b = numbers(reference, marker, "positive",
			"negative");
		final Common common = Common.of(a, b, predicted, reference);
		final List<List<Object>> rows = new ArrayList<>();
		final double[] sumA = new double[2], sumB = new double[2];
		final Map<String, double[]> indexA = new TreeMap<>();
		final Map<String, double[]> indexB = new TreeMap<>();
		for (final String name : common.names()) {
			final double[] p = a.get(name), r = b.get(name);
			rows.add(counts(name, p, r));
			for (int i = 0; i < 2; i++) {
				sumA[i] += p[i];
				sumB[i] += r[i];
			}
			// no nucleus has no index
			if (p[0] + p[1] > 0 && r[0] + r[1] > 0) {
				indexA.put(name, new double[] { percent(p) });
				indexB.put(name, new double[] { percent(r) });
			}
		}
		rows.add(counts(Comparison.ALL, sumA, sumB));
		return new Comparison(List.of("image", "predicted_positive",
			"reference_positive", "predicted_negative", "reference_negative",
			"predicted_index_percent", "reference_index_percent",
			"difference_points"), rows, agreement(indexA, indexB), common.notes(),
			common.incomplete());
	}

	private static List<Object> counts(final String name, final double[] p,
		final double[] r)
	{
		return List.of(name, Math.round(p[0]), Math.round(r[0]), Math.round(p[1]),
			Math.round(r[1]), percent(p), percent(r), percent(p) - percent(r));
	}

	private static double percent(final double[] counts) {
		final double all = counts[0] + counts[1];
		return all == 0 ? Double.NaN : 100 * counts[0] / all;
	}

	/**
	 * Compares labelling indices in percent.
	 *
	 * @param marker as in {@link #counts(Path, Path, String)}
	 * @throws UserException if the tables cannot be read or do not belong
	 *           together
	 */
	public static Comparison index(final Path predicted, final Path reference,
		final String marker)
	{
		final Map<String, double[]> a = numbers(predicted, marker, "index_percent");
		final Map<String, double[]> b = numbers(reference, marker, "index_percent");
		final Common common = Common.of(a, b, predicted, reference);
		a.keySet().retainAll(common.names());
		b.keySet().retainAll(common.names());
		final List<List<Object>> rows = new ArrayList<>();
		for (final String name : common.names()) {
			final double p = a.get(name)[0], r = b.get(name)[0];
			rows.add(List.of(name, p, r, p - r, Math.abs(p - r) <= Agreement.WITHIN *
				r + 1e-9));
		}
		return new Comparison(List.of("image", "predicted_index_percent",
			"reference_index_percent", "difference_points",
			"within_fifth_of_reference"), rows, agreement(a, b), common.notes(),
			common.incomplete());
	}

	private static Map<String, Object> agreement(final Map<String, double[]> a,
		final Map<String, double[]> b)
	{
		if (a.isEmpty()) return Map.of();
		final Agreement g = Agreement.of(a.keySet().stream().mapToDouble(n -> a.get(
			n)[0]).toArray(), a.keySet().stream().mapToDouble(n -> b.get(n)[0])
				.toArray());
		final Map<String, Object> s = new LinkedHashMap<>();
		s.put("images", g.cases());
		s.put("mean_difference_points", g.meanDifference());
		s.put("sd_difference_points", g.sdDifference());
		s.put("lower_limit_of_agreement_points", g.lowerLimit());
		s.put("upper_limit_of_agreement_points", g.upperLimit());
		s.put("mean_absolute_difference_points", g.meanAbsoluteDifference());
		s.put("largest_absolute_difference_points", g.largestAbsoluteDifference());
		s.put("icc_2_1", g.icc());
		s.put("share_within_fifth_of_reference", g.shareWithin());
		return s;
	}

	/** Reads numbers by image from a table, or from the summaries of a run. */
	private static Map<String, double[]> numbers(final Path given,
		final String marker, final String... columns)
	{
		if (Files.isDirectory(given)) return summaries(given, marker,
			columns.length == 1);
		final Map<String, double[]> numbers = new TreeMap<>();
		final List<String> names = new ArrayList<>(List.of("image"));
		names.addAll(List.of(columns));
		try (TableFile table = TableFile.open(given)) {
			table.read(names, 1, block -> {
				final Map<String, double[]> some = new LinkedHashMap<>();
				for (int r = 0; r < block.rows(); r++) {
					final double[] values = new double[columns.length];
					for (int c = 0; c < values.length; c++) {
						values[c] = block.number(r, c + 1);
						if (!(values[c] >= 0)) throw block.refuse(r, c + 1,
							"is no number from 0");
					}
					if (some.put(ImageNames.outputName(block.text(r, 0)), values) != null)
						throw block.refuse(r, 0, "is there twice; each image has one row");
				}
				return some;
			}, some -> some.forEach((name, values) -> {
				if (numbers.put(name, values) != null) throw new UserException(given +
					": the image " + name + " is there twice; each image has one row");
			}), Progress.SILENT, new Cancellation());
		}
		return numbers;
	}

	private static Map<String, double[]> summaries(final Path folder,
		final String marker, final boolean index)
	{
		final Map<String, double[]> numbers = new TreeMap<>();
		try (Stream<Path> list = Files.list(folder)) {
			for (final Path file : list.map(f -> f.resolve(OWN_SUMMARY)).filter(
				Files::isRegularFile).sorted().toList())
			{
				final JsonNode markers = new ObjectMapper().readTree(file.toFile())
					.path("markers");
				final List<String> ids = new ArrayList<>();
				markers.fieldNames().forEachRemaining(ids::add);
				if (marker.isEmpty() ? ids.size() != 1 : !ids.contains(marker))
					throw new UserException(file + ": has the markers " + ids +
						"; choose one with --marker");
				final JsonNode m = markers.path(marker.isEmpty() ? ids.get(0) : marker);
				final long positive = m.path("positive").asLong();
				numbers.put(file.getParent().getFileName().toString(), index
					? new double[] { m.path("positive_percent").asDouble(Double.NaN) }
					: new double[] { positive, m.path("measured").asLong() - positive });
			}
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, folder +
				": cannot be read as the output folder of a run (" + e.getMessage() +
				")", e);
		}
		if (numbers.isEmpty()) throw new UserException(folder +
			": holds no summary.json of a run; give a CSV table or the --out folder of a run");
		return numbers;
	}
}
