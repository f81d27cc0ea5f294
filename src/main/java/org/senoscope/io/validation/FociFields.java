
package org.senoscope.io.validation;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.senoscope.core.evidence.EvidenceDefinition;
import org.senoscope.core.image.PixelSource;
import org.senoscope.core.nuclei.starconvex.NucleusNetworks;
import org.senoscope.core.protocol.AssayKind;
import org.senoscope.core.protocol.AssayProtocols;
import org.senoscope.core.protocol.BuiltInProtocols;
import org.senoscope.core.protocol.ProtocolOverrides;
import org.senoscope.core.run.Cancellation;
import org.senoscope.core.run.Progress;
import org.senoscope.core.run.RunOptions;
import org.senoscope.core.run.SlideInputs;
import org.senoscope.core.run.SlidePipeline;
import org.senoscope.core.run.SlideResult;
import org.senoscope.io.image.ImageSources;
import org.senoscope.io.image.OpenOptions;

/**
 * Counts γH2AX foci in the field that CellProfiler's ExampleSpeckles shows, so
 * that they stand beside those of the example's own steps
 * ({@code src/bench/foci_peer.py}). Nuclei that the border cuts are left out,
 * as there.
 */
public final class FociFields {

	/** The files give none: nuclei are then about 16 µm long. */
	private static final String PIXEL_UM = "0.1";

	/** Pixel size of the field of phospho-H3, which gives none either. */
	private static final String HT29_PIXEL_UM = "0.65";

	private FociFields() {}

	/**
	 * Prints the counts.
	 *
	 * @param folder folder {@code fields-cellprofiler}
	 * @param networks where nucleus networks come from
	 * @param out where to
	 * @throws org.senoscope.core.UserException if the pictures cannot be read
	 */
	public static void print(final Path folder, final NucleusNetworks networks,
		final PrintStream out)
	{
		final Path speckles = folder.resolve("ExampleSpeckles");
		try (PixelSource green = ImageSources.open(speckles.resolve(
			"1-162hrh2ax2.tif"), OpenOptions.DEFAULTS);
				PixelSource dna = ImageSources.open(speckles.resolve("1-162hrhoe2.tif"),
					OpenOptions.DEFAULTS);
				SlideResult result = SlidePipeline.run(new SlideInputs(green, dna, List
					.of(), "speckles", EvidenceDefinition.builtIn(), null, networks, List
						.of()), ProtocolOverrides.apply(BuiltInProtocols.load(
							"dna-damage-foci"), Map.of("pixel_size", PIXEL_UM, "foci.markers",
								"gh2ax=1")), RunOptions.DEFAULTS, new FociPhantoms.Memory(),
					Progress.SILENT, new Cancellation()))
		{
			final int count = result.table().index("gh2ax_foci_count"), flags = result
				.table().index("flags");
			final List<Integer> counts = new ArrayList<>();
			result.forEachCell(cell -> {
				if (cell.texts()[flags] == null || !cell.texts()[flags].contains(
					"edge")) counts.add((int) cell.numbers()[count]);
			});
			counts.sort(null);
			out.println("ExampleSpeckles, Senoscope: nuclei " + counts.size() +
				" foci " + counts.stream().mapToInt(c -> c).sum() + " counts " +
				counts);
		}
	}

	/**
	 * Prints the share of nuclei positive for phospho-H3 in the field of
	 * ExamplePercentPositive: the marker panel with its defaults, gated at the
	 * valley between two groups of nuclei. Nuclei that the border cuts are left
	 * out, as in the example.
	 *
	 * @param folder folder {@code fields-cellprofiler}
	 * @param networks where nucleus networks come from
	 * @param out where to
	 * @throws org.senoscope.core.UserException if the pictures cannot be read
	 */
	public static void printPositive(final Path folder,
		final NucleusNetworks networks, final PrintStream out)
	{
		final Path example = folder.resolve("ExamplePercentPositive");
		final String stem = "AS_09125_050116030001_D03f00d";
		try (PixelSource green = ImageSources.open(example.resolve(stem + "1.tif"),
			OpenOptions.DEFAULTS);
				PixelSource dna = ImageSources.open(example.resolve(stem + "0.tif"),
					OpenOptions.DEFAULTS);
				SlideResult result = SlidePipeline.run(new SlideInputs(green, dna, List
					.of(), "percent positive", EvidenceDefinition.builtIn(), null,
					networks, List.of()), ProtocolOverrides.apply(AssayProtocols.of(
						AssayKind.COSTAIN), Map.of("pixel_size", HT29_PIXEL_UM,
							"panel.markers", "ph3=1")), RunOptions.DEFAULTS,
					new FociPhantoms.Memory(), Progress.SILENT, new Cancellation()))
		{
			final int positive = result.table().index("ph3_positive"), flags = result
				.table().index("flags");
			final int[] n = new int[3];
			result.forEachCell(cell -> {
				if (cell.texts()[flags] != null && cell.texts()[flags].contains("edge"))
					return;
				n[0]++;
				if (Double.isNaN(cell.numbers()[positive])) n[2]++;
				else if (cell.numbers()[positive] > 0) n[1]++;
			});
			out.printf(Locale.ROOT,
				"ExamplePercentPositive, Senoscope: nuclei %d positive %d percent %.1f not called %d (%s)%n",
				n[0], n[1], 100.0 * n[1] / (n[0] - n[2]), n[2], result.summary()
					.warnings());
		}
	}
}
