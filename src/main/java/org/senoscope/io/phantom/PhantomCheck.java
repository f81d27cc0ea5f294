
package org.senoscope.io.phantom;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.senoscope.core.UserException;
import org.senoscope.core.image.Region;
import org.senoscope.core.nuclei.LabelMatching;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.validation.Agreement;
import org.senoscope.io.image.BioFormatsSource;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;

/**
 * Compares what a run found on phantoms with what was planted: the labelling
 * index and the SA-β-gal positive share in percentage points, nuclei by F1 at
 * an intersection over union of 0.5.
 * <p>
 * A picture passes within {@value #MOST_POINTS} points and from an F1 of
 * {@value #LEAST_F1}. Without a nuclear stain ({@link PhantomKind#XGAL})
 * neither is judged.
 */
public final class PhantomCheck {

	/** Largest difference of a share that passes, in percentage points. */
	public static final double MOST_POINTS = 3;
	/** Smallest F1 of nuclei that passes. */
	public static final double LEAST_F1 = 0.9;

	/**
	 * One picture. Numbers that were not found or do not apply are NaN.
	 *
	 * @param image base name
	 * @param kind what it shows
	 * @param plantedNuclei number of planted nuclei
	 * @param foundNuclei number of nuclei found
	 * @param f1 F1 of nuclei at IoU 0.5
	 * @param plantedPercent planted share of positive cells
	 * @param foundPercent share found
	 */
	public record Row(String image, PhantomKind kind, long plantedNuclei,
			long foundNuclei, double f1, double plantedPercent, double foundPercent) {

		/** Returns the difference of the shares in points, found minus planted. */
		public double points() {
			return foundPercent - plantedPercent;
		}

		private boolean hasKi67() {
			return kind == PhantomKind.HDAB || kind == PhantomKind.HDAB_PATCHES ||
				kind == PhantomKind.SLIDE;
		}

		/** Returns whether every number that applies is good enough. */
		public boolean passed() {
			if (kind == PhantomKind.XGAL) return true;
			final boolean nuclei = kind == PhantomKind.SLIDE && Double.isNaN(f1) ||
				f1 >= LEAST_F1;
			final boolean share = kind == PhantomKind.DAPI || Math.abs(
				points()) <= MOST_POINTS;
			return nuclei && share;
		}
	}

	/**
	 * All pictures of a folder.
	 *
	 * @param rows one a picture
	 */
	public record Result(List<Row> rows) {

		/** Returns whether all pictures passed. */
		public boolean passed() {
			return rows.stream().allMatch(Row::passed);
		}

		/** Returns a table for people, one line a picture. */
		public String text() {
			final StringBuilder s = new StringBuilder(String.format(Locale.ROOT,
				"%-16s %8s %8s %7s %10s %8s %8s%n", "phantom", "planted", "found",
				"F1@.5", "positive %", "found %", "points"));
			for (final Row r : rows) {
				s.append(String.format(Locale.ROOT,
					"%-16s %8d %8d %7s %10s %8s %8s  %s%n", r.image, r.plantedNuclei,
					r.foundNuclei, number("%.3f", r.f1), number("%.1f", r.plantedPercent),
					number("%.1f", r.foundPercent), number("%+.1f", r.points()),
					r.kind == PhantomKind.XGAL ? "not judged" : r.passed() ? "ok"
						: "OUTSIDE"));
			}
			final List<Row> ki67 = rows.stream().filter(r -> r.hasKi67() && !Double
				.isNaN(r.points())).toList();
			if (ki67.size() > 1) {
				final Agreement a = Agreement.of(ki67.stream().mapToDouble(
					Row::foundPercent).toArray(), ki67.stream().mapToDouble(
						Row::plantedPercent).toArray());
				s.append(String.format(Locale.ROOT,
					"%nKi-67, %d pictures: ICC(2,1) %.4f, mean difference %+.2f points, limits of agreement %+.2f to %+.2f, largest %.2f%n",
					a.cases(), a.icc(), a.meanDifference(), a.lowerLimit(), a
						.upperLimit(), a.largestAbsoluteDifference()));
			}
			return s.toString();
		}

		private static String number(final String format, final double v) {
			return Double.isNaN(v) ? "-" : String.format(Locale.ROOT, format, v);
		}
	}

	private PhantomCheck() {}

	/**
	 * Compares two folders and prints the table.
	 *
	 * @param arguments the folder of the phantoms and the output folder of the
	 *          run; more pairs may follow
	 */
	public static void main(final String[] arguments) {
		if (arguments.length == 0 || arguments.length % 2 != 0) {
			System.err.println("give PHANTOM_DIR OUT_DIR, once or more");
			System.exit(2);
		}
		final List<Row> rows = new ArrayList<>();
		try {
			for (int i = 0; i < arguments.length; i += 2) {
				rows.addAll(compare(Path.of(arguments[i]), Path.of(arguments[i + 1]))
					.rows());
			}
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
		final Result result = new Result(rows);
		System.out.print(result.text());
		System.exit(result.passed() ? 0 : 1);
	}

	/**
	 * Compares the pictures that a run analysed.
	 *
	 * @param phantoms folder that {@link PhantomWriter} wrote
	 * @param out output folder of the run
	 * @throws UserException if a file cannot be read, or the run analysed none of
	 *           the pictures
	 */
	public static Result compare(final Path phantoms, final Path out) {
		final List<Row> rows = new ArrayList<>();
		final Path truth = phantoms.resolve("truth.csv");
		try {
			final List<String> lines = Files.readAllLines(truth);
			final List<String> names = List.of(lines.get(0).split(",", -1));
			for (final String line : lines.subList(1, lines.size())) {
				final String[] v = line.split(",", -1);
				final String name = v[names.indexOf("image")].replace(".ome.tif", "");
				final Path folder = out.resolve(name);
				if (!Files.exists(folder.resolve("summary.json"))) continue;
				final PhantomKind kind = PhantomKind.of(v[names.indexOf("kind")])
					.orElseThrow(() -> new UserException(truth + ": unknown kind in '" +
						line + "'; draw the phantoms again"));
				final String index = v[names.indexOf("labelling_index_percent")];
				final String sagal = v[names.indexOf("sagal_positive_percent")];
				final JsonNode summary = new ObjectMapper().readTree(folder.resolve(
					"summary.json").toFile());
				final double found = summary.path("markers").path(index.isEmpty()
					? "sagal" : "ki67").path("positive_percent").asDouble(Double.NaN);
				final String planted = index.isEmpty() ? sagal : index;
				rows.add(new Row(name, kind, Long.parseLong(v[names.indexOf("nuclei")]),
					summary.path("cells").asLong(), f1(phantoms.resolve("labels").resolve(
						name + ".ome.tif"), folder.resolve("nuclei-labels.ome.tif")),
					planted.isEmpty() ? Double.NaN : Double.parseDouble(planted), planted
						.isEmpty() ? Double.NaN : found));
			}
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, truth +
				": cannot be compared with " + out + " (" + e.getMessage() +
				"); give a folder of senoscope phantom and the output of a run on it",
				e);
		}
		if (rows.isEmpty()) throw new UserException(out +
			": holds no result for a picture of " + truth +
			"; analyse the images of that folder first");
		return new Result(List.copyOf(rows));
	}

	private static double f1(final Path truth, final Path found) {
		if (!Files.exists(truth) || !Files.exists(found)) return Double.NaN;
		final int[] a = labels(truth), b = labels(found);
		if (a.length != b.length) throw new UserException(found + ": has " +
			b.length + " pixels and " + truth + " " + a.length +
			"; give the output of a run on these phantoms");
		final LabelMatching matching = new LabelMatching(0.5);
		matching.add(b, a);
		return matching.scores()[0].f1();
	}

	private static int[] labels(final Path file) {
		try (BioFormatsSource source = ImageSources.open(file,
			OpenOptions.DEFAULTS))
		{
			final Region all = source.info().bounds();
			final float[] values = new float[(int) all.size()];
			source.readChannel(0, 0, all, values);
			final int[] labels = new int[values.length];
			for (int i = 0; i < labels.length; i++) {
				labels[i] = (int) values[i];
			}
			return labels;
		}
	}
}
