
package org.senoscope.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import org.senoscope.core.UserException;
import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.gate.BatchGates;
import org.senoscope.core.gate.GateScope;
import org.senoscope.core.gate.GateSettings;
import org.senoscope.core.gate.GivenGates;
import org.senoscope.core.image.Annotation;
import org.senoscope.core.image.FlatFieldSource;
import org.senoscope.core.image.IlluminationSettings;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.TiledPixelSource;
import org.senoscope.core.phenotype.PhenotypeModel;
import org.senoscope.core.protocol.Control;
import org.senoscope.core.protocol.ControlRole;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolKey;
import org.senoscope.core.protocol.ProtocolKeys;
import org.senoscope.core.protocol.ProtocolWriter;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.ControlInput;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;
import org.senoscope.core.run.SlideInputs;
import org.senoscope.core.run.SlidePipeline;
import org.senoscope.core.run.SlideResult;
import org.senoscope.core.run.SpillStore;
import org.senoscope.io.annotation.AnnotationReader;
import org.senoscope.io.evidence.EvidenceFile;
import org.senoscope.io.image.ImageNames;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;
import org.senoscope.io.model.RegionForestFile;
import org.senoscope.io.output.ArtefactsGeoJsonWriter;
import org.senoscope.io.output.BatchGatesFile;
import org.senoscope.io.output.CellsCsvWriter;
import org.senoscope.io.output.FociCsvWriter;
import org.senoscope.io.output.GeoJsonWriter;
import org.senoscope.io.output.HotSpotsWriter;
import org.senoscope.io.output.LabelsWriter;
import org.senoscope.io.output.RoiZipWriter;
import org.senoscope.io.output.RunWriter;
import org.senoscope.io.output.StagedFolder;
import org.senoscope.io.output.SummaryWriter;
import org.senoscope.io.output.TempFileSpill;
import org.senoscope.report.HtmlReport;
import org.senoscope.report.OverlayWriter;
import org.senoscope.tensorflow.PhenotypeModels;
import org.senoscope.tensorflow.TensorFlowUnavailableException;

/**
 * One image from file to report: opens it, runs the pipeline and writes all
 * outputs, which appear complete or not at all. The command line, the Fiji
 * commands and the macros all end here, so that they give the same numbers.
 */
public final class SlideJob {

	private final SlideRequest request;
	private final Protocol protocol;
	private final RunOptions options;
	private final Progress progress;
	private final Cancellation cancellation;

	private SlideJob(final SlideRequest request, final Progress progress,
		final Cancellation cancellation)
	{
		this.request = request;
		protocol = request.protocol();
		options = request.options();
		this.progress = progress;
		this.cancellation = cancellation;
	}

	/**
	 * Analyses one image.
	 *
	 * @param request image, protocol and options
	 * @param progress told what is going on
	 * @param cancellation checked between tiles
	 * @return what became of it
	 * @throws UserException in one line, if the image or the protocol cannot be
	 *           used or the outputs cannot be written
	 * @throws java.util.concurrent.CancellationException if cancelled; nothing is
	 *           left behind
	 */
	public static SlideOutcome run(final SlideRequest request,
		final Progress progress, final Cancellation cancellation)
	{
		return new SlideJob(request, progress, cancellation).run();
	}

	private SlideOutcome run() {
		final long start = System.nanoTime();
		PixelSource source = null;
		PixelSource nuclei = null, fluorescence = null;
		final List<ControlInput> controls = new ArrayList<>();
		final List<PixelSource> rounds = new ArrayList<>();
		try {
			progress.stage("Opening " + shownName());
			source = request.source() != null ? request.source() : open(request
				.image(), protocol.series());
			openControls(controls);
			final EvidenceDefinition evidence = EvidenceFile.read(protocol.phenotype()
				.definition());
			nuclei = nucleiImage(request.image());
			fluorescence = beside(request.image(), protocol.fluorescence().image(),
				"fluorescence");
			final List<Annotation> annotations = protocol.annotations().isBlank()
				? List.of() : AnnotationReader.read(Path.of(protocol.annotations()));
			try (PhenotypeModel model = classifier();
					StagedFolder folder = StagedFolder.open(request.outputFolder(),
						folderName()))
			{
				openRounds(rounds);
				return write(new SlideInputs(evenlyLit(source), nuclei, annotations,
					shownName(), evidence, model, new NucleusModels(threads()), controls,
					protocol.regions().classifier().isBlank() ? null : RegionForestFile
						.read(Path.of(protocol.regions().classifier())), batch(), gates(),
					fluorescence).withRounds(rounds), folder, start);
			}
		}
		finally {
			if (nuclei != null) nuclei.close();
			if (fluorescence != null) fluorescence.close();
			rounds.forEach(PixelSource::close);
			for (final ControlInput control : controls) {
				control.source().close();
				if (control.nuclei() != null) control.nuclei().close();
			}
			if (source != null && source != request.source()) source.close();
		}
	}

	/** What the slides read that share their gates; null for gates of its own. */
	private BatchGates batch() {
		final GateSettings gates = protocol.gates();
		if (gates.scope() != GateScope.BATCH) return null;
		if (gates.file().isBlank()) throw new UserException(shownName() +
			": gates.scope batch needs the readings of the batch: name them with gates.file, after a run of every image with gates.scope collect");
		return BatchGatesFile.read(Path.of(gates.file()));
	}

	/** Gates of the panel that a file brings along. */
	private GivenGates gates() {
		if (protocol.panel().gates().isBlank()) return GivenGates.NONE;
		final Path file = Path.of(protocol.panel().gates());
		final String name = request.image() != null ? request.image().getFileName()
			.toString() : request.source().info().name();
		final GateFile gates = GateFile.read(file);
		// a file of one column may be another slide's
		final Map<String, Double> found = gates.of(List.of(ImageNames.outputName(
			name), name), gates.bySlide().keySet());
		if (found.isEmpty()) throw new UserException(shownName() + ": " + file +
			" has gates for " + String.join(", ", gates.bySlide().keySet()) +
			", not for this picture; add a column " + ImageNames.outputName(name) +
			", or one of the name gates for all");
		return new GivenGates(options.pseudonym().isBlank() ? "written in " + file
			.getFileName() : "written in a file of gates", found);
	}

	/** The picture with the light of its camera evened out by given frames. */
	private PixelSource evenlyLit(final PixelSource picture) {
		final IlluminationSettings light = protocol.illumination();
		try (PixelSource blank = frame(light.flatField(), "flat-field");
				PixelSource dark = frame(light.darkFrame(), "dark-frame"))
		{
			return FlatFieldSource.of(picture, blank, dark, threads());
		}
	}

	private PixelSource frame(final String file, final String flag) {
		if (file.isBlank()) return null;
		if (!Files.exists(Path.of(file))) throw new UserException(shownName() +
			": the frame " + file + " is not there; check --illumination-" + flag);
		return open(Path.of(file), 1);
	}

	/** The network that tells states; null: none is asked for or can run. */
	private PhenotypeModel classifier() {
		final String name = protocol.phenotype().network();
		if (name.isBlank()) return null;
		try {
			return PhenotypeModels.open(ClassifyJob.modelPath(name), protocol
				.phenotype().coverage());
		}
		catch (final UserException exc) {
			// the pipeline warns that the rules stand in
			if (exc.getCause() instanceof TensorFlowUnavailableException) return null;
			throw exc;
		}
	}

	private SlideOutcome write(final SlideInputs inputs,
		final StagedFolder folder, final long start)
	{
		final PixelSource source = inputs.source();
		final ExecutorService background = Executors.newFixedThreadPool(threads(),
			task -> {
				final Thread thread = new Thread(task, "senoscope-output");
				thread.setDaemon(true);
				return thread;
			});
		try (SpillStore spill = new TempFileSpill(folder.work())) {
			final CompletableFuture<String> hash = request.image() == null
				? CompletableFuture.completedFuture(null) : CompletableFuture
					.supplyAsync(() -> sha256(request.image()), background);
			final SlideResult result = SlidePipeline.run(inputs, protocol, options,
				spill, progress, cancellation);
			if (protocol.gates().scope() == GateScope.COLLECT) {
				final Path file = Path.of(protocol.gates().file());
				BatchGatesFile.add(result.summary(), file);
				return new SlideOutcome(shownName(), file.toAbsolutePath().getParent(),
					file, result.summary(), result.isPartial());
			}
			progress.stage("Writing " + folder.target());
			final long writing = System.nanoTime();
			final Map<String, Double> writers = new ConcurrentSkipListMap<>();
			final List<Runnable> files = new ArrayList<>();
			file(files, writers, folder, "cells.geojson", f -> GeoJsonWriter.write(
				result, f, cancellation));
			file(files, writers, folder, "rois.zip", f -> RoiZipWriter.write(result,
				f, cancellation));
			file(files, writers, folder, "report.html", f -> HtmlReport.write(result,
				source, Version.get(), f, cancellation));
			file(files, writers, folder, "cells.csv", f -> CellsCsvWriter.write(
				result, options.columns(), f, cancellation));
			if (!result.focusMarkers().isEmpty()) file(files, writers, folder,
				"foci.csv", f -> FociCsvWriter.write(result, f, cancellation));
			if (!result.artefacts().isEmpty()) file(files, writers, folder,
				"artefacts.geojson", f -> ArtefactsGeoJsonWriter.write(result, f));
			if (LabelsWriter.isWanted(result.image(), options.labels())) file(files,
				writers, folder, "nuclei-labels.ome.tif", f -> LabelsWriter.write(
					result, f, cancellation));
			file(files, writers, folder, "overlay.png", f -> OverlayWriter.write(
				result, source, f, cancellation));
			file(files, writers, folder, "summary.json", f -> SummaryWriter.write(
				result.summary(), f));
			if (HotSpotsWriter.has(result.summary())) file(files, writers, folder,
				"hotspots.geojson", f -> HotSpotsWriter.write(result.summary(), f));
			all(files, background);
			final double writingSeconds = seconds(writing);
			RunWriter.write(record(result, hash.join(), writers, writingSeconds,
				seconds(start)), folder.file("run.json"));
			cancellation.check();
			folder.commit();
			return new SlideOutcome(shownName(), folder.target(), folder.target()
				.resolve("report.html"), result.summary(), result.isPartial());
		}
		catch (final CompletionException exc) {
			throw exc.getCause() instanceof final RuntimeException cause ? cause
				: exc;
		}
		finally {
			background.shutdownNow();
		}
	}

	/** Adds the writing of one file, with a note of how long it took. */
	private static void file(final List<Runnable> files,
		final Map<String, Double> seconds, final StagedFolder folder,
		final String name, final Consumer<Path> writer)
	{
		// a file that is not known as ours would be kept as foreign at the next run
		if (!StagedFolder.OUTPUT_NAMES.contains(name))
			throw new IllegalArgumentException(name +
				" is missing among the names of outputs");
		files.add(() -> {
			final long start = System.nanoTime();
			writer.accept(folder.file(name));
			seconds.put(name, seconds(start));
		});
	}

	private static double seconds(final long since) {
		return Math.round((System.nanoTime() - since) / 1e7) / 100.0;
	}

	private int threads() {
		return options.threads() > 0 ? options.threads() : Runtime.getRuntime()
			.availableProcessors();
	}

	private static void all(final List<Runnable> writers,
		final ExecutorService background)
	{
		CompletableFuture.allOf(writers.stream().map(w -> CompletableFuture
			.runAsync(w, background)).toArray(CompletableFuture[]::new)).join();
	}

	/** Name of the image in every output. */
	private String shownName() {
		if (!options.pseudonym().isBlank()) return options.pseudonym();
		return request.image() != null ? request.image().getFileName().toString()
			: request.source().info().name();
	}

	private String folderName() {
		final String name = options.pseudonym().isBlank() ? request.folderName()
			: ImageNames.outputName(options.pseudonym());
		return ImageNames.ofSeries(name, protocol.series());
	}

	private PixelSource open(final Path file, final int series) {
		final TiledPixelSource opened = ImageSources.open(file, new OpenOptions(
			series, protocol.z(), protocol.t(), options.tileSize(), options.memory() *
				1_000_000L, threads()));
		try {
			opened.probe();
			return opened;
		}
		catch (final RuntimeException exc) {
			opened.close();
			throw exc;
		}
	}

	/**
	 * Opens the controls, each with its own picture of nuclei where it has one.
	 */
	private void openControls(final List<ControlInput> opened) {
		for (final Control control : Control.parse(protocol.control())) {
			final Path file = Path.of(control.file());
			if (!Files.exists(file)) throw new UserException(shownName() +
				": the control image " + control.file() +
				" is not there; check --control");
			final boolean hidden = !options.pseudonym().isBlank();
			final PixelSource source = open(file, 1);
			opened.add(new ControlInput(control.role(), control.marker(), hidden
				? control.role().name().toLowerCase(Locale.ROOT) + " control " + (opened
					.size() + 1) : file.getFileName().toString(), evenlyLit(source),
				control.role() != ControlRole.SINGLE && protocol.nuclei().image()
					.contains("{name}") ? nucleiImage(file) : null, List.of()));
		}
	}

	/** Opens the further staining rounds. */
	private void openRounds(final List<PixelSource> opened) {
		for (final String pattern : protocol.rounds().split(";"))
			if (!pattern.isBlank()) opened.add(open(partner(request.image(), pattern
				.strip(), "round", "--rounds"), 1));
	}

	/** The picture that shows the nuclei of another; null where none is named. */
	private PixelSource nucleiImage(final Path image) {
		return beside(image, protocol.nuclei().image(), "nuclei");
	}

	/** A picture of the field of another; null where none is named. */
	private PixelSource beside(final Path image, final String pattern,
		final String what)
	{
		return pattern.isBlank() ? null : open(partner(image, pattern, what +
			" image", "--" + what + "-image"), 1);
	}

	/** The file that goes with an image. */
	private Path partner(final Path image, final String pattern,
		final String what, final String flag)
	{
		final String name = ImageNames.outputName(image != null ? image
			.getFileName().toString() : request.source().info().name());
		final Path given = Path.of(pattern.replace("{name}", name));
		final Path beside = image == null ? null : image.toAbsolutePath()
			.resolveSibling(given);
		// a pattern is meant beside the image, a plain path from where the user
		// stands
		final Path file = beside != null && (pattern.contains("{name}") || !Files
			.exists(given)) && Files.exists(beside) ? beside : given;
		if (!Files.exists(file)) throw new UserException(shownName() + ": the " +
			what + " " + given + " is not there; check " + flag);
		return file;
	}

	private Map<String, Object> record(final SlideResult result,
		final String hash, final Map<String, Double> writers,
		final double writingSeconds, final double totalSeconds)
	{
		final boolean named = options.pseudonym().isBlank();
		final Map<String, Object> run = new LinkedHashMap<>();
		run.put("senoscope_version", Version.get());
		run.put("command", named ? request.command() : redacted(request.command()));
		final Map<String, Object> input = new LinkedHashMap<>();
		input.put("image", named && request.image() != null ? request.image()
			.toAbsolutePath().toString() : shownName());
		input.put("sha256", hash);
		run.put("input", input);
		final Map<String, Object> written = new LinkedHashMap<>(ProtocolWriter.map(
			result.protocol()));
		if (!named) hideFiles(written);
		run.put("protocol", written);
		run.put("options", ProtocolWriter.map(options));
		run.putAll(result.record());
		@SuppressWarnings("unchecked")
		final Map<String, Object> timings = new LinkedHashMap<>(
			(Map<String, Object>) run.get("timings"));
		timings.put("writing_s", writingSeconds);
		timings.put("files_s", writers);
		timings.put("total_s", totalSeconds);
		run.put("timings", timings);
		run.put("java", System.getProperty("java.version"));
		run.put("os", System.getProperty("os.name") + " " + System.getProperty(
			"os.arch"));
		run.put("finished", java.time.OffsetDateTime.now().withNano(0).toString());
		return run;
	}

	/** The command without anything that names the file. */
	private List<String> redacted(final List<String> command) {
		if (request.image() == null) return List.of();
		final String file = request.image().getFileName().toString(), stem =
			ImageNames.outputName(file);
		return command.stream().map(word -> word.contains(file) || word.contains(
			stem) || word.contains("/") || word.contains("\\") ? "(hidden)" : word)
			.toList();
	}

	/** Names of files may be names of patients, whatever the key. */
	@SuppressWarnings("unchecked")
	private static void hideFiles(final Map<String, Object> protocol) {
		for (final ProtocolKey key : ProtocolKeys.protocol()) {
			if (!key.namesFiles()) continue;
			final Map<String, Object> holder;
			if (key.section().isEmpty()) holder = protocol;
			else {
				holder = new LinkedHashMap<>((Map<String, Object>) protocol.get(key
					.section()));
				protocol.put(key.section(), holder);
			}
			if (holder.get(key.name()) instanceof final String text && !text
				.isBlank()) holder.put(key.name(), "(hidden)");
		}
	}

	private String sha256(final Path file) {
		if (Files.isDirectory(file)) return null;
		try {
			final MessageDigest digest = MessageDigest.getInstance("SHA-256");
			try (InputStream in = new DigestInputStream(Files.newInputStream(file),
				digest))
			{
				final byte[] buffer = new byte[1 << 16];
				while (in.read(buffer) >= 0)
					if (cancellation.isRequested()) return null;
			}
			return HexFormat.of().formatHex(digest.digest());
		}
		catch (final IOException | NoSuchAlgorithmException exc) {
			// the run itself did read the file: the hash alone is missing, and the
			// record says so by null
			progress.warn(shownName() + ": no SHA-256 of the input (" + exc
				.getMessage() + ")");
			return null;
		}
	}
}
