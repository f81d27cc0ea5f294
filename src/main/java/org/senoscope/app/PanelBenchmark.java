
package org.senoscope.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.sun.management.OperatingSystemMXBean;

import org.senoscope.core.UserException;
import org.senoscope.core.image.Region;
import org.senoscope.core.image.TileGrid;
import org.senoscope.core.phantom.PhantomField;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.protocol.TableStyle;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;
import org.senoscope.io.image.BioFormatsSource;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;
import org.senoscope.io.phantom.PanelSlide;

/**
 * Measures what a channel of a marker panel costs once nuclei are known: runs
 * over a large slide with one marker and with all, opening to report, so that
 * their difference is what the others cost, against decoding the same channels
 * alone. All on one thread, in turn, wall and processor time. States figures,
 * no verdicts.
 */
public final class PanelBenchmark {

	private static final int FIELD = 1024;

	/** Channels after DAPI, more of them than are asked for. */
	private static final List<String> MARKERS = List.of("Ki-67", "SPiDER-betaGal",
		"p16", "p21", "p53", "p27", "LMNB1", "CD44", "CD133", "SOX2", "OCT4",
		"NANOG", "NR2F1", "DEC2", "gH2AX", "53BP1", "IL6", "ALDH1", "HIF1A");

	private static final OperatingSystemMXBean SYSTEM =
		(OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private record Timing(double wall, double cpu) {
	}

	private interface Work {

		void run();
	}

	private final Path folder, slide;
	private final List<String> channels;

	private PanelBenchmark(final Path folder, final int side,
		final int channels)
	{
		this.folder = folder;
		slide = folder.resolve("panel_" + side + "_" + channels + ".ome.tif");
		this.channels = new ArrayList<>(List.of("DAPI"));
		this.channels.addAll(MARKERS.subList(0, channels - 1));
	}

	/**
	 * Prints the figures.
	 *
	 * @param arguments folder for slide and results; side in pixels, 10000;
	 *          channels, 16; rounds, 3
	 */
	public static void main(final String[] arguments) throws IOException {
		final int[] n = { 10_000, 16, 3 };
		for (int i = 1; i < arguments.length; i++)
			n[i - 1] = Integer.parseInt(arguments[i]);
		if (n[0] < FIELD || n[1] < 3 || n[1] > MARKERS.size() + 1) {
			System.err.println("give DIR [SIDE [CHANNELS [ROUNDS]]], a side from " +
				FIELD + ", 3 to " + (MARKERS.size() + 1) + " channels");
			System.exit(2);
		}
		try {
			final PanelBenchmark b = new PanelBenchmark(Files.createDirectories(Path
				.of(arguments[0])), n[0], n[1]);
			b.draw(n[0]);
			b.measure(n[0], n[2]);
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
	}

	/** Every channel shows the nuclei of one field, at its own brightness. */
	private void draw(final int side) throws IOException {
		if (Files.exists(slide)) return;
		final PhantomField field = Phantoms.field(PhantomKind.PANEL, FIELD, FIELD,
			1);
		final List<char[]> drawn = List.copyOf(field.channels().values());
		final List<char[]> planes = new ArrayList<>(List.of(field.dapi()));
		for (int c = 1; c < channels.size(); c++) {
			final char[] plane = drawn.get((c - 1) % drawn.size()).clone();
			for (int i = 0; i < plane.length; i++)
				plane[i] = (char) (plane[i] * (20 - c) / 20);
			planes.add(plane);
		}
		final Path part = slide.resolveSibling("part.tif");
		PanelSlide.write(part, "panel", channels, planes, FIELD, side, side,
			PhantomKind.PANEL.pixelSizeUm());
		Files.move(part, slide);
	}

	private void measure(final int side, final int rounds) {
		final int markers = channels.size() - 1;
		final List<Timing> decode = new ArrayList<>(), one = new ArrayList<>(),
				all = new ArrayList<>();
		final long[] cells = new long[1];
		for (int round = 0; round <= rounds; round++) {
			final Timing d = time(this::decode), o = time(() -> cells[0] = analyse(
				"ki67", false)), a = time(() -> analyse("", true));
			// the first round warms up
			if (round == 0) continue;
			decode.add(d);
			one.add(o);
			all.add(a);
		}
		final Timing d = median(decode), o = median(one), a = median(all);
		final double perDecode = d.wall / markers, perMarker = (a.wall - o.wall) /
			(markers - 1), cpuDecode = d.cpu / markers, cpuMarker = (a.cpu - o.cpu) /
				(markers - 1);
		System.out.printf(Locale.ROOT,
			"%d channels of %d x %d pixels, %,d cells, one thread, heap up to %d MB, median of %d, load average %.1f%n%n",
			channels.size(), side, side, cells[0], Runtime.getRuntime()
				.maxMemory() >> 20, rounds, SYSTEM.getSystemLoadAverage());
		System.out.printf(Locale.ROOT,
			"| seconds | wall | processor |%n|---|---|---|%n");
		row("decoding " + markers + " channels", d);
		row("one marker, opening to report", o);
		row(markers + " markers, opening to report", a);
		row("decoding, a channel", new Timing(perDecode, cpuDecode));
		row("each further marker", new Timing(perMarker, cpuMarker));
		System.out.printf(Locale.ROOT,
			"%nA further marker takes %.2f times its decoding by the clock, %.2f by processor time.%n",
			perMarker / perDecode, cpuMarker / cpuDecode);
	}

	private static void row(final String what, final Timing t) {
		System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f |%n", what, t.wall,
			t.cpu);
	}

	private static Timing median(final List<Timing> timings) {
		return new Timing(middle(timings.stream().mapToDouble(Timing::wall)
			.toArray()), middle(timings.stream().mapToDouble(Timing::cpu).toArray()));
	}

	private static double middle(final double[] values) {
		Arrays.sort(values);
		return values[(values.length - 1) / 2];
	}

	private static Timing time(final Work work) {
		System.gc();
		final long cpu = SYSTEM.getProcessCpuTime(), wall = System.nanoTime();
		work.run();
		return new Timing((System.nanoTime() - wall) / 1e9, (SYSTEM
			.getProcessCpuTime() - cpu) / 1e9);
	}

	/** Opens the slide as a run does and reads each channel but DAPI once. */
	private void decode() {
		try (BioFormatsSource source = ImageSources.open(slide, new OpenOptions(1,
			"best", 1, RunOptions.DEFAULTS.tileSize(), 0, 1)))
		{
			final TileGrid grid = source.grid(0);
			final float[] values = new float[grid.tileWidth() * grid.tileHeight()];
			for (int t = 0; t < grid.columns() * grid.rows(); t++) {
				final Region tile = grid.tile(t % grid.columns(), t / grid.columns());
				for (int c = 1; c < channels.size(); c++)
					source.readChannel(0, c, tile, values);
			}
		}
	}

	private long analyse(final String markers, final boolean unlisted) {
		final ProtocolOverrides o = ProtocolOverrides.apply(AssayProtocols.of(
			AssayKind.COSTAIN), new RunOptions(1, 0, RunOptions.DEFAULTS.tileSize(),
				false, TableStyle.SENOSCOPE, ""), Map.of("method", "classical",
					"panel.markers", markers, "panel.unlisted", Boolean.toString(
						unlisted)));
		return SlideJob.run(new SlideRequest(slide, null, o.protocol(), o.options(),
			folder, "result", List.of()), Progress.SILENT, new Cancellation())
			.summary().cells();
	}
}
