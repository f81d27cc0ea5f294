
package org.senoscope.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.senoscope.core.artefact.ArtefactKind;
import org.senoscope.core.phantom.Artefacts;
import org.senoscope.core.phantom.PhantomKind;
import org.senoscope.core.phantom.Phantoms;
import org.senoscope.core.phantom.XgalLook;
import org.senoscope.core.phantom.XgalLook.Dye;
import org.senoscope.core.phantom.XgalLook.Scanner;
import org.senoscope.core.protocol.Protocol;
import org.senoscope.core.protocol.ProtocolReader;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;
import org.senoscope.core.run.SlideInputs;
import org.senoscope.core.run.SlidePipeline;
import org.senoscope.core.run.SlideResult;
import org.senoscope.io.image.BioFormatsSource;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;
import org.senoscope.io.output.TempFileSpill;
import org.senoscope.io.phantom.PictureSlide;

/**
 * {@code ./build bench readings}: what the artefact ledger and all readings add
 * to decoding and segmentation, in turn on the same slide, classical nuclei.
 * The reference is the same run of the pipeline without a marker and without
 * the ledger: overview, decoding, stains, nuclei, cells, their shapes. No files
 * are written in either.
 */
public final class ReadingsBenchmark {

	private static final int TILE_PX = 1024, WARM_UP_PX = 2048;
	private static final double PIXEL_UM = 0.5;

	private final Path folder;
	private final int rounds;

	private ReadingsBenchmark(final Path folder, final int rounds) {
		this.folder = folder;
		this.rounds = rounds;
	}

	/**
	 * Prints the table.
	 *
	 * @param arguments folder for the slides, side of a slide in pixels (6000),
	 *          rounds (3)
	 */
	public static void main(final String[] arguments) throws IOException {
		final Path folder = Files.createDirectories(Path.of(arguments[0]));
		final int side = arguments.length > 1 ? Integer.parseInt(arguments[1])
			: 6000;
		final ReadingsBenchmark b = new ReadingsBenchmark(folder,
			arguments.length > 2 ? Integer.parseInt(arguments[2]) : 3);
		System.out.printf(Locale.ROOT,
			"%d x %d pixels of %.1f µm, %d processors; seconds by the clock / of the processors, median of %d%n",
			side, side, PIXEL_UM, Runtime.getRuntime().availableProcessors(),
			b.rounds);
		final byte[] hdab = Phantoms.field(PhantomKind.HDAB, TILE_PX, TILE_PX, 1)
			.rgb();
		b.compare("Ki-67", hdab, side, "kind: h-dab", "extends: ki67-hdab");
		final byte[] xgal = Artefacts.plant(Phantoms.culture(new XgalLook(PIXEL_UM,
			Dye.FAST_RED, 0.35, true, 0, Double.NaN, Scanner.PLAIN, 0, 0, 1), TILE_PX,
			TILE_PX, 1).rgb(), TILE_PX, TILE_PX, PIXEL_UM, List.of(ArtefactKind.FOLD,
				ArtefactKind.DEBRIS), 1).rgb();
		b.compare("SA-β-gal", xgal, side, "kind: x-gal-nfr",
			"extends: sagal-xgal-nfr");
	}

	private void compare(final String name, final byte[] picture, final int side,
		final String kind, final String assay) throws IOException
	{
		final Protocol without = ProtocolReader.read("{assay: nuclei, " + kind +
			", method: classical, " + ArtefactScores.NO_LEDGER + "}", name),
				readings = ProtocolReader.read("{" + assay + ", method: classical, " +
					ArtefactScores.NO_LEDGER + "}", name), all = ProtocolReader.read("{" +
						assay + ", method: classical}", name);
		final Path small = slide(picture, WARM_UP_PX), slide = slide(picture, side);
		final List<List<Benchmark.Timing>> timings = List.of(new ArrayList<>(),
			new ArrayList<>(), new ArrayList<>());
		final List<Protocol> protocols = List.of(without, readings, all);
		for (int round = 0; round <= rounds; round++)
			for (int p = 0; p < 3; p++) {
				// the first round warms up
				final Protocol protocol = protocols.get(p);
				final Path file = round == 0 ? small : slide;
				final Benchmark.Timing t = Benchmark.time(() -> run(file, protocol));
				if (round > 0) timings.get(p).add(t);
			}
		final Benchmark.Timing reference = Benchmark.median(timings.get(0));
		for (int p = 0; p < 3; p++) {
			final Benchmark.Timing t = Benchmark.median(timings.get(p));
			System.out.printf(Locale.ROOT,
				"%-9s %-34s %7.2f / %7.2f  %+5.0f %% / %+5.0f %%%n", name,
				new String[] { "decoding and segmentation", "and all readings",
					"and all readings and the ledger" }[p], t.wallS(), t.cpuS(), 100 * (t
						.wallS() / reference.wallS() - 1), 100 * (t.cpuS() / reference
							.cpuS() - 1));
		}
	}

	private Path slide(final byte[] picture, final int side) {
		final Path slide = folder.resolve("readings-" + side + ".ome.tif");
		PictureSlide.write(picture, TILE_PX, TILE_PX, slide, side, side, PIXEL_UM);
		return slide;
	}

	private void run(final Path slide, final Protocol protocol) {
		try (BioFormatsSource source = ImageSources.open(slide, new OpenOptions(1,
			"best", 1, RunOptions.DEFAULTS.tileSize(), 0, Runtime.getRuntime()
				.availableProcessors()));
				TempFileSpill spill = new TempFileSpill(folder);
				SlideResult result = SlidePipeline.run(new SlideInputs(source, null,
					List.of(), "slide"), protocol, RunOptions.DEFAULTS, spill,
					Progress.SILENT, new Cancellation()))
		{
			if (result.summary().cells() == 0) throw new IllegalStateException(
				"no cells");
		}
	}
}
