
package org.senoscope.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.senoscope.core.UserException;
import org.senoscope.core.registration.DensityRegistration;
import org.senoscope.core.registration.RigidTransform;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.core.spatial.RegionCooccurrence;
import org.senoscope.core.spatial.RegionCooccurrence.Tile;
import org.senoscope.io.output.JsonText;
import org.senoscope.io.output.OutputErrors;
import org.senoscope.io.output.StagedFile;
import org.senoscope.io.table.TableFile;
import org.senoscope.report.SerialReport;

/**
 * Two finished sections of one block beside each other: registers them by cell
 * density and compares one marker of each in the same squares. Writes
 * {@code serial.json}, {@code serial-tiles.csv} and {@code serial-report.html}.
 */
public final class SerialJob {

	private static final int SAMPLES = 500;
	private static final long SEED = 1;

	/**
	 * What to compare.
	 *
	 * @param first result folder of a section
	 * @param second result folder of another section of the block
	 * @param firstMarker marker of the first section; blank: its only one
	 * @param secondMarker likewise
	 * @param tileUm side of the squares in µm
	 * @param leastCells cells that a square must hold of each section
	 * @param transform where places of the first lie in the second, in µm; null:
	 *          found from the cells
	 * @param out folder for the results
	 */
	public record Request(Path first, Path second, String firstMarker,
			String secondMarker, double tileUm, int leastCells,
			RigidTransform transform, Path out) {
	}

	/** A section as its folder has it. */
	private record Section(String image, String marker, String label,
			DensityRegistration.Section cells, byte[] states) {
	}

	/** What is kept of a cell beside its place. */
	private static final byte NOT_CALLED = 0, NEGATIVE = 1, POSITIVE = 2;

	private SerialJob() {}

	/**
	 * Compares two sections.
	 *
	 * @return what {@code serial.json} holds
	 * @throws UserException in one line, if they cannot be compared
	 */
	public static Map<String, Object> run(final Request request,
		final Progress progress, final Cancellation cancellation)
	{
		progress.stage("Reading cells");
		final Section a = read(request.first(), request.firstMarker(), "--marker-a",
			cancellation), b = read(request.second(), request.secondMarker(),
				"--marker-b", cancellation);
		progress.stage("Registering the sections");
		DensityRegistration.Found found = null;
		RigidTransform t = request.transform();
		if (t == null) {
			found = DensityRegistration.find(a.cells, b.cells);
			if (!found.matches()) throw new UserException(a.image + " and " +
				b.image + String.format(Locale.ROOT,
					": their cells do not lie alike (correlation of density within tissue %.2f, %.2f asked; shared tissue %.0f %%); are they sections of one block, none turned over? Else state how they lie with --transform X,Y,DEGREES",
					found.inTissue(), DensityRegistration.LEAST_CORRELATION, 100 * found
						.tissueShared()));
			t = found.transform();
		}
		cancellation.check();
		progress.stage("Comparing squares");
		final RegionCooccurrence counts = new RegionCooccurrence(request.tileUm());
		for (int i = 0; i < a.states.length; i++)
			if (a.states[i] != NOT_CALLED) counts.add(0, a.cells.x()[i], a.cells
				.y()[i], a.states[i] == POSITIVE);
		for (int i = 0; i < b.states.length; i++) {
			if (b.states[i] == NOT_CALLED) continue;
			final double[] p = back(t, b.cells.x()[i], b.cells.y()[i]);
			counts.add(1, p[0], p[1], b.states[i] == POSITIVE);
		}
		final List<Tile> tiles = counts.tiles(request.leastCells());
		final RegionCooccurrence.Result result = RegionCooccurrence.compare(tiles,
			SAMPLES, SEED);
		final Map<String, Object> said = said(request, a, b, found, t, tiles,
			result);
		write(request.out().resolve("serial-tiles.csv"), csv(request, tiles));
		write(request.out().resolve("serial-report.html"), SerialReport.of(said,
			tiles, request.tileUm(), a.cells, b.cells, t, Version.get()));
		write(request.out().resolve("serial.json"), JsonText.of(said));
		return said;
	}

	/** Where a place of the second section lies in the first. */
	private static double[] back(final RigidTransform t, final double x,
		final double y)
	{
		final RigidTransform turn = new RigidTransform(-t.angle(), 0, 0);
		return new double[] { turn.x(x - t.dx(), y - t.dy()), turn.y(x - t.dx(), y -
			t.dy()) };
	}

	private static Section read(final Path folder, final String wanted,
		final String flag, final Cancellation cancellation)
	{
		final JsonNode summary = json(folder.resolve("summary.json")), run = json(
			folder.resolve("run.json"));
		final List<String> markers = new ArrayList<>();
		summary.get("markers").fieldNames().forEachRemaining(markers::add);
		if (wanted.isBlank() ? markers.size() != 1 : !markers.contains(wanted))
			throw new UserException(folder + (wanted.isBlank() ? " has " + markers
				.size() + " markers" : " has no marker " + wanted) +
				"; name one with " + flag + ": " + String.join(", ", markers));
		final String marker = wanted.isBlank() ? markers.get(0) : wanted;
		final double um = summary.get("pixel_size_um").asDouble();
		final List<String> columns = List.of("centroid_x_um", "centroid_y_um",
			marker + "_positive");
		final List<double[]> blocks = new ArrayList<>();
		try (TableFile table = TableFile.open(folder.resolve("cells.csv"))) {
			final List<String> missing = columns.stream().filter(c -> !table.columns()
				.contains(c)).toList();
			if (!missing.isEmpty()) throw new UserException(table.file() +
				": has no column " + String.join(", ", missing) +
				"; give a result folder written with --columns senoscope");
			table.read(columns, 1, rows -> {
				final double[] block = new double[3 * rows.rows()];
				for (int r = 0; r < rows.rows(); r++) {
					block[3 * r] = rows.number(r, 0);
					block[3 * r + 1] = rows.number(r, 1);
					final String state = rows.text(r, 2);
					block[3 * r + 2] = state.equals("true") ? POSITIVE : state.equals(
						"false") ? NEGATIVE : NOT_CALLED;
				}
				return block;
			}, blocks::add, Progress.SILENT, cancellation);
		}
		final int n = blocks.stream().mapToInt(k -> k.length / 3).sum();
		if (n == 0) throw new UserException(folder +
			": holds no cell; sections are compared by their cells (give the nuclei of an X-gal section a counterstain or --nuclei-image)");
		final double[] x = new double[n], y = new double[n];
		final byte[] states = new byte[n];
		int at = 0;
		for (final double[] block : blocks)
			for (int i = 0; i < block.length; i += 3, at++) {
				x[at] = block[i];
				y[at] = block[i + 1];
				states[at] = (byte) block[i + 2];
			}
		return new Section(summary.get("image").asText(), marker, marker(summary,
			marker), new DensityRegistration.Section(x, y, um * run.get("width")
				.asDouble(), um * run.get("height").asDouble()), states);
	}

	private static String marker(final JsonNode summary, final String id) {
		final JsonNode label = summary.get("markers").get(id).get("label");
		return label == null ? id : label.asText();
	}

	private static JsonNode json(final Path file) {
		if (!Files.isRegularFile(file)) throw new UserException(file.getParent() +
			": is no result folder of an image (" + file.getFileName() +
			" is missing); give OUT/<image name>");
		try {
			return new ObjectMapper().readTree(file.toFile());
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, file +
				": cannot be read (" + e.getMessage() + "); run that image again", e);
		}
	}

	private static Map<String, Object> said(final Request request,
		final Section a, final Section b, final DensityRegistration.Found found,
		final RigidTransform t, final List<Tile> tiles,
		final RegionCooccurrence.Result result)
	{
		final Map<String, Object> said = new LinkedHashMap<>();
		said.put("first", section(a));
		said.put("second", section(b));
		final Map<String, Object> lies = new LinkedHashMap<>();
		lies.put("origin", found == null ? "given" : "cell density");
		lies.put("shift_um", new double[] { t.dx(), t.dy() });
		lies.put("rotation_degrees", Math.toDegrees(t.angle()));
		if (found != null) {
			lies.put("density_correlation", found.correlation());
			lies.put("density_correlation_in_tissue", found.inTissue());
			lies.put("tissue_shared_percent", 100 * found.tissueShared());
		}
		said.put("registration", lies);
		said.put("tile_um", request.tileUm());
		said.put("least_cells", request.leastCells());
		said.put("tiles", tiles.size());
		said.put("spearman", result.spearman());
		said.put("spearman_low", result.low());
		said.put("spearman_high", result.high());
		said.put("both_high_percent", result.bothHighPercent());
		said.put("both_high_expected_percent", result.expectedPercent());
		final List<String> warnings = new ArrayList<>();
		if (tiles.size() < RegionCooccurrence.LEAST_TILES) warnings.add(String
			.format(Locale.ROOT,
				"Only %d squares hold %d cells of both sections, too few for a correlation (%d); take smaller ones with --tile.",
				tiles.size(), request.leastCells(), RegionCooccurrence.LEAST_TILES));
		if (a.image.equals(b.image)) warnings.add(
			"Both folders are of an image of the same name: are they two sections?");
		said.put("warnings", warnings);
		return said;
	}

	private static Map<String, Object> section(final Section s) {
		final Map<String, Object> of = new LinkedHashMap<>();
		of.put("image", s.image);
		of.put("marker", s.marker);
		of.put("label", s.label);
		of.put("cells", s.states.length);
		return of;
	}

	private static String csv(final Request request, final List<Tile> tiles) {
		final StringBuilder rows = new StringBuilder(
			"x_um,y_um,cells_a,positive_a,positive_percent_a,cells_b,positive_b,positive_percent_b\n");
		for (final Tile t : tiles)
			rows.append(String.format(Locale.ROOT,
				"%.6g,%.6g,%d,%d,%.3f,%d,%d,%.3f\n", t.column() * request.tileUm(), t
					.row() * request.tileUm(), t.cells()[0], t.positive()[0], t.percent(
						0), t.cells()[1], t.positive()[1], t.percent(1)));
		return rows.toString();
	}

	private static void write(final Path file, final String text) {
		try (StagedFile staged = new StagedFile(file)) {
			Files.writeString(staged.path(), text, StandardCharsets.UTF_8);
			staged.commit();
		}
		catch (final IOException e) {
			throw OutputErrors.of(file, e);
		}
	}
}
