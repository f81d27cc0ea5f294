
package org.senoscope.io.phantom;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.senoscope.core.UserException;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.PlantedCell;
import org.senoscope.core.phantom.PlantedFocus;
import org.senoscope.core.phantom.PlantedMarker;
import org.senoscope.core.phantom.Tissue;
import org.senoscope.core.run.Progress;

/**
 * Writes phantom pictures with their truth: {@code images/NAME.ome.tif},
 * {@code labels/NAME.ome.tif}, {@code cells/NAME.csv}, for kinds with foci
 * {@code foci/NAME.csv}, under one base name, and one row an image in
 * {@code truth.csv}. The paired DAPI image of {@link PhantomKind#XGAL_DAPI} is
 * {@code images/NAME_dapi.ome.tif}; beside a {@link PhantomKind#PANEL} lie the
 * single stains {@code controls/single_MARKER.ome.tif}.
 * <p>
 * The same arguments give the same bytes, for any number of threads. Image
 * {@code k} (from 0) of a call is image 0 of a call with {@code seed + k}.
 * Writing again into a folder replaces images of the same name and keeps the
 * rows of the others in {@code truth.csv}.
 */
public final class PhantomWriter {

	/** Largest slide, in pixels, that gets a label image. */
	public static final long LARGEST_LABELLED = 100_000_000L;
	private static final long LARGEST_FIELD = 67_108_864L;
	private static final int SMALLEST_SIDE = 64;
	private static final float FIELD_QUALITY = 0.88f, SLIDE_QUALITY = 0.82f;
	private static final int TRUTH_BAND = 512;
	private static final String TRUTH_HEADER =
		"image,kind,seed,width_px,height_px,pixel_size_um,nuclei,positive," +
			"labelling_index_percent,sagal_positive_percent,stained_area_percent," +
			"cell_area_percent";

	private static final List<String> PANEL_MARKERS = List.of("ki67", "sagal",
		"p16", "p21");
	/** Columns of a panel's truth after those of any cell. */
	private static final List<String> PANEL_COLUMNS = PANEL_MARKERS.stream()
		.flatMap(m -> Stream.of(m + "_mean", m + "_positive")).toList();

	/** Seeds of controls, far from those of pictures. */
	private static final long SINGLES_SEED = 50_000;

	private final PhantomKind kind;
	private final Path out;
	private final int width, height, threads;

	private PhantomWriter(final PhantomKind kind, final Path out, final int width,
		final int height, final int threads)
	{
		this.kind = kind;
		this.out = out;
		this.width = width;
		this.height = height;
		this.threads = threads;
	}

	/** What {@code truth.csv} says of one image. */
	private record Truth(String image, long seed, long nuclei, long positive,
			double stainedArea, double cellArea) {
	}

	/**
	 * Writes pictures on all processors.
	 *
	 * @see #write(PhantomKind, Path, int, int, int, long, int, Progress)
	 */
	public static void write(final PhantomKind kind, final Path out,
		final int count, final int width, final int height, final long seed,
		final Progress progress)
	{
		write(kind, out, count, width, height, seed, Runtime.getRuntime()
			.availableProcessors(), progress);
	}

	/**
	 * Writes pictures.
	 *
	 * @param kind what to draw
	 * @param out folder, made if it is missing
	 * @param count number of pictures
	 * @param width width in pixels
	 * @param height height in pixels
	 * @param seed everything follows from it
	 * @param threads worker threads of a slide
	 * @param progress told of every picture
	 * @throws UserException if an argument makes no sense or the folder cannot be
	 *           written
	 */
	public static void write(final PhantomKind kind, final Path out,
		final int count, final int width, final int height, final long seed,
		final int threads, final Progress progress)
	{
		if (count < 1) throw new UserException("count is " + count +
			"; give 1 or more");
		if (width < SMALLEST_SIDE || height < SMALLEST_SIDE) {
			throw new UserException("size " + width + "x" + height +
				" is too small; give at least " + SMALLEST_SIDE + "x" + SMALLEST_SIDE +
				" pixels");
		}
		if (kind != PhantomKind.SLIDE && (long) width * height > LARGEST_FIELD) {
			throw new UserException("size " + width + "x" + height +
				" is too large for a field; use the kind slide, which is written tile by tile");
		}
		try {
			for (final String folder : new String[] { "images", "labels", "cells" }) {
				Files.createDirectories(out.resolve(folder));
			}
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.INPUT, out +
				": the folder cannot be written; choose another --out", e);
		}
		final PhantomWriter writer = new PhantomWriter(kind, out, width, height,
			Math.max(1, threads));
		try {
			final List<Truth> truths = new ArrayList<>();
			for (int k = 0; k < count; k++) {
				final String name = String.format(Locale.ROOT, "%s_%02d", kind.id(), k +
					1);
				progress.stage((kind == PhantomKind.SLIDE ? "Planting the nuclei of "
					: "Drawing ") + name);
				truths.add(kind == PhantomKind.SLIDE ? writer.slide(name, seed + k,
					progress) : writer.field(name, seed + k));
				progress.update(k + 1L, count);
			}
			if (kind == PhantomKind.PANEL) writer.singles(seed);
			writer.truth(truths);
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.FAILURE, out +
				": writing failed (" + e.getMessage() +
				"); free disk space or choose another --out", e);
		}
	}

	private Truth field(final String name, final long seed) throws IOException {
		final PhantomField f = Phantoms.field(kind, width, height, seed);
		final Path images = out.resolve("images"), image = images.resolve(name +
			".ome.tif");
		if (f.rgb() != null) complete(image, p -> new PyramidWriter(width, height,
			kind.pixelSizeUm(), FIELD_QUALITY, 1).write(p, name, false, TileProvider
				.repeated(f.rgb(), width, height), Progress.SILENT));
		if (f.dapi() != null) {
			channels(f, f.rgb() == null ? name : name + "_dapi", images);
		}
		labels(name, f.cells().size(), (y, h, values) -> System.arraycopy(f
			.labels(), y * width, values, 0, width * h));
		complete(out.resolve("cells").resolve(name + ".csv"), p -> {
			try (BufferedWriter csv = Files.newBufferedWriter(p)) {
				csv.write(header());
				for (final PlantedCell c : f.cells()) {
					csv.write(f.markers().isEmpty() ? row(c) : panelRow(f, c));
				}
			}
		});
		if (hasFoci()) foci(name, f);
		return new Truth(name + ".ome.tif", seed, f.cells().size(), f.cells()
			.stream().filter(PlantedCell::positive).count(), f.stainedAreaFraction(),
			f.cellAreaFraction());
	}

	private void channels(final PhantomField f, final String name,
		final Path folder) throws IOException
	{
		final List<String> names = new ArrayList<>(List.of("DAPI"));
		final List<GreyWriter.Rows> planes = new ArrayList<>(List.of(rows(f
			.dapi())));
		f.channels().forEach((channel, counts) -> {
			names.add(channel);
			planes.add(rows(counts));
		});
		complete(folder.resolve(name + ".ome.tif"), p -> GreyWriter.write(p, name,
			names, width, height, kind.pixelSizeUm(), 16, true, planes));
	}

	/** A control of other cells for each marker of a panel alone. */
	private void singles(final long seed) throws IOException {
		final Path controls = Files.createDirectories(out.resolve("controls"));
		long other = seed + SINGLES_SEED;
		for (final String marker : PANEL_MARKERS)
			channels(Phantoms.panel(width, height, Phantoms.PANEL_BLEED, 1, other++,
				marker), "single_" + marker, controls);
	}

	private GreyWriter.Rows rows(final char[] counts) {
		return (y, h, values) -> {
			for (int i = 0; i < width * h; i++) {
				values[i] = counts[y * width + i];
			}
		};
	}

	private void foci(final String name, final PhantomField f)
		throws IOException
	{
		Files.createDirectories(out.resolve("foci"));
		complete(out.resolve("foci").resolve(name + ".csv"), p -> {
			try (BufferedWriter csv = Files.newBufferedWriter(p)) {
				csv.write("cell_id,marker,x_px,y_px,size_um,contrast,snr\n");
				for (final PlantedFocus focus : f.foci())
					csv.write(String.format(Locale.ROOT,
						"%d,%s,%.3f,%.3f,%.3f,%.3f,%.2f\n", focus.cell(), focus.marker(),
						focus.xPx(), focus.yPx(), focus.widthUm(), focus.contrast(), focus
							.snr()));
			}
		});
	}

	private Truth slide(final String name, final long seed,
		final Progress progress) throws IOException
	{
		final Tissue tissue = new Tissue(seed, width, height, kind.pixelSizeUm(),
			false);
		final boolean labelled = (long) width * height <= LARGEST_LABELLED;
		final Map<Long, Integer> ids = labelled ? new HashMap<>() : null;
		final long[] counts = new long[2];
		complete(out.resolve("cells").resolve(name + ".csv"), p -> {
			try (BufferedWriter csv = Files.newBufferedWriter(p)) {
				slideCells(tissue, ids, counts, csv, progress);
			}
		});
		progress.stage("Drawing the tiles of " + name);
		complete(out.resolve("images").resolve(name + ".ome.tif"),
			p -> new PyramidWriter(width, height, kind.pixelSizeUm(), SLIDE_QUALITY,
				threads).write(p, name, true, tissue::render, progress));
		if (labelled) progress.stage("Drawing the labels of " + name);
		if (labelled) labels(name, counts[0], (y, h, values) -> tissue.labels(y, h,
			ids, values));
		return new Truth(name + ".ome.tif", seed, counts[0], counts[1], Double.NaN,
			tissue.tissueFraction());
	}

	/** Streams the truth of a slide, band by band in order. */
	private void slideCells(final Tissue tissue, final Map<Long, Integer> ids,
		final long[] counts, final BufferedWriter csv, final Progress progress)
		throws IOException
	{
		csv.write(header());
		final ExecutorService pool = Executors.newFixedThreadPool(threads, r -> {
			final Thread t = new Thread(r, "phantom");
			t.setDaemon(true);
			return t;
		});
		/** A band with its numbers counted from 1. */
		record Band(List<PlantedCell> cells, Map<Long, Integer> keys) {
		}
		try {
			final ArrayDeque<Future<Band>> queue = new ArrayDeque<>();
			int next = 0;
			while (next < height || !queue.isEmpty()) {
				while (next < height && queue.size() < threads + 1) {
					final int y = next;
					queue.add(pool.submit(() -> {
						final Map<Long, Integer> keys = ids == null ? null
							: new HashMap<>();
						return new Band(tissue.cells(0, y, width, Math.min(TRUTH_BAND,
							height - y), 1, keys), keys);
					}));
					next += TRUTH_BAND;
				}
				final Band band = queue.remove().get();
				progress.update(Math.min(height, next), height);
				final long before = counts[0];
				for (final PlantedCell c : band.cells) {
					csv.write(row(new PlantedCell((int) (before + c.id()), c.xPx(), c
						.yPx(), c.nucleusAreaUm2(), c.type(), c.edge(), c.amount(), c
							.positive())));
					counts[0]++;
					if (c.positive()) counts[1]++;
				}
				if (ids != null) band.keys.forEach((key, id) -> ids.put(key,
					(int) (before + id)));
			}
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new CancellationException("stopped on request");
		}
		catch (final ExecutionException e) {
			throw new IllegalStateException(e.getCause());
		}
		finally {
			pool.shutdownNow();
		}
	}

	private void labels(final String name, final long nuclei,
		final GreyWriter.Rows rows) throws IOException
	{
		complete(out.resolve("labels").resolve(name + ".ome.tif"), p -> GreyWriter
			.write(p, name, "nuclei", width, height, kind.pixelSizeUm(),
				nuclei > 65535 ? 32 : 16, false, rows));
	}

	private String header() {
		final String amount = switch (kind) {
			case HDAB, HDAB_PATCHES, SLIDE, IHC_CYTOPLASM, IHC_MEMBRANE ->
				"dab_od_mean,positive";
			case LIPOFUSCIN_GL13, LIPOFUSCIN_SBB -> "granule_area_fraction,positive";
			case DAPI -> "dapi_mean";
			case PANEL -> String.join(",", PANEL_COLUMNS);
			case FOCI, SAHF, SAHF_MOUSE -> "foci,positive";
			case XGAL, XGAL_NFR, XGAL_DAPI -> "indigo_od_mean,positive";
		};
		return "cell_id,centroid_x_px,centroid_y_px,nucleus_area_um2,cell_type,edge," +
			amount + "\n";
	}

	private static String start(final PlantedCell c) {
		return String.format(Locale.ROOT, "%d,%.2f,%.2f,%.2f,%s,%s", c.id(), c
			.xPx(), c.yPx(), c.nucleusAreaUm2(), c.type().name().toLowerCase(
				Locale.ROOT), c.edge());
	}

	private static String panelRow(final PhantomField f, final PlantedCell c) {
		final StringBuilder row = new StringBuilder(start(c));
		for (final PlantedMarker m : f.markers())
			row.append(String.format(Locale.ROOT, ",%.1f,%s", m.amounts()[c.id() - 1],
				m.positive()[c.id() - 1]));
		return row.append('\n').toString();
	}

	private String row(final PlantedCell c) {
		final String start = String.format(Locale.ROOT, "%s,%.4f", start(c), c
			.amount());
		return start + (kind == PhantomKind.DAPI ? "" : "," + c.positive()) + "\n";
	}

	/** Rows of images that are not written now stay. */
	private void truth(final List<Truth> truths) throws IOException {
		final Path file = out.resolve("truth.csv");
		final Map<String, String> rows = new LinkedHashMap<>();
		if (Files.exists(file)) {
			final List<String> lines = Files.readAllLines(file);
			if (lines.isEmpty() || !lines.get(0).equals(TRUTH_HEADER)) {
				throw new UserException(file +
					": is not a truth table of this version; remove it or choose another --out");
			}
			for (final String line : lines.subList(1, lines.size())) {
				rows.put(line.substring(0, line.indexOf(',')), line);
			}
		}
		for (final Truth t : truths) {
			final double percent = t.nuclei == 0 ? Double.NaN : 100.0 * t.positive /
				t.nuclei;
			final boolean ki67 = kind == PhantomKind.HDAB ||
				kind == PhantomKind.HDAB_PATCHES || kind == PhantomKind.SLIDE;
			final boolean sagal = kind == PhantomKind.XGAL ||
				kind == PhantomKind.XGAL_NFR || kind == PhantomKind.XGAL_DAPI;
			final boolean counted = kind != PhantomKind.DAPI && !hasFoci() &&
				kind != PhantomKind.PANEL;
			rows.put(t.image, String.join(",", t.image, kind.id(), Long.toString(
				t.seed), Integer.toString(width), Integer.toString(height), Double
					.toString(kind.pixelSizeUm()), Long.toString(t.nuclei), counted ? Long
						.toString(t.positive) : "", ki67 ? number(percent) : "", sagal
							? number(percent) : "", number(100 * t.stainedArea), number(100 *
								t.cellArea)));
		}
		complete(file, p -> Files.writeString(p, TRUTH_HEADER + "\n" + String.join(
			"\n", rows.values()) + "\n", StandardCharsets.UTF_8));
	}

	private boolean hasFoci() {
		return kind == PhantomKind.FOCI || kind == PhantomKind.SAHF ||
			kind == PhantomKind.SAHF_MOUSE;
	}

	private static String number(final double v) {
		return Double.isNaN(v) ? "" : String.format(Locale.ROOT, "%.4f", v);
	}

	/** Writes a file under a temporary name. */
	@FunctionalInterface
	private interface Writing {

		void to(Path temporary) throws IOException;
	}

	/** A file appears complete or not at all. */
	private static void complete(final Path file, final Writing writing)
		throws IOException
	{
		final Path part = file.resolveSibling(file.getFileName() + ".part");
		try {
			writing.to(part);
			Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
		}
		finally {
			Files.deleteIfExists(part);
		}
	}
}
