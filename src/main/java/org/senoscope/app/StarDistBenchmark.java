
package org.senoscope.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.senoscope.core.UserException;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.image.Region;
import org.senoscope.core.nuclei.NucleiSettings;
import org.senoscope.core.nuclei.NucleusSegmenter;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks.NetworksUnavailableException;
import org.senoscope.core.nuclei.starconvex.RadialNetwork;
import org.senoscope.core.nuclei.starconvex.StarConvexCalibration;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;

/**
 * {@code ./build bench stardist}: network, polygons and labels against Python
 * StarDist, with the same weights, pictures and threads. Pictures are decoded
 * and their percentiles known before either clock runs; one picture goes after
 * the other.
 */
public final class StarDistBenchmark {

	private StarDistBenchmark() {}

	/**
	 * Prints the medians of both and their ratio.
	 *
	 * @param arguments model folder, threads, rounds, the Python that has
	 *          StarDist, src/bench/parity.py, grey pictures
	 */
	public static void main(final String[] arguments) throws Exception {
		if (arguments.length < 6) {
			System.err.println(
				"give a model, threads, rounds, a Python with StarDist, src/bench/parity.py and pictures");
			System.exit(2);
		}
		try {
			final List<String> files = List.of(arguments).subList(5,
				arguments.length);
			final int threads = Integer.parseInt(arguments[1]), rounds = Integer
				.parseInt(arguments[2]);
			final JsonNode python = python(arguments, threads, files);
			final double[] peer = new double[rounds];
			for (int i = 0; i < rounds; i++)
				peer[i] = python.path("seconds").get(i).asDouble();
			final long[] pixels = new long[1];
			final int[] nuclei = new int[1];
			final double[] own = own(arguments[0], threads, rounds, files, pixels,
				nuclei);
			print("Python StarDist", peer, pixels[0], python.path("nuclei").asInt());
			print("Senoscope", own, pixels[0], nuclei[0]);
			System.out.printf(Locale.ROOT, "%.2f times as fast, %d threads%n", median(
				peer) / median(own), threads);
		}
		catch (final UserException e) {
			System.err.println(e.getMessage());
			System.exit(2);
		}
	}

	private static JsonNode python(final String[] arguments, final int threads,
		final List<String> files) throws IOException, InterruptedException
	{
		final List<String> command = new ArrayList<>(List.of(arguments[3],
			arguments[4], "time", arguments[0], arguments[2]));
		command.addAll(files);
		final ProcessBuilder builder = new ProcessBuilder(command).redirectError(
			ProcessBuilder.Redirect.DISCARD);
		builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
		final Process process = builder.start();
		final String text = new String(process.getInputStream().readAllBytes(),
			StandardCharsets.UTF_8);
		if (process.waitFor() != 0) throw new UserException(
			"Python StarDist failed: try " + String.join(" ", command.subList(0, 5)));
		// StarDist talks before
		return new ObjectMapper().readTree(text.lines().reduce((a, b) -> b).orElse(
			""));
	}

	private record Picture(Region whole, NucleusSegmenter.Worker worker) {
	}

	private static double[] own(final String model, final int threads,
		final int rounds, final List<String> files, final long[] pixels,
		final int[] nuclei) throws NetworksUnavailableException
	{
		final RadialNetwork network = new NucleusModels(threads).open(model);
		final List<Picture> pictures = new ArrayList<>();
		for (final String file : files)
			try (PixelSource source = ImageSources.open(Path.of(file),
				OpenOptions.DEFAULTS))
			{
				final Region whole = source.info().bounds();
				final float[] values = new float[(int) whole.size()];
				source.readChannel(0, 0, whole, values);
				pictures.add(new Picture(whole, StarConvexCalibration.calibrate(network,
					new StarConvexCalibration.Slide(whole.width(), whole.height(), 1, List
						.of(whole), null, Double.NaN), () -> (region, out) -> {
							for (int y = 0; y < region.height(); y++)
								System.arraycopy(values, (region.y() + y) * whole.width() +
									region.x(), out, y * region.width(), region.width());
						}, NucleiSettings.DEFAULTS).worker()));
				pixels[0] += whole.size();
			}
		final double[] seconds = new double[rounds];
		for (int round = -1; round < rounds; round++) {
			nuclei[0] = 0;
			final long start = System.nanoTime();
			for (final Picture p : pictures)
				nuclei[0] += p.worker().segment(p.whole(), new int[(int) p.whole()
					.size()]);
			// the first round warms up, as in Python
			if (round >= 0) seconds[round] = (System.nanoTime() - start) / 1e9;
		}
		return seconds;
	}

	private static double median(final double[] values) {
		final double[] sorted = values.clone();
		Arrays.sort(sorted);
		return sorted[sorted.length / 2];
	}

	private static void print(final String name, final double[] seconds,
		final long pixels, final int nuclei)
	{
		System.out.printf(Locale.ROOT,
			"%-16s median %.3f s of %s, %.2f MP/s, %d nuclei%n", name, median(
				seconds), Arrays.toString(seconds), pixels / 1e6 / median(seconds),
			nuclei);
	}
}
