
package org.senoscope.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;

import org.senoscope.core.UserException;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.image.TileGrid;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.protocol.TableStyle;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;
import org.senoscope.io.image.BioFormatsSource;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;
import org.senoscope.io.phantom.PictureSlide;

/**
 * Measures speed: the analysis of a slide from opening to report against
 * decoding its pixels alone, which is the floor, and against a peer program,
 * all in turn on the same slide with the same threads. States figures, no
 * verdicts: other work on the machine changes all of them.
 */
public final class Benchmark {

	private static final int PHANTOM_PX = 1024;
	private static final int WARM_UP_PX = 4096;
	private static final OperatingSystemMXBean SYSTEM =
		(OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	/**
	 * What is measured.
	 *
	 * @param picture small picture that is tiled to the slide; null for a drawn
	 *          H-DAB field
	 * @param sizePx side of the slide in pixels
	 * @param pixelSizeUm pixel size of the slide in µm
	 * @param threads threads of decoding and of the analysis
	 * @param repeats rounds after warming up
	 * @param folder receives slide and results
	 * @param peer command of a peer program, to which the path of the slide is
	 *          added: prints a JSON object with {@code name} and {@code wall_s},
	 *          {@code cpu_s} from the first pixel read to the table; empty for
	 *          none
	 */
	public record Setup(Path picture, int sizePx, double pixelSizeUm, int threads,
			int repeats, Path folder, List<String> peer) {
	}

	/**
	 * One measurement.
	 *
	 * @param wallS seconds by the clock
	 * @param cpuS processor seconds of the whole process, compiler and garbage
	 *          collector included
	 */
	public record Timing(double wallS, double cpuS) {
	}

	/**
	 * What was measured; one entry a round each.
	 *
	 * @param pixels pixels of the slide
	 * @param cells cells that the analysis found
	 * @param decode decoding alone
	 * @param analysis opening to report
	 * @param peerName what the peer calls itself; null for none
	 * @param peer the peer program
	 * @param threads threads of decoding and of the analysis
	 * @param processors processors of the machine
	 * @param load load average over the last minute, before and after; negative
	 *          where the system tells none
	 * @param heapMb largest size of the Java heap in MB
	 */
	public record Result(long pixels, long cells, List<Timing> decode,
			List<Timing> analysis, String peerName, List<Timing> peer, int threads,
			int processors, double[] load, long heapMb) {

		/** Returns megapixels a second by the clock, median over the rounds. */
		public double megapixelsPerSecond(final List<Timing> timings) {
			return pixels / 1e6 / median(timings).wallS();
		}
	}

	/** What is timed. */
	interface Work {

		void run() throws IOException;
	}

	private final Setup setup;
	private final RunOptions options;
	private final Progress progress;
	private final Cancellation cancellation;

	private Benchmark(final Setup setup, final Progress progress,
		final Cancellation cancellation)
	{
		this.setup = setup;
		options = new RunOptions(setup.threads(), 0, RunOptions.DEFAULTS.tileSize(),
			false, TableStyle.SENOSCOPE, "");
		this.progress = progress;
		this.cancellation = cancellation;
	}

	/**
	 * Measures.
	 *
	 * @param setup what
	 * @param progress told of every round
	 * @param cancellation checked between and within rounds
	 * @throws UserException if the picture cannot be read, the folder not be
	 *           written or the peer fails
	 */
	public static Result run(final Setup setup, final Progress progress,
		final Cancellation cancellation)
	{
		try {
			return new Benchmark(setup, progress, cancellation).run();
		}
		catch (final IOException e) {
			throw new UserException(UserException.Kind.FAILURE, setup.folder() +
				": the benchmark failed (" + e.getMessage() + ")", e);
		}
	}

	private Result run() throws IOException {
		final double before = SYSTEM.getSystemLoadAverage();
		Files.createDirectories(setup.folder());
		progress.stage("Making the slide");
		final Path small = slide("warm-up", Math.min(WARM_UP_PX, setup.sizePx()));
		final Path slide = slide("slide", setup.sizePx());
		progress.stage("Warming up");
		decode(small);
		analyse(small);
		final List<Timing> decode = new ArrayList<>(), analysis = new ArrayList<>(),
				peer = new ArrayList<>();
		final long[] cells = new long[1];
		String name = null;
		for (int round = 1; round <= setup.repeats(); round++) {
			final String of = " (" + round + " of " + setup.repeats() + ")";
			progress.stage("Decoding" + of);
			decode.add(timed(() -> decode(slide)));
			progress.stage("Analysing" + of);
			analysis.add(timed(() -> cells[0] = analyse(slide)));
			if (setup.peer().isEmpty()) continue;
			progress.stage("Running the peer" + of);
			final JsonNode told = peer(slide);
			name = told.path("name").asText();
			peer.add(new Timing(told.path("wall_s").asDouble(), told.path("cpu_s")
				.asDouble()));
		}
		return new Result((long) setup.sizePx() * setup.sizePx(), cells[0], decode,
			analysis, name, peer, setup.threads(), Runtime.getRuntime()
				.availableProcessors(), new double[] { before, SYSTEM
					.getSystemLoadAverage() }, Runtime.getRuntime().maxMemory() >> 20);
	}

	private Path slide(final String name, final int sizePx) {
		final Path slide = setup.folder().resolve(name + ".ome.tif");
		if (setup.picture() != null) PictureSlide.write(setup.picture(), slide,
			sizePx, sizePx, setup.pixelSizeUm());
		else {
			final PhantomField field = Phantoms.field(PhantomKind.HDAB, PHANTOM_PX,
				PHANTOM_PX, 1);
			PictureSlide.write(field.rgb(), PHANTOM_PX, PHANTOM_PX, slide, sizePx,
				sizePx, setup.pixelSizeUm());
		}
		return slide;
	}

	/**
	 * Returns the median wall time and the median processor time; of an even
	 * number the lower one of the middle.
	 */
	public static Timing median(final List<Timing> timings) {
		return new Timing(median(timings.stream().mapToDouble(Timing::wallS)
			.toArray()), median(timings.stream().mapToDouble(Timing::cpuS)
				.toArray()));
	}

	private static double median(final double[] values) {
		Arrays.sort(values);
		return values[(values.length - 1) / 2];
	}

	private Timing timed(final Work work) throws IOException {
		cancellation.check();
		return time(work);
	}

	/** Garbage of the round before is no cost of this one. */
	static Timing time(final Work work) throws IOException {
		System.gc();
		final long cpu = SYSTEM.getProcessCpuTime(), wall = System.nanoTime();
		work.run();
		return new Timing((System.nanoTime() - wall) / 1e9, (SYSTEM
			.getProcessCpuTime() - cpu) / 1e9);
	}

	private long analyse(final Path slide) {
		// the peer finds nuclei without a network, too
		final ProtocolOverrides of = ProtocolOverrides.apply(BuiltInProtocols.load(
			"ki67-hdab"), options, Map.of("method", "classical"));
		return SlideJob.run(new SlideRequest(slide, null, of.protocol(), of
			.options(), setup.folder(), "result", List.of()), Progress.SILENT,
			cancellation).summary().cells();
	}

	/**
	 * Opens the slide as the analysis does and reads every pixel of level 0 once,
	 * tile by tile.
	 */
	private void decode(final Path slide) {
		try (BioFormatsSource source = ImageSources.open(slide, new OpenOptions(1,
			"best", 1, options.tileSize(), 0, setup.threads())))
		{
			final TileGrid grid = source.grid(0);
			final AtomicInteger next = new AtomicInteger();
			final AtomicReference<RuntimeException> failure = new AtomicReference<>();
			final Thread[] workers = new Thread[setup.threads()];
			for (int i = 0; i < workers.length; i++) {
				workers[i] = new Thread(() -> {
					try {
						decode(source, grid, next);
					}
					catch (final RuntimeException e) {
						failure.compareAndSet(null, e);
					}
				}, "decode-" + (i + 1));
				workers[i].start();
			}
			for (final Thread worker : workers)
				worker.join();
			if (failure.get() != null) throw failure.get();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			cancellation.request();
			cancellation.check();
		}
	}

	private void decode(final PixelSource source, final TileGrid grid,
		final AtomicInteger next)
	{
		final byte[] rgb = new byte[3 * grid.tileWidth() * grid.tileHeight()];
		int tile;
		while ((tile = next.getAndIncrement()) < grid.columns() * grid.rows()) {
			cancellation.check();
			final Region region = grid.tile(tile % grid.columns(), tile / grid
				.columns());
			source.readRgb(0, region, rgb);
		}
	}

	private JsonNode peer(final Path slide) throws IOException {
		final List<String> command = new ArrayList<>(setup.peer());
		command.add(slide.toString());
		final Process process = new ProcessBuilder(command).redirectError(
			ProcessBuilder.Redirect.INHERIT).start();
		try {
			process.getOutputStream().close();
			final String text = new String(process.getInputStream().readAllBytes(),
				StandardCharsets.UTF_8);
			if (process.waitFor() != 0) throw new UserException(
				UserException.Kind.FAILURE, String.format(Locale.ROOT,
					"the peer program failed (exit code %d); try it alone: %s", process
						.exitValue(), String.join(" ", command)), null);
			return new ObjectMapper().readTree(text);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			cancellation.request();
			cancellation.check();
			throw new IllegalStateException(e);
		}
		finally {
			process.destroy();
		}
	}
}
